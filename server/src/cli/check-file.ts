// Checks one file after another for the command line: reads bytes, lints or fixes them, and writes back what changed.
// A file that fails never stops the others.
import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { TextDecoder } from 'node:util';
import { rewriteFile } from '../io/files/rewrite';
import type { FoundConfig } from '../io/surroundings/configuration-files';
import { newMemory, readSurroundings } from '../io/surroundings/surroundings';
import type { FileSurroundings } from '../io/surroundings/surroundings';
import { repositoryRoot } from '../io/surroundings/repository-root';
import { fixFile, lintFile } from '../service/lint-file';
import type { Failure, Fixed, Linted } from '../service/lint-file';
import { report } from '../service/report';
import type { FileReport } from '../service/report';

export interface CheckedFile {
  /** Without the model, to save memory: there may be many files. */
  readonly report: FileReport;
  /** With details for developers; the report has the short form. */
  readonly failures: readonly Failure[];
}

export interface CheckedBytes extends CheckedFile {
  /** The fixed text, or the input if it could not be fixed. */
  readonly output: string | Buffer;
}

export interface CheckOptions {
  /** Which fixes to apply; undefined: none. */
  readonly fix: 'safe' | 'suggested' | undefined;
  readonly allRules: boolean;
  /** The configuration the user named. */
  readonly named: FoundConfig | undefined;
}

/** A file that could not be read. */
export function unreadableFile(path: string, error: string): CheckedFile {
  return { report: report({ path, outcome: undefined, error }), failures: [] };
}

export class FileChecker {
  readonly #options: CheckOptions;
  readonly #memory = newMemory();

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  /** Reads, lints and, when asked, rewrites one file. Never throws. @param path as it is reported */
  checkFile(path: string): CheckedFile {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      return unreadableFile(path, messageOf(error));
    }
    return this.#check(path, bytes, false, (text) => {
      try {
        rewriteFile(path, text);
        return undefined;
      } catch (error) {
        return `could not be rewritten: ${messageOf(error)}`;
      }
    });
  }

  /** The same for bytes, which are returned instead of rewritten. @param path where they should seem to come from */
  checkBytes(path: string, bytes: Buffer): CheckedBytes {
    let output: string | Buffer = bytes;
    const checked = this.#check(path, bytes, this.#options.fix !== undefined, (text) => {
      output = text;
      return undefined;
    });
    return { ...checked, output };
  }

  /** @param keep saves the fixed text, if there is one @returns why it cannot */
  #check(
    path: string,
    bytes: Buffer,
    withText: boolean,
    keep: (text: string) => string | undefined,
  ): CheckedFile {
    const { fix } = this.#options;
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const surroundings = this.#lookAround(path, text);
    const { problems } = surroundings;
    const done = (outcome: Linted | Fixed, error?: string): CheckedFile => ({
      report: report({ path, outcome, problems, error, withText }),
      failures: outcome.failures,
    });
    if (fix === undefined) return done(lintFile(text, surroundings));
    const fixed = fixFile(text, surroundings, { safety: fix });
    if (fixed.text === text) return done(fixed);
    // Text from bytes that are not UTF-8 is shown, never written back.
    const error = Buffer.from(text, 'utf8').equals(bytes)
      ? keep(fixed.text)
      : 'is not UTF-8, so it was not rewritten';
    if (error === undefined) return done(fixed);
    // The file still has the text that was read.
    return done({ ...lintFile(text, surroundings), applied: [], failures: fixed.failures }, error);
  }

  #lookAround(path: string, text: string): FileSurroundings {
    const absolute = resolve(path);
    const here = process.cwd();
    const inside = absolute.startsWith(here.endsWith(sep) ? here : here + sep) ? here : undefined;
    const contextRoot = repositoryRoot(dirname(absolute)) ?? inside;
    const { named, allRules } = this.#options;
    return readSurroundings(absolute, text, {
      configRoot: undefined,
      contextRoot,
      named,
      allRules,
      memory: this.#memory,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
