// Hides a rule: on the line, in the file, or in the project. One entry of the menu: clients with our commands ask where,
// the others get the comment on the line.
import { dirname } from 'node:path';
import { ignoreEdit } from '../../core/lint/ignore';
import type { Reported } from '../../core/lint/run';
import { ignoreInConfiguration } from '../../io/surroundings/ignore-in-configuration';
import { clientCommand } from '../../protocol/names';
import type { ActionChoice } from '../../protocol/names';
import { CodeActionKind } from '../library';
import type { Analysis } from '../session';
import { actionKind, findingAt, stale } from './action';
import type { CommandKind, Made, Place, World } from './action';
import { oneOf, shape, span, text } from '../shape';

export const ignore = actionKind({
  name: 'ignore',
  lsp: CodeActionKind.QuickFix,
  needs: undefined,
  data: shape({ rule: text, at: span, where: oneOf('line', 'file', 'project') }),

  *offer(place) {
    if (place.can('choices')) return;
    for (const finding of place.ofEachRule) {
      const [where = 'file'] = scopesOf(finding, place);
      const { rule, at } = finding;
      yield {
        title: `Ignore ${rule.id} ${words[where]}`,
        data: { rule: rule.id, at, where },
        findings: [finding],
      };
    }
  },

  make({ where, ...place }, analysis, world) {
    const finding = findingAt(analysis, place);
    if (!finding) return stale;
    if (where === 'project') return inProject(finding, analysis, world);
    const edit = ignoreEdit(finding, where, analysis.result);
    return edit ? { edits: [edit] } : stale;
  },
});

/** The same as one entry that lets the user choose. */
export const ignoreSomewhere: CommandKind = {
  name: 'ignoreSomewhere',
  lsp: CodeActionKind.QuickFix,
  needs: 'choices',
  command: clientCommand.chooseAction,

  *offer(place) {
    const { ofEachRule, analysis } = place;
    const [first] = ofEachRule;
    if (!first) return;
    const alone = ofEachRule.length === 1;
    const { uri } = analysis.document;
    const choices = ofEachRule.flatMap((finding) =>
      scopesOf(finding, place).map((where): ActionChoice => {
        const { rule, at } = finding;
        const label = alone
          ? words[where].replace(/^./, (letter) => letter.toUpperCase())
          : `${rule.id} ${words[where]}`;
        return {
          label,
          question: 'Ignore where?',
          data: { kind: ignore.name, uri, rule: rule.id, at, where },
        };
      }),
    );
    const title = alone ? `Ignore ${first.rule.id}…` : 'Ignore a rule…';
    yield { title, arguments: choices, findings: ofEachRule };
  },
};

type Scope = 'line' | 'file' | 'project';

const words: Readonly<Record<Scope, string>> = {
  line: 'on this line',
  file: 'in this file',
  project: "in the project's configuration",
};

/** Where a finding can be ignored, the narrowest first. */
function scopesOf(finding: Reported, { analysis, path, can }: Place): readonly Scope[] {
  return [
    ...(ignoreEdit(finding, 'line', analysis.result) ? (['line'] as const) : []),
    'file',
    ...(path !== undefined && can('otherFiles') ? (['project'] as const) : []),
  ];
}

function inProject(finding: Reported, { document }: Analysis, world: World): Made {
  const path = world.pathOf(document.uri);
  if (path === undefined)
    return { refused: 'This document is not on disk, so no configuration applies to it. Save it first.' };
  const folder = dirname(path);
  const hadolint = finding.alsoKnownAs.find((id) => id.startsWith('hadolint:'))?.slice('hadolint:'.length);
  const root = world.folderOf(path) ?? folder;
  const change = ignoreInConfiguration(folder, root, finding.rule.id, hadolint);
  return 'problem' in change ? { refused: change.problem } : { edits: [], files: [change] };
}
