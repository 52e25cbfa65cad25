// Every image that a file takes from outside.
import { imageOfDirective, imageOfOption, imageOfWord } from '../syntax/image-reference';
import type { Dockerfile, ImageReference, Instruction } from '../syntax/nodes';
import type { Source, StageGraph } from './stages';
import { sourcesOf } from './stages';

export interface ImageUse {
  readonly image: ImageReference;
  readonly via: 'from' | 'copy' | 'mount' | 'syntax';
  /** Undefined for # syntax=. */
  readonly instruction: Instruction | undefined;
  /** Reference with known ARG defaults put in; undefined when it holds a variable without a known value. */
  readonly resolved: string | undefined;
}

/** In file order. Stages, numbers and scratch are no images. */
export function findImages(file: Dockerfile, graph: StageGraph): readonly ImageUse[] {
  const found: ImageUse[] = [];
  for (const directive of file.directives) {
    const image = imageOfDirective(directive);
    if (!image?.text) continue;
    found.push({ image, via: 'syntax', instruction: undefined, resolved: image.text });
  }
  for (const instruction of file.instructions) {
    const stage = graph.stageOfIndex[instruction.index];
    if (stage?.from === instruction) {
      const resolved = graph.resolved.get(stage);
      if (!stage.image || stage.image.text === '' || resolved === 'scratch') continue;
      // No image has capital letters in its name: this one is a stage, misspelt.
      if (resolved && resolved !== resolved.toLowerCase() && graph.stageNamed(resolved, false)) continue;
      found.push({ image: stage.image, via: 'from', instruction, resolved });
      continue;
    }
    for (const source of sourcesOf(instruction)) {
      const use = imageOf(source, graph);
      if (use) found.push(use);
    }
  }
  return found;
}

/** The image a place names; undefined when it names a stage, or may name one of another build. */
export function imageOf(source: Source, graph: StageGraph): ImageUse | undefined {
  const { instruction, name, via, flag, option } = source;
  if (name === 'scratch' || (via === 'copy' && /^[+-]?\d+$/.test(name))) return undefined;
  if (graph.stageNamed(name, via === 'copy')) return undefined;
  // A bare word in a trigger may name a stage of the file that is built on this image.
  if (instruction.onbuild && !/[/:@]/.test(name)) return undefined;
  const { line } = instruction;
  const image = option ? imageOfOption(option, line) : flag.value && imageOfWord(flag.value, line);
  // The builder puts no variables in here, and stops at one.
  return image && { image, via, instruction, resolved: image.variable ? undefined : image.text };
}
