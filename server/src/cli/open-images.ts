// Finds the image that a word of the command line means: an archive, a folder, or a name in a store or a registry.
import { statSync } from 'node:fs';
import { thisMachine } from '../io/processes/machine';
import { withScratchFolder } from '../io/files/on-disk';
import { holdsImage, readImages } from '../io/images/read-images';
import { platformName } from '../workflow/checked-arguments';
import type { PlatformName } from '../workflow/checked-arguments';
import { fetchImage } from '../workflow/image/fetch-image';
import type { FetchOptions } from '../workflow/image/fetch-image';
import { imageTroubleText } from '../workflow/image/image';
import type { ReadImage } from '../workflow/image/image';
import type { Machine } from '../workflow/tool';
import { english } from '../workflow/translate';

/** The option of every command that looks into an image. */
export const platformOption = {
  type: 'string',
  form: '--platform P',
  does: 'only this platform of the image, such as linux/arm64',
} as const;

/** @returns undefined if none was given */
export function readPlatform(
  word: string | undefined,
): PlatformName | undefined | { readonly wrong: string } {
  if (word === undefined) return undefined;
  return platformName(word) ?? { wrong: '--platform must be a platform such as linux/arm64' };
}

export interface OpenOptions {
  readonly platform: PlatformName | undefined;
  readonly first: FetchOptions['first'];
  readonly machine?: Machine;
}

/** `problems`: whole lines without full stops. */
export type Opened =
  { readonly images: readonly ReadImage[]; readonly from: string } | { readonly problems: readonly string[] };

/** @param word as the user wrote it */
export async function openImages(
  word: string,
  { platform, first, machine = thisMachine() }: OpenOptions,
): Promise<Opened> {
  const read = async (path: string, from: string): Promise<Opened> => {
    const found = await readImages(path, { platform, measure: true });
    if ('images' in found) return { images: found.images, from };
    return { problems: [`cannot read ${word}: ${imageTroubleText(found.trouble, english)}`] };
  };
  const there = statSync(word, { throwIfNoEntry: false });
  if (there?.isFile() || (there?.isDirectory() && (await holdsImage(word)))) return read(word, word);
  return withScratchFolder(async (scratch): Promise<Opened> => {
    const fetched = await fetchImage(word, { machine, paths: {}, scratch, platform, first, t: english });
    if (!fetched)
      return {
        problems: [
          `${word} is neither an image name nor an archive or a folder with an image. Give a name such as team/app:1.0, or a file of docker save`,
        ],
      };
    if ('path' in fetched) return read(fetched.path, fetched.from);
    return { problems: [`cannot find the image ${word}`, ...fetched.problems.map((one) => `  ${one}`)] };
  });
}
