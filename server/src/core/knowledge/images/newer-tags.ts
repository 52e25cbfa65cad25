// Newer tags of an official image with the same ending, as far as the tables prove that they exist.
import { baseChoices } from './base-choices';
import { lastListedOf } from './last-listed';
import { releaseOfWords } from './releases';
import { versionsInTable } from './release-table';
import { compareTagVersions, splitTag } from './tag-versions';

export interface NewerTags {
  /** Lines of versions with that ending (3.12, or 22 for Node.js), the oldest first. */
  readonly lines: readonly string[];
  /** What follows the version in their tags. */
  readonly ending: string;
}

/** Images whose tags count lines by the first number alone. */
const byMajor: ReadonlySet<string> = new Set(['node', 'gcc', 'postgres', 'fedora']);

/** Endings that every line of these images has. */
const usualEndings = /^(?:(?:-(?:fpm|cli|apache|zts))?(?:-alpine)?|-slim)$/;

/**
 * The release lines of an official image that have a tag with the ending of the given one. If that names a release of
 * the distribution, the tags without one count: `3.6-slim-stretch` → `-slim`.
 * @param names versions by the names of their lines: `carbon`
 * @returns undefined if the tag has no version, or if the tables know none like it
 */
export function newerTags(
  image: string,
  tag: string,
  names: ReadonlyMap<string, number> = new Map(),
): NewerTags | undefined {
  const [, word = '', rest = ''] = /^([a-z]+)(.*)$/.exec(tag) ?? [];
  const named = names.get(word);
  const { version, ending: own } = splitTag(named === undefined ? tag : `${named}${rest}`);
  if (!version) return undefined;
  const ending = own
    .split(/(?=-)/)
    .filter((part) => !releaseOfWords(part.slice(1)))
    .join('');
  // `-alpine3.9`
  const plain = /-alpine\d/.test(own) ? `${ending}-alpine` : ending;
  const depth = byMajor.has(image) ? 1 : 2;
  const lines = new Set<string>();
  for (const one of versionsInTable(image, plain))
    if (one.length >= depth) lines.add(one.slice(0, depth).join('.'));
  if (usualEndings.test(plain)) {
    const newest = baseChoices.find((choice) => choice.image.startsWith(`${image}:«»`))?.version;
    if (newest !== undefined) lines.add(newest);
  }
  const newer = [...lines]
    .map((line) => line.split('.'))
    // `3` is the newest 3.x already.
    .filter((line) => compareTagVersions(line.slice(0, version.length), version) > 0)
    .sort(compareTagVersions)
    .map((line) => line.join('.'));
  return newer.length > 0 ? { lines: newer, ending: plain } : undefined;
}

/**
 * The line of an official image that people take today, among those that have a tag with an ending: the usual one, else the
 * newest that still gets updates.
 * @param ending what follows the version in the tag: `-alpine`, or nothing
 * @returns undefined if the tables know none
 */
export function presentLine(image: string, ending: string): string | undefined {
  const lines = newerTags(image, `0${ending}`)?.lines.filter((line) => isListed(image, line)) ?? [];
  const usual = baseChoices.find((choice) => choice.image.startsWith(`${image}:«»`))?.version;
  return lines.find((line) => line === usual) ?? lines.at(-1);
}

/** Whether a line still gets updates, as far as the table knows. */
export function isListed(image: string, line: string): boolean {
  return lastListedOf(image, line) === undefined;
}
