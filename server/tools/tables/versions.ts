// The versions that patterns propose. A row is a tag with `«»` in the place of the version; those of official images come
// from the newest state of docker-library/official-images, the others are looked up by hand and say where.
import { readFileSync } from 'node:fs';
import { compareVersions } from '../../src/core/knowledge/images/releases';
import type { Versions } from '../../src/patterns/read-pattern';
import { git } from './git';
import { lastDay } from './library-files';
import type { TagHistory } from './library-files';

export const versionsFile = 'snippets/versions.json';

export interface VersionTable {
  /** The day of the newest commit of official-images that the rows come from, as YYYY-MM-DD. */
  readonly date: string;
  readonly official: Readonly<Record<string, OfficialRow>>;
  readonly others: Readonly<Record<string, OtherRow>>;
}

export interface OfficialRow {
  /** How many numbers a version has: 2 for `1.27`. */
  readonly depth: number;
  /** Which first numbers count: those that are maintained for years. */
  readonly only?: readonly number[] | 'even';
  /** How many are proposed. */
  readonly most: number;
  /** Newest first. */
  readonly versions: readonly string[];
  /** Every version that the tag ever came in, newest first. */
  readonly ever: readonly string[];
  /** Those of the newest version, as official-images names them. */
  readonly architectures: readonly string[];
}

export interface OtherRow {
  readonly versions: readonly string[];
  readonly architectures: readonly string[];
  /** Where it was looked up, and when. */
  readonly source: string;
  readonly date: string;
  /** Which of several lines of releases it is: newer versions in a registry may be of another one. */
  readonly line?: string;
}

export function readVersionTable(): VersionTable {
  return JSON.parse(readFileSync(versionsFile, 'utf8')) as VersionTable;
}

/** The row of a tag, as patterns take it; undefined where there is none. */
export function versionsOfTag({ date, official, others }: VersionTable, tag: string): Versions | undefined {
  const [row, other] = [official[tag], others[tag]];
  if (row) return { versions: row.versions, ever: row.ever, date, moves: moves(tag, row.versions, row.only) };
  if (!other) return undefined;
  return {
    versions: other.versions,
    ever: other.versions,
    date: other.date,
    moves: moves(tag, other.versions, other.line),
  };
}

/**
 * Whether a newer version in the registry may be used. Not where the version is in the name of the repository, where
 * somebody decides which lines last for years, and not where it has a single number: that changes much at once.
 */
function moves(tag: string, versions: readonly string[], line: unknown): boolean {
  const isInTag = /^[^\s«]+:[^/]*«»/.test(tag);
  return isInTag && line === undefined && (versions[0] ?? '').includes('.');
}

/** The table with its official rows looked up anew. @param official git directory of docker-library/official-images */
export function lookUpVersions(
  table: VersionTable,
  official: string,
  library: ReadonlyMap<string, ReadonlyMap<string, TagHistory>>,
): VersionTable {
  const rows = Object.entries(table.official).map(([tag, row]) => {
    const image = tag.split(':', 1)[0] ?? '';
    const blocks = git(official, ['show', `HEAD:library/${image}`])
      .toString()
      .split(/\n\s*\n/);
    const pattern = tagPattern(tag.slice(image.length + 1), row.depth);
    const found = new Map<string, readonly string[]>();
    for (const block of blocks) {
      const architectures = wordsOf(block, 'Architectures');
      for (const one of [...wordsOf(block, 'Tags'), ...wordsOf(block, 'SharedTags')]) {
        const version = pattern.exec(one)?.[1];
        if (version === undefined || !counts(Number.parseInt(version), row.only)) continue;
        found.set(version, architectures);
      }
    }
    const versions = [...found.keys()].sort(newestFirst).slice(0, row.most);
    if (versions.length === 0) throw new Error(`official-images has no tag ${tag}`);
    const ever = [...(library.get(image)?.keys() ?? [])]
      .flatMap((one) => pattern.exec(one)?.[1] ?? [])
      .sort(newestFirst);
    return [tag, { ...row, versions, ever, architectures: found.get(versions[0] ?? '') ?? [] }] as const;
  });
  return { ...table, date: lastDay(official), official: Object.fromEntries(rows) };
}

function counts(first: number, only: OfficialRow['only']): boolean {
  return only === 'even' ? first % 2 === 0 : (only?.includes(first) ?? true);
}

/** A tag with `«»` in the place of a version of so many numbers; the first group is the version. */
export function tagPattern(tag: string, depth: number): RegExp {
  const [before = '', after = ''] = tag
    .split('«»')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(
    `^${before}(${Array(depth)
      .fill(String.raw`\d+`)
      .join(String.raw`\.`)})${after}$`,
  );
}

function wordsOf(block: string, field: string): readonly string[] {
  const line = new RegExp(`^${field}:(.*)$`, 'm').exec(block)?.[1] ?? '';
  return line.split(',').flatMap((word) => word.trim() || []);
}

/** For sorting versions. */
export function newestFirst(a: string, b: string): number {
  return compareVersions(b, a);
}
