// Where a mark on an instruction belongs after the file has changed.
import type { BuildDescription } from '../../server/src/protocol';

export interface Followed {
  /** The instruction as it was when the mark was set. */
  readonly text: string;
  /** Where it was last seen, zero-based. */
  readonly line: number;
}

/**
 * @returns index of the nearest instruction that still reads the same, or undefined: then what was said about it
 * is out of date
 */
export function follow(mark: Followed, { instructions }: BuildDescription): number | undefined {
  let nearest: number | undefined;
  let distance = Number.POSITIVE_INFINITY;
  instructions.forEach((one, at) => {
    const away = Math.abs(one.mark.start.line - mark.line);
    if (one.text !== mark.text || away >= distance) return;
    nearest = at;
    distance = away;
  });
  return nearest;
}
