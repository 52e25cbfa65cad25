// Writes tables of tags as short text: versions in order, and only where something changes.
import { releaseOfTag } from '../../src/core/knowledge/images/releases';
import { compareTagVersions, splitTag } from '../../src/core/knowledge/images/tag-versions';
import type { TagVersion } from '../../src/core/knowledge/images/tag-versions';
import type { TagHistory } from './library-files';

/** Tags that Dockerfiles hardly name: versions before a release, and snapshots of a day. */
export const rare =
  /(?:^|[-.\d])(?:rc|beta|alpha|m|ea|pre|preview|milestone|dev|snapshot|nightly|canary)[-.]?\d*(?:$|[-.])|20[12]\d[-.]?[01]\d[-.]?[0-3]\d/;

/** The text for `release-table.ts`. @param settled name of the release by tag; `other` for none */
export function packReleases(settled: ReadonlyMap<TagHistory, string | undefined>): string {
  const byImage = new Map<string, Map<string, string>>();
  const count = new Map<string, number>();
  for (const [{ image, tag }, release] of settled) {
    // What words say is known without the table. A tag in capital letters is looked up in small ones.
    if (release === undefined || release === 'other' || rare.test(tag) || releaseOfTag(image, tag)) continue;
    let tags = byImage.get(image);
    if (!tags) byImage.set(image, (tags = new Map<string, string>()));
    tags.set(tag.toLowerCase(), release);
    count.set(release, (count.get(release) ?? 0) + 1);
  }
  // The most frequent ones get the shortest numbers.
  const names = [...count].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
  const codes = new Map(names.map((name, at) => [name, at.toString(36)]));
  const lines = [...byImage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, tags]) => [image, ...packImage(tags, (release) => codes.get(release) ?? '')].join('|'));
  return `${names.join(' ')}\n${lines.join('\n')}\n`;
}

function packImage(
  tags: ReadonlyMap<string, string>,
  codeOf: (release: string) => string,
): readonly string[] {
  const endings = new Map<string, { version: TagVersion; code: string }[]>();
  const words = new Map<string, string[]>();
  for (const [tag, release] of tags) {
    const { version, ending } = splitTag(tag);
    const code = codeOf(release);
    if (!version) pushTo(words, code, tag);
    else pushTo(endings, ending, { version, code });
  }
  const shared = new Map<string, string[]>();
  for (const [ending, list] of endings) pushTo(shared, boundaries(list), ending);
  return [
    ...[...shared].map(([text, all]) => `${all.sort().join(',')}:${text}`),
    ...[...words].map(([code, all]) => `=${code}:${all.sort().join(',')}`),
  ].sort();
}

function boundaries(list: { readonly version: TagVersion; readonly code: string }[]): string {
  const sorted = list.sort((a, b) => compareTagVersions(a.version, b.version));
  return sorted
    .filter(({ code }, at) => code !== sorted[at - 1]?.code)
    .map(({ version, code }) => `${version.join('.')}=${code}`)
    .join(';');
}

export function pushTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
