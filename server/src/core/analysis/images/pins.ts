// Which images of a file can be pinned to a digest, and where the digest has to be written.
import type { Span } from '../../text/span';
import type { Instruction, Pair, Word } from '../../syntax/nodes';
import type { ImageUse, Model } from '../../model/model';

export interface Pin {
  /** The use in the file that is looked at. */
  readonly use: ImageUse;
  /** The reference to ask the registry for, as it stands at `at`. */
  readonly reference: string;
  /** The text of the reference in the document: the digest goes to its end. */
  readonly at: Span;
  /** How to call the image in a title: without tag and digest. */
  readonly name: string;
}

export interface NotPinnable {
  readonly use: ImageUse;
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** Everything that could be pinned and has no digest yet, in file order, and what cannot be pinned with the reason. */
export function findPins(model: Model): {
  readonly pins: readonly Pin[];
  readonly refused: readonly NotPinnable[];
} {
  const pins: Pin[] = [];
  const refused: NotPinnable[] = [];
  const taken = new Set<number>();
  for (const use of model.images) {
    if (use.image.digest) continue;
    const found = locateReference(model, use);
    if ('reason' in found) refused.push(found);
    // Several FROM lines may name the same ARG: it is written once.
    else if (!taken.has(found.at.end)) {
      taken.add(found.at.end);
      pins.push(found);
    }
  }
  return { pins, refused };
}

/** Where the reference of an image without digest stands: in its place, or in the default of an ARG. */
export function locateReference(model: Model, use: ImageUse): Pin | NotPinnable {
  const { image } = use;
  if (!image.variable) return { use, reference: image.text, at: image.span, name: image.name.text };
  return throughArgument(model, use);
}

const wholeVariable = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/;

/** The name of the variable a text consists of. */
function variableOf(text: string): string | undefined {
  const match = wholeVariable.exec(text);
  return match?.[1] ?? match?.[2];
}

/** The whole reference is one variable: its digest belongs into the default of the ARG, if nothing else reads that. */
function throughArgument(model: Model, use: ImageUse): Pin | NotPinnable {
  const name = variableOf(use.image.text);
  if (use.via !== 'from') return { use, reason: 'the builder does not put in variables here' };
  if (name === undefined) {
    return {
      use,
      reason:
        'a part of the reference comes from a variable, so a digest would stay behind when that changes',
    };
  }
  const pair = globalArgument(model, name);
  const value = pair?.value;
  if (!value || value.value === '' || value.variables.length > 0)
    return { use, reason: `the ARG ${name} has no default that could be pinned` };
  if (value.value.includes('@')) return { use, reason: `the default of the ARG ${name} is pinned already` };
  if (usedElsewhere(model, name, (image) => wholeVariable.test(image)))
    return { use, reason: `the ARG ${name} is used for something else as well` };
  return { use, reference: value.value, at: insideQuotes(value), name: imageName(value.value) };
}

/** Where the default of the ARG stands that is the tag of this image and nothing else. */
export function locateTagArgument(
  model: Model,
  use: ImageUse,
): { readonly tag: string; readonly at: Span } | undefined {
  const { image, via } = use;
  const name = image.tag && variableOf(image.tag.text);
  if (name === undefined || via !== 'from' || image.name.text.includes('$') || image.digest) return undefined;
  const value = globalArgument(model, name)?.value;
  if (!value || value.variables.length > 0 || usedElsewhere(model, name, (text) => text === image.text))
    return undefined;
  return { tag: value.value, at: insideQuotes(value) };
}

function insideQuotes({ raw, span }: Word): Span {
  const quote = /^(["']).*\1$/s.test(raw) ? 1 : 0;
  return { start: span.start + quote, end: span.end - quote };
}

function globalArgument(model: Model, name: string): Pair | undefined {
  return model.preamble
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(({ pairs }) => pairs)
    .filter(({ key }) => key.value === name)
    .at(-1);
}

/** Whether anything reads the global ARG but references after FROM that are as expected. */
function usedElsewhere(model: Model, name: string, expected: (image: string) => boolean): boolean {
  const names = (word: { readonly variables: readonly { readonly name: string }[] }): boolean =>
    word.variables.some((variable) => variable.name === name);
  for (const instruction of model.preamble) if (instruction.words.some(names)) return true;
  for (const { from, instructions } of model.stages) {
    const image = from?.words[0];
    if (image && names(image) && !expected(image.value)) return true;
    if (from && (from.flags.some(({ value }) => value && names(value)) || from.words.slice(1).some(names)))
      return true;
    if (instructions.some((instruction) => declares(instruction, name))) return true;
  }
  return false;
}

function declares(instruction: Instruction, name: string): boolean {
  return instruction.keyword === 'ARG' && instruction.pairs.some(({ key }) => key.value === name);
}

function imageName(reference: string): string {
  const path = reference.slice(reference.lastIndexOf('/') + 1);
  return reference.slice(0, reference.length - path.length) + path.replace(/[:@].*$/, '');
}
