// What `drydock init` prints: the patterns, and the files that it would write with the source of each value.
import type { BaseProposal } from '../../core/knowledge/images/base-proposals';
import type { DetailsByImage } from '../../core/knowledge/images/registry-facts';
import { lineDiff } from '../../core/text/diff';
import { groupedBy } from '../../core/text/groups';
import { sourceOf } from '../../patterns/answers';
import type { Answer } from '../../patterns/answers';
import type { Draft } from '../../patterns/draft';
import { groupTitle } from '../../patterns/groups';
import type { Pattern } from '../../patterns/pattern';
import type { PlannedFile } from '../../patterns/plan';
import { extrasOf } from '../../patterns/plan';
import type { Project } from '../../patterns/project/project';
import { baseDetails } from '../../workflow/image/base-details';
import { table } from '../help-text';

/** The patterns by group, those that suit first. */
export function listText(patterns: readonly Pattern[], suited: readonly Pattern[]): string {
  const chapter = (title: string, rows: readonly Pattern[]): string =>
    `${title}\n${table(rows.map(({ id, title: name, summary }) => [id, `${name}: ${summary}`]))}`;
  const chapters = [...groupedBy(patterns, ({ group }) => group)].map(([group, rows]) =>
    chapter(groupTitle(group), rows),
  );
  return [...(suited.length > 0 ? [chapter('For this project', suited)] : []), ...chapters].join('\n');
}

/** Patterns with when to take each, when not, and what it costs. */
export function adviceText(patterns: readonly Pattern[]): string {
  return patterns
    .map(({ id, title, summary, advice: { take, not, costs } }) =>
      [`${title} (${id}): ${summary}`, ...[take, not, costs].map((text) => `  ${text}`), ''].join('\n'),
    )
    .join('\n');
}

/** @param details what registries say of them, as far as they were asked */
export function basesText(bases: readonly BaseProposal[], details: DetailsByImage): string {
  return bases
    .map(({ image, facts, note }) => {
      const found = details.get(image);
      const lines = [image, found ? baseDetails(found) : '', facts, note].filter((line) => line !== '');
      return `${lines.join('\n  ')}\n`;
    })
    .join('\n');
}

/** `sizes`: compressed bytes by platform. `built`: an ISO date. Both only for a base that a registry was asked about. */
export function basesJson(bases: readonly BaseProposal[], details: DetailsByImage): string {
  const rows = bases.map((base) => {
    const found = details.get(base.image);
    if (!found) return base;
    const sizes = Object.fromEntries(found.sizes.map(({ platform, bytes }) => [platform, bytes]));
    const built = found.builtAt === undefined ? null : new Date(found.builtAt).toISOString();
    return { ...base, sizes, built };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}

export function listJson(patterns: readonly Pattern[], suited: readonly Pattern[]): string {
  const rows = patterns.map((pattern) => {
    const { id, title, summary, as, group, advice, parameters, files } = pattern;
    const place = suited.indexOf(pattern);
    return {
      id,
      title,
      summary,
      as,
      group,
      suits: place < 0 ? null : place + 1,
      advice,
      parameters: parameters.map(({ name, ask, is, default: value, proposals }) => ({
        name,
        ask,
        is,
        default: value,
        proposals,
      })),
      files: files.map(({ path }) => path),
      with: extrasOf(files),
    };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** @param isDry whether nothing is written, so that the texts are shown */
export function draftText({ pattern, answers, files, suited, first }: Draft, isDry: boolean): string {
  const others = suited.filter((one) => one !== pattern).map(({ id }) => id);
  const said = answers.map((answer): [string, string] => [
    `${answer.parameter.name} = ${answer.value}`,
    `${answer.parameter.ask}, ${sourceOf(answer)}`,
  ]);
  return [
    `Pattern: ${pattern?.id ?? ''}, ${pattern?.title ?? ''}${others.length > 0 ? ` (also: ${others.join(', ')})` : ''}\n`,
    table(said),
    ...files.map((file) => fileText(file, isDry)),
    ...first.map((what) => `Before you build: ${what}\n`),
  ].join('');
}

const states = {
  create: 'created',
  fill: 'was empty, and is filled',
  same: 'is the same already',
  differs: 'differs, and stays as it is',
} as const;

function isNew(state: PlannedFile['state']): boolean {
  return state === 'create' || state === 'fill';
}

function fileText({ path, text, state, present = '' }: PlannedFile, isDry: boolean): string {
  const head = `${path}: ${isDry && isNew(state) ? 'would be created' : states[state]}\n`;
  if (state === 'differs')
    return (
      head +
      lineDiff(present, text)
        .map(({ sign, line }) => `${sign} ${line}`.trimEnd() + '\n')
        .join('')
    );
  return isDry && isNew(state) ? head + text.replaceAll(/^(?=.)/gm, '+ ') : head;
}

export function draftJson({ pattern, suited, answers, open, files, first }: Draft, project: Project): string {
  const facts = Object.fromEntries(
    [...project.facts].map(([name, { value, source }]) => [name, { value, source }]),
  );
  const source = ({ source: from, parameter: { table } }: Answer): string => {
    if (typeof from !== 'string') return from.file;
    if (from !== 'pattern' || !table) return from;
    return table.listed?.host ?? (table.date === undefined ? from : `table of ${table.date}`);
  };
  return `${JSON.stringify(
    {
      pattern: pattern?.id ?? null,
      suited: suited.map(({ id }) => id),
      project: facts,
      conflicts: project.conflicts,
      obstacles: project.obstacles,
      values: answers.map((one) => ({ name: one.parameter.name, value: one.value, source: source(one) })),
      open: open.map(({ parameter, reason, candidates }) => ({ name: parameter.name, reason, candidates })),
      files: files.map(({ path, state, text }) => ({ path, state, text })),
      first,
    },
    null,
    2,
  )}\n`;
}
