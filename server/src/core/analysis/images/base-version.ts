// The version of a language that a stage has from the tag of its base image.
import { imageName } from '../../knowledge/images/images';
import type { Model, Stage } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';

/** The numbers that a tag begins with: 22, 22.11 or 22.11.0. Parts that are not there count as the newest. */
export type VersionNumbers = readonly [major: number, ...rest: number[]];

const references = once(
  (model: Model): ReadonlyMap<Instruction | undefined, string | undefined> =>
    new Map(model.images.map(({ instruction, resolved }) => [instruction, resolved])),
);

/**
 * The tag of the official image at the bottom of a stage's chain.
 * @param image `node`
 * @returns undefined for other images, for a digest alone, and if the tag is not known
 */
export function baseTag(model: Model, stage: Stage | undefined, image: string): string | undefined {
  if (stage?.base.name !== image) return undefined;
  const { name, tag } = bottomImage(model)(stage);
  return name === image ? tag : undefined;
}

/** The name and the tag of the image at the bottom of a stage's chain: many rules ask. */
const bottomImage = once((model: Model) =>
  once((stage: Stage) => imageName(references(model).get(stage.chain.at(-1)?.from) ?? '')),
);

/** The version at the start of a tag; undefined if it names none. @param names versions by the names of their lines */
export function versionOfTag(
  tag: string,
  names: ReadonlyMap<string, number> = new Map(),
): VersionNumbers | undefined {
  const [first = ''] = tag.split('-', 1);
  const named = names.get(first);
  if (named !== undefined) return [named];
  const numbers = /^v?(\d+(?:\.\d+){0,2})$/.exec(first)?.[1]?.split('.').map(Number);
  const [major, ...rest] = numbers ?? [];
  return major === undefined ? undefined : [major, ...rest];
}

/** Whether a version is at least another one, where its missing parts count as the newest. */
export function isAtLeastVersion(version: readonly number[], least: readonly number[]): boolean {
  for (let at = 0; at < least.length; at += 1) {
    const difference = (version[at] ?? Infinity) - (least[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
