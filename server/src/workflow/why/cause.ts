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
   * Signs in one line, quick whatever is in it: a name begins where no such letter stands before it. Named groups are facts. The last line that has one counts, and within it the
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

/** What programs say last before those that called them sum it up. */
const summed =
  /(?:Command |command |subprocess-|metadata-)(?:errored|failed|exited|generation)|exit(?:ed)?(?: with)?(?: status| code)|errno \d|returned (?:error|non-zero)|^ERROR: (?:Command|Failed building|Could not build)|egg_info|^make/;

/** The last line that tells of an error in its own words; undefined if there is none. */
export function ownWords(lines: readonly string[]): string | undefined {
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = (lines[at] ?? '').trim();
    const tells =
      /^(?:[\w.]+\.)?\w*(?:Error|Exception|Exit): .+|^(?:.{0,60}: )?(?:fatal )?error(?:\[\w+\])?:? (?:in )?\S.+|^ERROR in .+|^Module not found: .+/i;
    if (tells.test(line) && !summed.test(line)) return line.replace(/^(?:fatal )?error: /i, '').slice(0, 200);
  }
  return undefined;
}
