// Settings of V8 that a program may change while it runs. V8 prints an error for a flag that it does not know, and no
// function of Node tells which flags it knows. So each flag is set for the major versions of V8 that list it in
// `--v8-options`, and for no other.
import { setFlagsFromString } from 'node:v8';

export interface V8Flag {
  readonly flag: string;
  /** First and last major version that knows it. */
  readonly first: number;
  readonly last: number;
}

/** @param version of V8, as in `process.versions.v8` */
export function knownFlags(flags: readonly V8Flag[], version: string): readonly string[] {
  const major = Number.parseInt(version, 10);
  return flags.filter(({ first, last }) => first <= major && major <= last).map(({ flag }) => flag);
}

/** Sets those of the flags that this V8 knows. Counts for what is compiled later, in all threads. */
export function setKnownFlags(flags: readonly V8Flag[]): void {
  for (const flag of knownFlags(flags, process.versions.v8)) setFlagsFromString(flag);
}

/**
 * V8 11 optimizes code so early that it often has to do it again once it knows more: waiting saves a third of the time
 * to lint thousands of files, and memory. Later versions have a quick compiler for the time in between.
 */
export const optimizeLater: V8Flag = { flag: '--interrupt-budget=800000', first: 11, last: 11 };
