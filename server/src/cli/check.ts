// Lints, and fixes when asked, one file after another in one process. One file's trouble never stops the rest.
import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { TextDecoder } from 'node:util';
import type { Config } from '../core/lint/config';
import type { Facts } from '../core/lint/facts';
import type { LintResult, Reported } from '../core/lint/run';
import { factsAbout } from '../io/surroundings/build-context';
import type { Listings } from '../io/surroundings/build-context';
import { findConfig, readConfigFile } from '../io/surroundings/configuration-files';
import type { FileProblem, FoundConfig, KnownFiles } from '../io/surroundings/configuration-files';
import { rewriteFile } from '../io/files/rewrite';
import { fixAll, lint, rules } from '../linter';
import type { CheckArguments } from './arguments';

export interface CheckedFile {
  readonly path: string;
  /** Undefined when the file could not be read. */
  readonly text: string | undefined;
  /** What is left to say, after fixing when that was asked for. The model behind it is not kept: files are many. */
  readonly findings: readonly Reported[];
  /** Number of fixes applied; undefined when none were asked for. */
  readonly fixed: number | undefined;
  /** Why the file could not be read or rewritten. */
  readonly error: string | undefined;
}

export interface CheckedBytes extends CheckedFile {
  /** The text as it was read. */
  readonly before: string;
}

export class Checker {
  readonly #arguments: CheckArguments;
  readonly #named: FoundConfig | undefined;
  readonly #byFolder = new Map<string, FoundConfig>();
  readonly #listings: Listings = new Map();
  readonly #known: KnownFiles = { hadolint: new Map(), own: new Map() };
  /** Rules that threw, and fixes that had to be dropped: bugs of ours, named once each. */
  readonly failures = new Set<string>();
  readonly problems: FileProblem[] = [];

  constructor(given: CheckArguments) {
    this.#arguments = given;
    if (given.config !== undefined) {
      this.#named = readConfigFile(given.config, rules);
      this.problems.push(...this.#named.problems);
    }
  }

  /** Reads, lints and, when asked, rewrites one file. Never throws. */
  checkFile(path: string): CheckedFile {
    let checked: CheckedBytes;
    try {
      checked = this.checkBytes(path, readFileSync(path));
    } catch (error) {
      return { path, text: undefined, findings: [], fixed: undefined, error: message(error) };
    }
    if (checked.text === checked.before || checked.text === undefined) return checked;
    try {
      rewriteFile(path, checked.text);
      return checked;
    } catch (error) {
      return {
        ...this.#lint(path, checked.before),
        fixed: 0,
        error: `could not be rewritten: ${message(error)}`,
      };
    }
  }

  /** The same on what stands in a file; with --fix, `text` of the result is the fixed one. */
  checkBytes(path: string, bytes: Buffer): CheckedBytes {
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const checked = this.#check(path, before);
    // Bytes that are no UTF-8 are shown, never written back.
    if (checked.text === before || Buffer.from(before, 'utf8').equals(bytes)) return { ...checked, before };
    return { ...this.#lint(path, before), before, fixed: 0, error: 'is not UTF-8, so it was not rewritten' };
  }

  #check(path: string, text: string): CheckedFile {
    const { fix } = this.#arguments;
    if (fix === undefined) return this.#lint(path, text);
    const fixed = fixAll(text, this.#config(path), this.#facts(path, text), { safety: fix });
    for (const rule of fixed.rejected) this.failures.add(`a fix of ${rule} broke ${path} or never settled`);
    this.#note(path, fixed.result);
    return {
      path,
      text: fixed.text,
      findings: fixed.result.findings,
      fixed: fixed.applied.length,
      error: undefined,
    };
  }

  #lint(path: string, text: string): CheckedFile {
    const result = lint(text, this.#config(path), this.#facts(path, text));
    this.#note(path, result);
    return { path, text, findings: result.findings, fixed: undefined, error: undefined };
  }

  #note(path: string, result: LintResult): void {
    for (const { ruleId, error } of result.failures) {
      this.failures.add(
        `the rule ${ruleId} failed on ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }

  #config(path: string): Config {
    const folder = dirname(resolve(path));
    let found = this.#named ?? this.#byFolder.get(folder);
    if (!found) {
      found = findConfig(folder, undefined, rules, undefined, this.#known);
      this.#byFolder.set(folder, found);
      for (const problem of found.problems) {
        if (!this.problems.some((known) => known.path === problem.path && known.message === problem.message))
          this.problems.push(problem);
      }
    }
    return this.#arguments.allRules ? { ...found.config, allRules: true } : found.config;
  }

  #facts(path: string, text: string): Facts {
    const absolute = resolve(path);
    const here = process.cwd();
    const root = absolute.startsWith(here.endsWith(sep) ? here : here + sep) ? here : undefined;
    return factsAbout(absolute, text, root, this.#listings);
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
