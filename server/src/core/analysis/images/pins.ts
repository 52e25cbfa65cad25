// Finds the text to write a digest or a version into: the reference of an image, or the default of an ARG.
import { once } from '../../text/memo';
import type { Span } from '../../text/span';
import type { Pair, Word } from '../../syntax/nodes';
import type { ImageUse, Model } from '../../model/model';

export interface ReferencePlace {
  /** The reference to look up in the registry, as written at `at`. */
  readonly reference: string;
  /** The text of the reference in the document. A digest goes to its end. */
  readonly at: Span;
  /** Name of the image for titles, without tag and digest. */
  readonly name: string;
}

/** `reason`: why nothing can be written there, as one sentence without a full stop. */
export interface NotWritable {
  readonly reason: string;
}

/** The place of the reference of an image without digest: where it is used, or in the default of an ARG. */
export function locateReference(model: Model, use: ImageUse): ReferencePlace | NotWritable {
  const { image } = use;
  if (!image.variable) return { reference: image.text, at: image.span, name: image.name.text };
  return throughArgument(model, use);
}

const wholeVariable = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/;

/** The name of the variable, if a text is only a variable. */
function variableOf(text: string): string | undefined {
  const match = wholeVariable.exec(text);
  return match?.[1] ?? match?.[2];
}

/** For a reference that is only a variable: the default of its ARG, unless something else reads the ARG. */
function throughArgument(model: Model, use: ImageUse): ReferencePlace | NotWritable {
  const name = variableOf(use.image.text);
  if (use.via !== 'from') return { reason: 'the builder does not expand variables here' };
  if (name === undefined) {
    return {
      reason: 'part of the reference comes from a variable, and a digest would not change with it',
    };
  }
  const pair = globalArgument(model, name);
  const value = pair?.value;
  if (!value || value.value === '' || value.variables.length > 0)
    return { reason: `ARG ${name} has no default value to pin` };
  if (value.value.includes('@')) return { reason: `the default value of ARG ${name} is already pinned` };
  if (usedElsewhere(model, name, (image) => wholeVariable.test(image)))
    return { reason: `ARG ${name} is also used for something else` };
  return { reference: value.value, at: insideQuotes(value), name: imageName(value.value) };
}

/** The default of an ARG that is the tag of this image and is used for nothing else. */
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

interface GlobalArguments {
  /** The last declaration of each name. */
  readonly pairs: ReadonlyMap<string, Pair>;
  /** By name, the references in FROM that read it, each text once. */
  readonly images: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names that something else reads, or that a stage also declares. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Computed once per file, because every FROM may name an ARG. */
const globalArguments = once((model: Model): GlobalArguments => {
  const pairs = new Map<string, Pair>();
  const images = new Map<string, Set<string>>();
  const elsewhere = new Set<string>();
  const note = ({ variables }: Pick<Word, 'variables'>): void => {
    for (const { name } of variables) elsewhere.add(name);
  };
  for (const { keyword, pairs: declared, words } of model.preamble) {
    if (keyword === 'ARG') for (const pair of declared) pairs.set(pair.key.value, pair);
    words.forEach(note);
  }
  for (const { from, instructions } of model.stages) {
    const [image, ...others] = from?.words ?? [];
    for (const { name } of image?.variables ?? []) {
      const texts = images.get(name);
      if (texts) texts.add(image?.value ?? '');
      else images.set(name, new Set([image?.value ?? '']));
    }
    for (const { value } of from?.flags ?? []) if (value) note(value);
    others.forEach(note);
    for (const { keyword, pairs: declared } of instructions)
      if (keyword === 'ARG') for (const { key } of declared) elsewhere.add(key.value);
  }
  return { pairs, images, elsewhere };
});

function globalArgument(model: Model, name: string): Pair | undefined {
  return globalArguments(model).pairs.get(name);
}

/** Whether anything reads the global ARG except the expected references in FROM. */
function usedElsewhere(model: Model, name: string, expected: (image: string) => boolean): boolean {
  const { images, elsewhere } = globalArguments(model);
  if (elsewhere.has(name)) return true;
  for (const image of images.get(name) ?? []) if (!expected(image)) return true;
  return false;
}

function imageName(reference: string): string {
  const path = reference.slice(reference.lastIndexOf('/') + 1);
  return reference.slice(0, reference.length - path.length) + path.replace(/[:@].*$/, '');
}
