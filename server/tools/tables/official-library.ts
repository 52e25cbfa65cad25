// What docker-library/official-images alone tells: which names there are and were, and which versions each base that we
// propose came in.
import { baseChoices } from '../../src/core/knowledge/images/base-choices';
import type { TagHistory } from './library-files';
import { newestFirst, tagPattern } from './versions';

/** The names of all official images, those that went too. */
export function packLibraryNames(library: ReadonlyMap<string, unknown>): string {
  return [...library.keys()].sort().join(' ');
}

/** A line for each base that is an official image: its tag with `«»`, then every version that it ever came in. */
export function packBaseVersions(library: ReadonlyMap<string, ReadonlyMap<string, TagHistory>>): string {
  const lines = baseChoices.flatMap(({ image, version }) => {
    const [name = '', tag = ''] = image.split(':');
    const tags = library.get(name);
    if (!tags || version === undefined) return [];
    const pattern = tagPattern(tag, version.split('.').length);
    const versions = [...tags.keys()].flatMap((one) => pattern.exec(one)?.[1] ?? []).sort(newestFirst);
    if (versions.length === 0) throw new Error(`official-images never had a tag ${image}`);
    return [[image, ...versions].join(' ')];
  });
  return `\n${lines.join('\n')}\n`;
}
