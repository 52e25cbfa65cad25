// Reads the patterns, for the generator and the tests, and writes what is made from them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { groupedBy } from '../src/core/text/groups';
import { groupOrder, groupTitle } from '../src/patterns/groups';
import { readPattern } from '../src/patterns/read-pattern';
import type { PatternPage } from '../src/patterns/read-pattern';
import { snippetsOf } from '../src/patterns/snippet';
import { sizeText } from '../src/workflow/build/stored-image';
import { readVersionTable, versionsOfTag } from './tables/versions';

export const patternsFolder = 'snippets/patterns';

/** Every pattern, by group and rank, then by id. @throws with all problems of all files */
export function readPatterns(): readonly PatternPage[] {
  const versionTable = readVersionTable();
  const problems: string[] = [];
  const pages = new Map<string, PatternPage | undefined>();
  const read = (id: string): PatternPage | undefined => {
    if (pages.has(id) || !existsSync(join(patternsFolder, `${id}.md`))) return pages.get(id);
    // While it is read, it cannot lend a stage to itself.
    pages.set(id, undefined);
    const path = join(patternsFolder, `${id}.md`);
    const { page, problems: found = [] } = readPattern(id, readFileSync(path, 'utf8'), {
      parseYaml: (text) => parse(text) as unknown,
      versionsOf: (tag) => versionsOfTag(versionTable, tag),
      patternNamed: (other) => read(other)?.pattern,
    });
    problems.push(...found.map((problem) => `${path}: ${problem}`));
    pages.set(id, page);
    return page;
  };
  const names = readdirSync(patternsFolder).filter((name) => name.endsWith('.md'));
  const all = names.sort().flatMap((name) => read(name.slice(0, -'.md'.length)) ?? []);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return all.sort(
    ({ pattern: a }, { pattern: b }) =>
      groupOrder(a.group) - groupOrder(b.group) || a.rank - b.rank || a.id.localeCompare(b.id, 'en'),
  );
}

/** The text of `snippets/dockerfile.json`: VS Code proposes none of them at every word, as they have no prefix. */
export function snippetsJson(pages: readonly PatternPage[]): string {
  const rows = snippetsOf(pages.map(({ pattern }) => pattern)).map(({ name, description, isFile, body }) => [
    name,
    { description, ...(isFile && { isFileTemplate: true }), body: body.split('\n') },
  ]);
  return JSON.stringify(Object.fromEntries(rows));
}

/** The text of the module with all patterns. */
export function patternsModule(pages: readonly PatternPage[]): string {
  return `// Made by \`npm run generate\` from the files in ${patternsFolder}.
import type { Pattern } from './pattern';

export const patterns: readonly Pattern[] = ${JSON.stringify(pages.map(({ pattern }) => pattern))};
`;
}

/** By pattern, what its image adds to the base: measured with real compilers, see test/engines/real-builds.test.ts. */
function measuredSizes(): Readonly<
  Record<string, { readonly bytes: number; readonly by: string } | undefined>
> {
  return JSON.parse(readFileSync('test/patterns-measured.json', 'utf8')) as ReturnType<typeof measuredSizes>;
}

/** What stands between the marks of the page of patterns: a chapter for each group. */
export function patternsTable(pages: readonly PatternPage[]): string {
  return [...groupedBy(pages, ({ pattern }) => pattern.group)]
    .map(([group, members]) => `## ${groupTitle(group)}\n\n${members.map(entry).join('\n\n')}`)
    .join('\n\n');
}

function entry({
  pattern: { id, title, summary, as, advice, parameters, files },
  traps,
}: PatternPage): string {
  const paths = files.map(
    ({ path, extra }) => `\`${path}\`${extra === undefined ? '' : ` (with \`${extra}\`)`}`,
  );
  const writes = as === 'part' ? [] : [`Writes ${paths.join(', ')}.`];
  const asks = parameters.length === 0 ? [] : [`Asks for ${parameters.map(({ ask }) => ask).join(', ')}.`];
  const size = measuredSizes()[id];
  const adds =
    size === undefined
      ? []
      : [`Measured: a small program adds ${sizeText(size.bytes)} to the base (${size.by}).`];
  const mistakes = traps.map(({ why, rule }) => {
    const found = rule === undefined ? '' : ` [${rule}](rules/${rule}.md) finds it.`;
    return `- ${why.replaceAll('\n', ' ')}${found}`;
  });
  return [
    `### ${title}`,
    `\`${id}\`: ${summary}.`,
    advice.take,
    advice.not,
    advice.costs,
    [...writes, ...asks, ...adds].join(' '),
    mistakes.length === 0 ? '' : `What goes wrong without it:\n\n${mistakes.join('\n')}`,
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** The text with each link that names a pattern leading to its heading, which has the title and not the id. */
export function linkPatterns(text: string, pages: readonly PatternPage[]): string {
  const anchors = new Map(pages.map(({ pattern: { id, title } }) => [id, anchorOf(title)]));
  return text.replaceAll(/\[`([a-z0-9-]+)`\]\(patterns\.md#[^)]*\)/g, (link: string, id: string) => {
    const anchor = anchors.get(id);
    return anchor === undefined ? link : `[\`${id}\`](patterns.md#${anchor})`;
  });
}

/** What a heading is called in the address of its page. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
