// The type of a cause: a row with the lines that tell of it, what they say of the failure, and the sentence for a person.
import type { Facts } from './explanation';

/** What a cause may ask beyond the line that tells of it. */
export interface Evidence {
  /** What the step printed, without the commands that `set -x` shows. */
  readonly printed: readonly string[];
  /** The builder's own reason; empty if it is the exit code alone. */
  readonly message: string;
  readonly exitCode: number | undefined;
  /** The instruction in one line; undefined if it is not known. */
  readonly instruction: string | undefined;
  /** Images that the stages of the file start from. */
  readonly images: readonly string[];
}

export interface Cause {
  /** Names the cause in `--format json` and for edits: never renamed. */
  readonly id: string;
  /**
   * Signs in one line, linear in its length. Named groups are facts. The last line that has one counts, and within it the
   * first sign.
   */
  readonly signs: readonly RegExp[];
  /** Where the line stands: printed by the step (the default), or the builder's own reason. */
  readonly said?: 'builder' | 'anywhere';
  /** Facts whose values are collected from all lines. */
  readonly collects?: readonly (keyof Facts)[];
  /** Says little: counts only if no other cause is told of in any line. */
  readonly weak?: true;
  /** Adds facts from other lines. @returns undefined if it is another cause after all */
  more?(facts: Facts, evidence: Evidence): Facts | undefined;
  /** The cause and what helps, without the last full stop. */
  message(facts: Facts): string;
}

/** @returns the match in the last of these lines that has one */
export function lastMatch(lines: readonly string[], sign: RegExp): RegExpExecArray | undefined {
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const found = sign.exec(lines[at] ?? '');
    if (found) return found;
  }
  return undefined;
}

/** The name of the server in an address. */
export function hostOf(url: string | undefined): string | undefined {
  const host = /^\w+:\/\/(?:[^/@\s]{1,200}@)?([^/:\s]+)/.exec(url ?? '')?.[1];
  return host?.toLowerCase();
}
