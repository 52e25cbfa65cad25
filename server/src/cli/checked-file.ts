// A Dockerfile on its way through a check: how it is read, what is known of it before, and what is said of it in the end.
import { TextDecoder } from 'node:util';
import type { Config, FailOn } from '../core/lint/config';
import type { FileChange, Severity } from '../core/lint/finding';
import type { RuleChoice } from '../core/lint/select';
import type { PackageIndexes } from '../core/package-index/package-index';
import { readRegular } from '../io/files/read-text';
import type { ReadFile } from '../io/files/read-text';
import type { FoundConfig } from '../io/surroundings/configuration-files';
import type { FileSurroundings } from '../io/surroundings/surroundings';
import type { Failure, Linted } from '../service/lint-file';
import { report } from '../service/report';
import type { Before, FileReport } from '../service/report';
import type { FoundTool } from '../workflow/tool';

/** In bytes. The editor offers nothing in larger files either, and a file that never ends must not fill the memory. */
export const maximumDockerfile = 2_000_000;
export const tooLarge = 'is larger than 2 MB, so it was not checked';

export interface CheckedFile {
  /** Without the model, to save memory: there may be many files. */
  readonly report: FileReport;
  /** The text that the findings are about; undefined if the file could not be read. */
  readonly text: string | undefined;
  /** With details for developers; the report has the short form. */
  readonly failures: readonly Pick<Failure, 'detail'>[];
  /** Undefined if the configuration of the file does not say it. */
  readonly failOn?: FailOn | undefined;
  /** What fixes would change, in a run that changes nothing. */
  readonly patches?: readonly Patch[] | undefined;
}

/** The change of one file as a unified diff. */
export interface Patch {
  /** Of the changed file, relative to the current folder. */
  readonly path: string;
  readonly text: string;
}

/** What a file was at a revision of git. */
export interface OldState extends Omit<Before, 'outcome'> {
  /** `same`: as it is now. Undefined: it was not there. */
  readonly content: Buffer | 'same' | undefined;
}

/** A file on disk, with what its fixes would add beside it. */
export interface CheckedOnDisk extends CheckedFile {
  /** Files to create, relative to the build context. */
  readonly wanted?: readonly FileChange[];
  /** Absolute; undefined if not known. */
  readonly contextFolder?: string | undefined;
}

export interface CheckedBytes extends CheckedFile {
  /** The fixed text, or the input if it could not be fixed. */
  readonly output: string | Buffer;
}

export interface CheckOptions {
  /** Which fixes to apply; undefined: none. */
  readonly fix: 'safe' | 'suggested' | undefined;
  /** Whether fixes only show what they would change. */
  readonly diff: boolean;
  /** Findings below it are left out, and not fixed. */
  readonly severity: Severity | undefined;
  /** Which rules run, besides what the configuration says. */
  readonly choice: RuleChoice | undefined;
  readonly allRules: boolean;
  /** Takes the place of the one in the configuration. */
  readonly profile: Config['profile'] | undefined;
  /** The configuration the user named. */
  readonly named: FoundConfig | undefined;
  /** The package indexes that were read. */
  readonly packages?: PackageIndexes | undefined;
  /** ShellCheck, if it is to check scripts. */
  readonly linter: FoundTool | undefined;
}

/** A file that could not be read. */
export function unreadableFile(path: string, error: string): CheckedFile {
  return { report: report({ path, outcome: undefined, error }), text: undefined, failures: [] };
}

/** The text of a file, with what was found out about it before it is checked. */
export interface Opened {
  readonly bytes: Buffer;
  readonly text: string;
  readonly surroundings?: FileSurroundings;
  readonly linted?: Linted;
}

/** A file on disk. */
export interface OpenedFile extends Opened, Pick<ReadFile, 'state'> {
  readonly path: string;
}

/** @returns undefined if the file is too large @throws if it cannot be read */
export function openFile(path: string): OpenedFile | undefined {
  const read = readRegular(path, maximumDockerfile);
  return read && { ...read, path, text: decode(read.bytes) };
}

export function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** A bug of ours costs the one file in which it shows. */
export function contained<C extends CheckedFile>(path: string, check: () => C): C | CheckedFile {
  try {
    return check();
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      ...unreadableFile(path, 'Drydock failed on this file, so it was not checked'),
      failures: [{ detail }],
    };
  }
}
