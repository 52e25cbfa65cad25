// Every external image that a file uses.
import { imageOfDirective, imageOfOption, imageOfWord } from '../syntax/image-reference';
import type { Dockerfile, ImageReference, Instruction } from '../syntax/nodes';
import type { Source, StageGraph } from './stages';
import { sourcesOf } from './stages';

export interface ImageUse {
  readonly image: ImageReference;
  readonly via: 'from' | 'copy' | 'mount' | 'syntax';
  /** Undefined for # syntax=. */
  readonly instruction: Instruction | undefined;
  /** Reference with known ARG defaults expanded; undefined if it contains a variable without a known value. */
  readonly resolved: string | undefined;
}

/** In file order, without stages, numbers and scratch. */
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
      // An image name cannot have capital letters, so this is a stage in another case.
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

/** The image that a place names; undefined if it names a stage, or may name a stage of another build. */
export function imageOf(source: Source, graph: StageGraph): ImageUse | undefined {
  const { instruction, name, via, flag, option } = source;
  if (name === 'scratch' || (via === 'copy' && /^[+-]?\d+$/.test(name))) return undefined;
  if (graph.stageNamed(name, via === 'copy')) return undefined;
  // A bare word in a trigger may name a stage of the file that builds on this image.
  if (instruction.onbuild && !/[/:@]/.test(name)) return undefined;
  const { line } = instruction;
  const image = option ? imageOfOption(option, line) : flag.value && imageOfWord(flag.value, line);
  // The builder does not expand variables here, and fails on one.
  return image && { image, via, instruction, resolved: image.variable ? undefined : image.text };
}
