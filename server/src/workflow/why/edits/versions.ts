// Edits that take a newer version of a language: the tag of the base image.
import { baseTag, isAtLeastVersion, versionOfTag } from '../../../core/analysis/images/base-version';
import { findVersionPlace } from '../../../core/analysis/images/version-places';
import { isListed, newerTags } from '../../../core/knowledge/images/newer-tags';
import { baseChoices } from '../../../core/knowledge/images/base-choices';
import { goWith, nodeLines } from '../../../core/knowledge/packages/runtime-needs';
import { replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { EditMaker, Failure } from './failure';
import { fits, readNeed } from './version-need';

/**
 * A newer tag of the official image that the stage stands on, with the same ending: the usual line if it does, else the
 * newest, and the oldest line that does.
 * @param image the image of the language
 * @param below the first version that is too new
 */
export function newerImage(image: string, below?: readonly number[]): EditMaker {
  return (failure) => {
    const { facts } = failure;
    const needed = facts.needed ?? (image === 'golang' ? goWith(facts.package) : undefined);
    const need = readNeed(needed);
    if (needed === undefined) return newestImage(image)(failure);
    const isOld = (line: readonly number[]): boolean => !below || !isAtLeastVersion(line, below);
    return need ? tagsThat(failure, image, (line) => fits(line, need) && isOld(line)) : [];
  };
}

/**
 * The usual line of the official image that the stage stands on, if that is newer.
 * @param below only where the stage has an older version than this
 */
export function newestImage(image: string, below?: readonly number[]): EditMaker {
  return (failure) => {
    const version = versionOfTag(baseTag(failure.model, failure.stage, image) ?? '');
    if (below && version && isAtLeastVersion(version, below)) return [];
    return tagsThat(failure, image, () => true).slice(0, 1);
  };
}

function tagsThat(
  { model, stage }: Failure,
  image: string,
  does: (line: readonly number[]) => boolean,
): readonly ExplainedEdit[] {
  const from = stage.chain.at(-1)?.from;
  const tag = baseTag(model, stage, image);
  const use = model.images.find(({ instruction, via }) => instruction === from && via === 'from');
  const place = use && findVersionPlace(model, use);
  const newer = tag === undefined ? undefined : newerTags(image, tag, nodeLines);
  if (!place || !newer) return [];
  const lines = newer.lines.filter((line) => does(line.split('.').map(Number)));
  const listed = lines.filter((line) => isListed(image, line));
  const usual = baseChoices.find((choice) => choice.image.startsWith(`${image}:«»`))?.version;
  const newest = listed.find((line) => line === usual) ?? listed.at(-1) ?? lines.at(-1);
  const [oldest] = lines;
  return [...new Set([newest, oldest])].flatMap((line) =>
    line === undefined
      ? []
      : offer(
          `Use ${image}:${line}${newer.ending}`,
          replace(place.at, `${place.prefix}${line}${newer.ending}`),
        ),
  );
}

/** Images by the name that a complaint about the version gives their language. */
const imagesOfTools: ReadonlyMap<string, string> = new Map([
  ['Elixir', 'elixir'],
  ['Python', 'python'],
  ['Node', 'node'],
  ['Ruby', 'ruby'],
  ['Go', 'golang'],
  ['Swift', 'swift'],
]);

/** A newer image for a language that is too old, as the tools of a project say it. */
export const newerTool: EditMaker = (failure) => {
  const image = imagesOfTools.get(failure.facts.package ?? '');
  const { needed } = failure.facts;
  if (image === undefined || needed === undefined) return [];
  const made = newerImage(image)(failure);
  // A version alone is most likely meant as it stands.
  return /^ *\d/.test(needed) ? [...made].reverse() : made;
};

/** The last Node.js before 12, on which old versions of gulp and graceful-fs no longer run. */
export const nodeBeforeTwelve: EditMaker = ({ facts, model, stage }) => {
  if (!/primordials is not defined|cb\.apply is not a function/.test(facts.said ?? '')) return [];
  const tag = baseTag(model, stage, 'node');
  const from = stage.chain.at(-1)?.from;
  const use = model.images.find(({ instruction, via }) => instruction === from && via === 'from');
  const place = use && findVersionPlace(model, use);
  const ending = /^(?:latest|lts|current|\d[\d.]*)(-slim|-alpine)?$/.exec(tag ?? '')?.[1] ?? '';
  if (!place || !/^(?:latest|lts|current|slim|alpine|\d[\d.]*)(?:-slim|-alpine)?$/.test(tag ?? '')) return [];
  const own = tag === 'slim' || tag === 'alpine' ? `-${tag}` : ending;
  return offer(
    `Use node:10${own}, on which the old package runs`,
    replace(place.at, `${place.prefix}10${own}`),
  );
};

/** Images that are nothing but Node.js on Alpine. */
const alpineNode = /^mhart\/alpine-node$/;

/** The official image in place of one that has no newer Node.js. */
export const officialNode: EditMaker = (failure) => {
  const { facts, stage } = failure;
  const image = stage.chain.at(-1)?.image;
  const need = readNeed(facts.needed);
  const lines = newerTags('node', `${image?.tag?.text ?? ''}-alpine`)?.lines ?? [];
  if (!image || image.variable || image.digest || !alpineNode.test(image.name.text) || !need) return [];
  const line = lines
    .filter((one) => fits(one.split('.').map(Number), need))
    .filter((one) => isListed('node', one))
    .at(0);
  return line === undefined
    ? []
    : offer(`Use node:${line}-alpine`, replace(image.span, `node:${line}-alpine`));
};
