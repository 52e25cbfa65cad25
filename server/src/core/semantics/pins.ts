// Which images of a file can be pinned to a digest, and where the digest has to be written.
import type { Span } from '../text/span';
import type { Instruction, Pair } from '../syntax/nodes';
import type { ImageUse, Model } from './model';

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
    const { image } = use;
    if (image.digest) continue;
    if (!image.variable) {
      pins.push({ use, reference: image.text, at: image.span, name: image.name.text });
      continue;
    }
    const found = throughArgument(model, use);
    if ('reason' in found) refused.push(found);
    // Several FROM lines may name the same ARG: it is written once.
    else if (!taken.has(found.at.end)) {
      taken.add(found.at.end);
      pins.push(found);
    }
  }
  return { pins, refused };
}

const wholeVariable = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/;

/** The whole reference is one variable: its digest belongs into the default of the ARG, if nothing else reads that. */
function throughArgument(model: Model, use: ImageUse): Pin | NotPinnable {
  const match = wholeVariable.exec(use.image.text);
  const name = match?.[1] ?? match?.[2];
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
  if (usedElsewhere(model, name))
    return { use, reason: `the ARG ${name} is used for something else as well` };
  const quote = /^["']/.test(value.raw) ? 1 : 0;
  const at = { start: value.span.start + quote, end: value.span.end - quote };
  return { use, reference: value.value, at, name: imageName(value.value) };
}

function globalArgument(model: Model, name: string): Pair | undefined {
  return model.preamble
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(({ pairs }) => pairs)
    .filter(({ key }) => key.value === name)
    .at(-1);
}

/** Whether anything but whole FROM references reads the global ARG. */
function usedElsewhere(model: Model, name: string): boolean {
  const names = (word: { readonly variables: readonly { readonly name: string }[] }): boolean =>
    word.variables.some((variable) => variable.name === name);
  for (const instruction of model.preamble) if (instruction.words.some(names)) return true;
  for (const { from, instructions } of model.stages) {
    const image = from?.words[0];
    if (image && names(image) && !wholeVariable.test(image.value)) return true;
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
