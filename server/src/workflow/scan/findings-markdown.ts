// The findings of a scan as Markdown, for the summary of a CI job and for the report of a cycle.
import { code, textCell } from '../markdown';
import type { Translate } from '../translate';
import type { ScanFindings } from './findings';
import { headline, notesOn, sourceText } from './findings-text';
import type { Vulnerability } from './report';

/** @returns lines without their ends */
export function findingsMarkdown(findings: ScanFindings, t: Translate): string[] {
  const { groups, change, judged, file } = findings;
  return [
    textCell(headline(findings, t)),
    ...groups.flatMap(({ source, vulnerabilities }) => [
      '',
      `**${textCell(sourceText(source, file, t))}**`,
      '',
      ...table(vulnerabilities, t),
    ]),
    ...(change
      ? [
          '',
          textCell(
            t(
              'Compared with {0}: {1} added, {2} gone, {3} kept',
              change.before,
              change.added.length,
              change.gone.length,
              change.kept.length,
            ),
          ),
          ...(change.added.length === 0 ? [] : ['', `**${t('Added')}**`, '', ...table(change.added, t)]),
          ...(change.gone.length === 0 ? [] : ['', `**${t('Gone')}**`, '', ...table(change.gone, t)]),
        ]
      : []),
    ...(judged.ignored.length === 0
      ? []
      : [
          '',
          `**${t('Ignored')}**`,
          '',
          ...judged.ignored.map(({ vulnerability: { id, name }, by }) => {
            const until = by.until === undefined ? '' : t(', until {0}', by.until);
            return `- ${code(id)} ${textCell(name)}: ${textCell(by.reason)}${until}`;
          }),
        ]),
    '',
    ...notesOn(findings, t).map((line) => `- ${textCell(line)}`),
  ];
}

function table(vulnerabilities: readonly Vulnerability[], t: Translate): string[] {
  return [
    `| ${[t('Severity'), t('Vulnerability'), t('Package'), t('Version'), t('Fixed in')].join(' | ')} |`,
    '| --- | --- | --- | --- | --- |',
    ...vulnerabilities.map(({ severity, id, name, version, fixedIn, link }) => {
      const named = link === undefined ? code(id) : `[${textCell(id)}](${link.replaceAll(')', '%29')})`;
      return `| ${severity} | ${named} | ${code(name)} | ${code(version)} | ${fixedIn === undefined ? t('no fix yet') : code(fixedIn)} |`;
    }),
  ];
}
