// Edits for build arguments without a value.
import { baseChoices } from '../../../core/knowledge/images/base-choices';
import { newerTags } from '../../../core/knowledge/images/newer-tags';
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

/** The version in the usual choices; undefined for other images. */
function usualVersion(image: string, ending: string): string | undefined {
  const usual =
    baseChoices.find((choice) => choice.image.startsWith(`${image}:«»`))?.version ?? plain.get(image);
  const lines = newerTags(image, `0${ending}`)?.lines ?? [];
  return usual !== undefined && (ending === '' || lines.includes(usual)) ? usual : undefined;
}

/** Versions of images whose tags name no language. Source: docker-library/official-images, November 2026. */
const plain: ReadonlyMap<string, string> = new Map([
  ['alpine', '3.24'],
  ['debian', '13'],
  ['mysql', '8.4'],
  ['postgres', '18'],
  ['redis', '8'],
  ['tomcat', '11'],
  ['ubuntu', '24.04'],
]);
