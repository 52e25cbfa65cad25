// Finds the place of a mark on an instruction after the file has changed.
import type { BuildDescription } from './build-description';

export interface Followed {
  /** The instruction as it was when the mark was set. */
  readonly text: string;
  /** Where it was last seen, zero-based. */
  readonly line: number;
  /** Its place among the instructions that read the same, and their number. */
  readonly ordinal: number;
  readonly count: number;
}

/** @param at index of an instruction */
export function toFollow(at: number, description: BuildDescription): Followed | undefined {
  const instruction = description.instructions[at];
  if (!instruction) return undefined;
  const equal = equalTo(instruction.text, description);
  const { text, mark } = instruction;
  return { text, line: mark.start.line, ordinal: equal.indexOf(at), count: equal.length };
}

/**
 * @returns index of the instruction that still reads the same; of several the one in the same place or, after
 * one of them has come or gone, the nearest. Undefined: what was said about it is out of date.
 */
export function follow(mark: Followed, description: BuildDescription): number | undefined {
  const equal = equalTo(mark.text, description);
  if (equal.length === mark.count) return equal[mark.ordinal];
  const distance = (at: number): number =>
    Math.abs((description.instructions[at]?.mark.start.line ?? 0) - mark.line);
  return equal.sort((a, b) => distance(a) - distance(b))[0];
}

function equalTo(text: string, { instructions }: BuildDescription): number[] {
  return instructions.flatMap((one, at) => (one.text === text ? [at] : []));
}
