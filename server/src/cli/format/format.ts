// What a format of the command line is: one file in this folder, and one row in formats.ts.
import type { FileReport } from '../../service/report';

export interface FormatOptions {
  /** Whether hints are shown too, in formats for people. */
  readonly hints: boolean;
}

/** @returns what is printed for all files together */
export type Format = (reports: readonly FileReport[], options: FormatOptions) => string;
