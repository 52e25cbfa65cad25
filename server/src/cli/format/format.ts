// The type of an output format. A new format is a file in this folder and a row in formats.ts.
import type { FileReport } from '../../service/report';

/** A part of the files, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

export interface FormatOptions {
  /** Whether hints are shown too. JSON always has them. */
  readonly hints: boolean;
  /** Which fixes the run has applied. */
  readonly fix: 'safe' | 'suggested' | undefined;
  /** Whether they were only shown. */
  readonly diff: boolean;
  /** For a terminal: with excerpts of the source. Undefined: a line for each finding. */
  readonly rich: RichOptions | undefined;
  /** The revision that the run compares with, as the user named it; undefined: none. */
  readonly since: string | undefined;
  /** Which part of the files the run checks; undefined: all. JSON and SARIF say it, for who joins the reports. */
  readonly shard?: Shard | undefined;
  /** A path as CI systems want it: relative to the root of the repository, with slashes. */
  readonly inRepository: (path: string) => string;
}

export interface RichOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Address of a rule's page, if it is installed. */
  readonly pageOf: (ruleId: string) => string | undefined;
}

/**
 * What a format prints of one run, piece by piece, so that no run keeps the findings of all its files. Nothing in it can
 * move the cursor of a terminal or command a CI system.
 */
export interface Writer {
  /** @param text that the findings are about; undefined if the file could not be read */
  file(report: FileReport, text: string | undefined): string;
  /** What comes behind the last file. */
  end(): string;
}

export type Format = (options: FormatOptions) => Writer;
