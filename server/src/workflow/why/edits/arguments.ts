// Edits for build arguments without a value.
import { baseChoices } from '../../../core/knowledge/images/base-choices';
import { isListed, newerTags } from '../../../core/knowledge/images/newer-tags';
import { officialNames } from '../../../core/knowledge/images/official-images';
import { insertAfter } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';

/** Gives the version in the tag of an official image a default, so that the build needs no argument. */
export function defaultOfArgument({ model, instruction, stage }: Failure): readonly ExplainedEdit[] {
  const { image } = stage;
  if (instruction.keyword !== 'FROM' || !image?.tag || image.name.text.includes('$')) return [];
  const official = image.name.text;
  const [, name, ending = ''] = /^\$\{?(\w+)\}?(-[\w.-]+)?$/.exec(image.tag.text) ?? [];
  if (name === undefined || !officialNames.has(official)) return [];
  const declared = model.preamble.filter(
    (one) => one.keyword === 'ARG' && model.document.slice(one.argumentsSpan).trim() === name,
  );
  const version = usualVersion(official, ending);
  const [argument] = declared;
  if (!argument || declared.length > 1 || version === undefined) return [];
  const text = model.document.slice(argument.argumentsSpan);
  const end = argument.argumentsSpan.start + text.trimEnd().length;
  return offer(`Give ${name} the default ${version}`, insertAfter({ start: end, end }, `=${version}`));
}

function usualVersion(image: string, ending: string): string | undefined {
  const usual = baseChoices.find((choice) => choice.image.startsWith(`${image}:«»`))?.version;
  const listed = newerTags(image, `0${ending}`)?.lines.filter((line) => isListed(image, line)) ?? [];
  return usual !== undefined && (ending === '' || listed.includes(usual)) ? usual : listed.at(-1);
}
