// The type of an output format. A new format is a file in this folder and a row in formats.ts.
import type { FileReport } from '../../service/report';

export interface FormatOptions {
  /** Whether hints are shown too, in formats for people. */
  readonly hints: boolean;
}

/** @returns the output for all files */
export type Format = (reports: readonly FileReport[], options: FormatOptions) => string;
