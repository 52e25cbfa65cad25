// Which instructions made the layers of an image: the texts of its history are compared with the file, from the end.
import type { DescribedInstruction, DescribedStep } from '../build-description';
import { hasParts, literalParts, plain } from '../literal-parts';
import type { Layer } from './report';

/** An instruction that makes a layer. */
interface Step {
  /** Index into the description's instructions. */
  readonly at: number;
  readonly keyword: string;
  readonly words: string;
  /** The same, between its variables. */
  readonly parts: readonly string[];
  readonly destination: readonly string[];
  readonly json: string;
}

/** Nobody builds more layers, and engines take fewer. */
const mostLayers = 1000;

/**
 * @param members indexes of the instructions that made the image, in file order
 * @returns for each layer the instructions that may have made it: one where the history says so, several where a layer
 * above a known step has another text; undefined below the first known step, where the base image begins
 */
export function layerMakers(
  layers: readonly Layer[],
  members: readonly number[],
  instructions: readonly DescribedInstruction[],
): readonly (readonly number[] | undefined)[] {
  const steps = members.flatMap((at) => stepOf(at, instructions[at]));
  const known = knownMakers(layers, steps);
  const makers = layers.map((): readonly number[] | undefined => undefined);
  let above = { layer: layers.length, step: steps.length };
  for (let layer = layers.length - 1; layer >= 0; layer -= 1) {
    const step = known[layer];
    if (step === undefined) continue;
    makers[layer] = [steps[step]?.at ?? 0];
    const between = steps.slice(step + 1, above.step).map(({ at }) => at);
    const count = above.layer - layer - 1;
    for (let unknown = 0; unknown < count; unknown += 1) {
      // As many steps as layers: each made one. No step: the builder added a layer to the step below.
      const own = between.length === count ? between.slice(unknown, unknown + 1) : between;
      makers[layer + 1 + unknown] = own.length === 0 ? makers[layer] : own;
    }
    above = { layer, step };
  }
  return makers;
}

function stepOf(at: number, instruction: DescribedInstruction | undefined): Step[] {
  if (!instruction?.step) return [];
  const { keyword, step } = instruction;
  const destination = literalParts(plain(step.destination ?? ''));
  const words = wordsOf(keyword, step);
  return [{ at, keyword, words, parts: literalParts(words), destination, json: plain(step.json ?? '') }];
}

/** A relative WORKDIR begins somewhere. */
function wordsOf(keyword: string, { words }: DescribedStep): string {
  const said = plain(words);
  if (keyword !== 'WORKDIR' || /^(?:[\\/$]|[A-Za-z]:)/.test(said)) return said;
  const below = said.replace(/^(?:\.\/)+/, '').replace(/\/$/, '');
  return below.split('/').some((part) => part === '..' || part === '.') ? '${x}' : `\${x}/${below}`;
}

/** @returns for each layer the index of the step that made it, where the texts agree */
function knownMakers(layers: readonly Layer[], steps: readonly Step[]): (number | undefined)[] {
  const known = layers.map((): number | undefined => undefined);
  let next = steps.length - 1;
  // A step makes at most one layer, so that the layers below are the base's.
  const lowest = Math.max(0, layers.length - Math.min(steps.length, mostLayers));
  for (let layer = layers.length - 1; layer >= lowest && next >= 0; layer -= 1) {
    const said = readHistory(layers[layer]?.createdBy ?? '');
    if (said === undefined) continue;
    for (let at = next; at >= 0; at -= 1) {
      const step = steps[at];
      if (!step || !made(said, step)) continue;
      known[layer] = at;
      next = at - 1;
      break;
    }
  }
  return known;
}

interface Said {
  /** Of BuildKit, and in front of what other builders write about files; undefined for their commands. */
  readonly keyword: string | undefined;
  readonly words: string;
}

/**
 * BuildKit writes `RUN /bin/sh -c make # buildkit`, `COPY a b # buildkit`; docker's old builder, buildah and podman
 * `/bin/sh -c make` and `/bin/sh -c #(nop) COPY file:… in b`. Build arguments stand in front: `|1 NAME=value /bin/sh …`.
 */
function readHistory(createdBy: string): Said | undefined {
  const text = plain(createdBy);
  if (text === '') return undefined;
  const noted = text.indexOf('#(nop) ');
  const said = plain(noted < 0 ? withoutEnd(text, '# buildkit') : text.slice(noted + '#(nop) '.length));
  const [, keyword, words = ''] = /^(RUN|COPY|ADD|WORKDIR) (.*)$/.exec(said) ?? [];
  return keyword === undefined ? { keyword, words: said } : { keyword, words };
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function made(said: Said, step: Step): boolean {
  if (said.keyword === undefined || said.keyword === 'RUN')
    return step.keyword === 'RUN' && (ran(said.words, step.words) || ran(said.words, step.json));
  if (said.keyword !== step.keyword) return false;
  if (hasParts(withoutFlags(said.words), step.parts)) return true;
  const inside = said.words.lastIndexOf(' in ');
  return inside >= 0 && hasParts(said.words.slice(inside + ' in '.length), step.destination);
}

/** BuildKit writes some flags, in some versions. */
function withoutFlags(words: string): string {
  let at = 0;
  for (let end = 0; words.startsWith('--', at); at = end + 1) {
    end = words.indexOf(' ', at);
    if (end < 0) return '';
  }
  return words.slice(at);
}

/** The builder puts no values into a RUN; in front of its words stand build arguments, and a shell with its options. */
function ran(said: string, words: string): boolean {
  if (words === '' || !said.endsWith(words)) return false;
  const front = said.slice(0, said.length - words.length).trimEnd();
  const option = front.slice(front.lastIndexOf(' ') + 1);
  return front === '' || front.startsWith('|') || /^(?:-[a-z]*c|\/c|-command)$/i.test(option);
}
