// Images as hadolint reads their names, for its verdicts. Source: what hadolint 2.15.1 answers.
import type { Model } from '../model/model';
import { sourcesOf } from '../model/stages';
import type { Span } from '../text/span';

interface ImageName {
  /** With its port. */
  readonly host: string | undefined;
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Cuts an image as written: a host has a dot, and the first colon behind it begins the tag. */
export function imageName(text: string): ImageName {
  const [, host, name = '', tag, digest] =
    /^(?:([^/]*\.[^/]*)\/)?([^:@]*)(?::([^@]*))?(?:@(.*))?/s.exec(text) ?? [];
  return { host, name, tag, digest };
}

interface NamedImage extends ImageName {
  readonly text: string;
  readonly at: Span;
}

/** The images of FROM, also those that a stage above has as its name. */
export function baseImages({ stages }: Model): readonly (NamedImage & { readonly isStage: boolean })[] {
  const names = new Set<string>();
  return stages.flatMap(({ from, name }) => {
    const word = from?.words[0];
    if (!word) return [];
    const image = imageName(word.raw);
    const isStage = names.has(image.name);
    if (name) names.add(name.raw);
    return [{ ...image, text: word.raw, at: word.span, isStage }];
  });
}

/** What FROM, COPY and mounts name, without the stages above; a number is not a stage. */
export function* imagesNamed(model: Model): Generator<NamedImage> {
  const names = new Set<string>();
  for (const instruction of model.file.instructions) {
    const { keyword, trigger, words, index } = instruction;
    if (trigger) continue;
    const stage = keyword === 'FROM' ? model.stageOf(instruction) : undefined;
    const word = stage?.from?.index === index ? words[0] : undefined;
    if (word) {
      const image = imageName(word.raw);
      if (!names.has(image.name)) yield { ...image, text: word.raw, at: word.span };
      if (stage?.name) names.add(stage.name.raw);
    }
    for (const { name, at } of sourcesOf(instruction))
      if (!names.has(name)) yield { ...imageName(name), text: name, at };
  }
}
