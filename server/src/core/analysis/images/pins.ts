// Finds the text to write a digest or a version into: the reference of an image, or the default of an ARG.
import { once } from '../../text/memo';
import type { Span } from '../../text/span';
import { parseReference, splitImage } from '../../syntax/image-reference';
import type { ImageReference, Pair, Word } from '../../syntax/nodes';
import type { ImageUse, Model } from '../../model/model';

export interface ReferencePlace {
  /** The reference to look up in the registry, without a digest. */
  readonly reference: string;
  /** The text of the reference in the document. A digest goes to its end. */
  readonly at: Span;
  /** Name of the image for titles, without tag and digest. */
  readonly name: string;
  /** As written; undefined without one. */
  readonly tag: string | undefined;
  /** The digest that is there, also one that is only a placeholder. */
  readonly digest: { readonly text: string; readonly span: Span } | undefined;
}

/** `reason`: why nothing can be written there, as one sentence without a full stop. */
export interface NotWritable {
  readonly reason: string;
}

/** The place of the reference of an image: where it is used, or in the default of an ARG. */
export function locateReference(model: Model, use: ImageUse): ReferencePlace | NotWritable {
  const { image } = use;
  if (image.digest?.text.includes('$')) return { reason: 'the digest comes from a variable' };
  if (!image.variable) return writtenHere(image, withoutDigest(image.text));
  if (use.via !== 'from') return { reason: 'the builder does not expand variables here' };
  const name = variableOf(image.text);
  return name === undefined ? behindHost(model, use) : throughArgument(model, name);
}

/** Whether a text is a digest that can be looked up, and not a placeholder for one. */
export function isDigest(text: string): boolean {
  return parseReference(`x@${text}`).ok;
}

/** @param reference to look up */
function writtenHere({ span, name, tag, digest }: ImageReference, reference: string): ReferencePlace {
  return { reference, at: span, name: name.text, tag: tag?.text, digest };
}

function withoutDigest(reference: string): string {
  return reference.replace(/@.*$/s, '');
}

const wholeVariable = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/;

/** The name of the variable, if a text is only a variable. */
function variableOf(text: string): string | undefined {
  const match = wholeVariable.exec(text);
  return match?.[1] ?? match?.[2];
}

/** `${REGISTRY}/team/app`, with the name of its variable. */
const variableInFront = /^\$(?:\{([A-Za-z_]\w*)[^{}]*\}|([A-Za-z_]\w*))([^$]*)$/;

/**
 * A reference with variables in it. If only a registry's host varies, the contents stay the same, because registries are
 * told apart by where they are and images by their digest.
 */
function behindHost(model: Model, { image, resolved }: ImageUse): ReferencePlace | NotWritable {
  const [, braced, bare, rest = ''] = variableInFront.exec(image.text) ?? [];
  const variable = braced ?? bare;
  if (variable !== undefined) {
    if (resolved === undefined && rest.startsWith('/'))
      return { reason: `${argument(model, variable)} has no default value, so the registry is not known` };
    const value = resolved?.endsWith(rest) ? resolved.slice(0, resolved.length - rest.length) : undefined;
    if (value !== undefined && resolved !== undefined && isHostInFront(value, rest))
      return writtenHere(image, withoutDigest(resolved));
  }
  const part = image.tag?.text.includes('$') ? image.tag.text : image.name.text;
  const [, first = ''] = /\$\{?([A-Za-z_]\w*)/.exec(part) ?? [];
  const what = part === image.name.text ? 'name' : 'tag';
  return {
    reason: `the ${what} comes from the variable ${first}, and a digest would stay the same when ${first} changes`,
  };
}

/** `ARG REGISTRY`, or the bare name of a variable that this file does not declare. */
function argument(model: Model, name: string): string {
  return globalArgument(model, name) ? `ARG ${name}` : `the variable ${name}`;
}

/** Whether a text in front of the rest of a reference is a registry, alone or with a namespace. */
function isHostInFront(text: string, rest: string): boolean {
  if (!text.endsWith('/') && !rest.startsWith('/')) return false;
  const [host = ''] = text.split('/', 1);
  return host === 'localhost' || /[.:]/.test(host);
}

/** For a reference that is only a variable: the default of its ARG, unless something else reads the ARG. */
function throughArgument(model: Model, name: string): ReferencePlace | NotWritable {
  const pair = globalArgument(model, name);
  const value = pair?.value;
  if (!value || value.value === '' || value.variables.length > 0)
    return { reason: `ARG ${name} has no default value to pin` };
  if (usedElsewhere(model, name, (image) => wholeVariable.test(image)))
    return { reason: `ARG ${name} is also used for something else` };
  const at = insideQuotes(value);
  const image = splitImage(value.value, (start, end) => ({ start: at.start + start, end: at.start + end }));
  const plain = at.end - at.start === value.value.length;
  if (image.digest && !plain)
    return { reason: `quotes or escapes stand inside the default value of ARG ${name}` };
  return { ...writtenHere(image, withoutDigest(value.value)), at };
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
