// Checks one file after another for the command line: reads bytes, lints or fixes them, and writes back what changed.
// A file that fails never stops the others.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { createFile } from '../io/files/create-file';
import { inWords } from '../io/files/file-errors';
import { rewriteFile } from '../io/files/rewrite';
import { hadolintEnvironment } from '../core/lint/hadolint-environment';
import { isAtLeast } from '../core/lint/run';
import type { Rule } from '../core/lint/rule';
import { hadolintConfiguration } from '../protocol/names';
import { nearest } from '../io/surroundings/configuration-files';
import { newMemory, readSurroundings, rulesAround } from '../io/surroundings/surroundings';
import { userHadolint } from '../io/surroundings/user-configuration';
import type {
  FileSurroundings,
  SurroundingsMemory,
  SurroundingsOptions,
} from '../io/surroundings/surroundings';
import { repositoryRoot } from '../io/surroundings/repository-root';
import { ShellChecks } from '../io/shellcheck/shell-checks';
import { fixFile, lintFile, lintFiles } from '../service/lint-file';
import type { Fixed, Linted } from '../service/lint-file';
import { unifiedDiff } from '../service/patch';
import { newFiles, report } from '../service/report';
import type { Before } from '../service/report';
import { shellScripts } from '../service/shell-scripts';
import { contained, decode, openFile, tooLarge, unreadableFile } from './checked-file';
import type {
  CheckedBytes,
  CheckedFile,
  CheckedOnDisk,
  CheckOptions,
  OldState,
  Opened,
  OpenedFile,
  Patch,
} from './checked-file';

/** What lies around so many folders is kept. Files come folder by folder, so more would hardly be asked for again. */
const mostFolders = 2000;

/** Pipelines configure hadolint by its environment variables. */
export const hadolintVariables = hadolintEnvironment(process.env);

/** For a Dockerfile elsewhere: hadolint looks into the folder that it runs in, then for the user's own file. */
export function hadolintFile(): string | undefined {
  return nearest(process.cwd(), process.cwd(), hadolintConfiguration) ?? userHadolint();
}

/** More gains nothing, and all of it waits in memory. */
const mostAhead = 8;

export class FileChecker {
  /** How many files `prepare` should get at once. */
  readonly together: number;
  readonly #options: CheckOptions;
  readonly #shell: ShellChecks | undefined;
  #memory: SurroundingsMemory;
  readonly #roots = new Map<string, string | undefined>();
  /** What was prepared, by path, each until its file is checked. */
  readonly #ahead = new Map<string, OpenedFile>();

  /** @param memory what is known of the folders around already */
  constructor(options: CheckOptions, memory = newMemory(hadolintFile)) {
    this.#options = options;
    this.#memory = memory;
    this.#shell = options.linter && new ShellChecks(options.linter);
    // Each time costs ShellCheck's start.
    this.together = this.#shell ? Infinity : mostAhead;
  }

  /** Does what is quicker for many files at once: asks ShellCheck about their scripts, or lints them. Never throws. */
  prepare(paths: readonly string[]): void {
    this.#ahead.clear();
    const shell = this.#shell;
    if (!shell && this.#options.fix !== undefined) return;
    const files = paths.flatMap((path) => this.#openAhead(path) ?? []);
    for (const file of files) this.#ahead.set(file.path, file);
    try {
      if (!shell)
        for (const [file, linted] of lintFiles(files)) this.#ahead.set(file.path, { ...file, linted });
      // A single file asks by itself, without being read twice.
      else if (files.length > 1)
        shell.learn(files.flatMap(({ text, surroundings }) => shellScripts(text, surroundings)));
    } catch {
      // The check of the file says what is wrong.
    }
  }

  #openAhead(path: string): (OpenedFile & { readonly surroundings: FileSurroundings }) | undefined {
    try {
      const file = openFile(path);
      return file && { ...file, surroundings: this.#lookAround(path, file.text) };
    } catch {
      // The check of the file says what is wrong.
      return undefined;
    }
  }

  /**
   * Reads, lints and, when asked, rewrites one file. Never throws.
   * @param path as it is reported
   * @param old what to compare with
   */
  checkFile(path: string, old?: OldState): CheckedFile {
    if (old?.deleted) return contained(path, () => this.#deleted(path, old));
    const checked = this.#checkOnDisk(path, old);
    const { fix, diff } = this.#options;
    if (fix !== 'suggested' || diff || checked.report.error !== undefined) return checked;
    const made = createFiles(path, checked);
    if (!made) return checked;
    // The other files of the folder are seen with the new one, and so is this one: more of it may be fixed now.
    this.#memory = newMemory(hadolintFile);
    const again = this.#checkOnDisk(path, old);
    const error = made.problem ?? again.report.error;
    return {
      ...again,
      report: {
        ...again.report,
        fixed: (checked.report.fixed ?? 0) + (again.report.fixed ?? 0),
        ...(made.created.length > 0 && { created: made.created }),
        ...(error !== undefined && { error }),
      },
      failures: [...checked.failures, ...again.failures],
    };
  }

  #checkOnDisk(path: string, old: OldState | undefined): CheckedOnDisk {
    return contained(path, () => {
      let file: OpenedFile | undefined;
      try {
        file = this.#ahead.get(path) ?? openFile(path);
        this.#ahead.delete(path);
      } catch (error) {
        return unreadableFile(path, inWords(error));
      }
      if (!file) return unreadableFile(path, tooLarge);
      const { state } = file;
      const options = { withText: false, old };
      return this.#check(path, file, options, (text) => {
        if (this.#options.diff) return undefined;
        try {
          rewriteFile(path, text, state);
          return undefined;
        } catch (error) {
          return `was not rewritten: ${inWords(error)}`;
        }
      });
    });
  }

  /** The same for bytes, which are returned instead of rewritten. @param path where they should seem to come from */
  checkBytes(path: string, bytes: Buffer): CheckedBytes {
    let output: string | Buffer = bytes;
    const checked = contained(path, () =>
      this.#check(
        path,
        { bytes, text: decode(bytes) },
        { withText: this.#options.fix !== undefined, old: undefined },
        (text) => {
          output = text;
          return undefined;
        },
      ),
    );
    return { ...checked, output };
  }

  /** A file of the revision that is gone: all its findings are fixed. */
  #deleted(path: string, old: OldState): CheckedFile {
    return {
      report: report({ path, outcome: undefined, before: this.#before(path, old) }),
      text: undefined,
      failures: [],
    };
  }

  /** The old text by the configuration and the build context of now, so that only its own changes count. */
  #before(path: string, { content, ...old }: OldState): Before {
    if (content === undefined || content === 'same') return { ...old, outcome: content };
    const text = decode(content);
    return { ...old, outcome: this.#severe(lintFile(text, this.#lookAround(path, text))) };
  }

  /** Without the findings that nobody wants to see. */
  #severe<L extends Linted>(linted: L): L {
    const { severity: least } = this.#options;
    if (least === undefined) return linted;
    const findings = linted.result.findings.filter(({ severity }) => isAtLeast(severity, least));
    return { ...linted, result: { ...linted.result, findings } };
  }

  /** @param keep saves the fixed text, if there is one @returns why it cannot */
  #check(
    path: string,
    opened: Opened,
    { withText, old }: { readonly withText: boolean; readonly old: OldState | undefined },
    keep: (text: string) => string | undefined,
  ): CheckedOnDisk {
    const { fix, diff, severity: least } = this.#options;
    const { bytes, text, surroundings = this.#lookAround(path, text), linted } = opened;
    const { problems, failOn } = surroundings;
    const done = (all: Linted | Fixed, error?: string): CheckedOnDisk => {
      const outcome = this.#severe(all);
      const before = old && this.#before(path, old);
      const unread = this.#shell?.takeProblems() ?? [];
      const wanted =
        fix === 'suggested' ? outcome.result.findings.flatMap(({ fix: one }) => newFiles(one)) : [];
      return {
        report: report({ path, outcome, problems: [...problems, ...unread], error, withText, before }),
        text: outcome.text,
        failures: outcome.failures,
        failOn,
        // Looking for it reads folders.
        contextFolder: wanted.length > 0 ? surroundings.contextFolder : undefined,
        wanted,
      };
    };
    if (fix === undefined) return done(linted ?? lintFile(text, surroundings));
    const fixed = fixFile(text, surroundings, {
      safety: fix,
      ...(least && { wanted: ({ severity }) => isAtLeast(severity, least) }),
    });
    const withPatches = (checked: CheckedOnDisk): CheckedOnDisk =>
      diff ? { ...checked, patches: this.#patches(path, text, fixed.text, checked) } : checked;
    if (fixed.text === text) return withPatches(done(fixed));
    // Text from bytes that are not UTF-8 is shown, never written back.
    const error = Buffer.from(text, 'utf8').equals(bytes)
      ? keep(fixed.text)
      : 'is not UTF-8, so it was not rewritten';
    if (error === undefined) return withPatches(done(fixed));
    // The file still has the text that was read.
    return done({ ...lintFile(text, surroundings), applied: [], failures: fixed.failures }, error);
  }

  /** What the fixes change: the file, and files that they would create. */
  #patches(
    path: string,
    before: string,
    after: string,
    { wanted = [], contextFolder }: CheckedOnDisk,
  ): readonly Patch[] {
    const patch = (absolute: string, old: string | undefined, text: string): Patch => {
      const name = relative(process.cwd(), absolute).replaceAll(sep, '/');
      return { path: name, text: unifiedDiff(name, old, text) };
    };
    const created =
      this.#options.fix === 'suggested' && contextFolder !== undefined
        ? wanted
            .map((file) => ({ ...file, absolute: join(contextFolder, file.path) }))
            .filter(({ absolute }) => !existsSync(absolute))
            .map(({ absolute, text }) => patch(absolute, undefined, text))
        : [];
    return [patch(resolve(path), before, after), ...created].filter(({ text }) => text !== '');
  }

  /** The rules that the configuration of a file knows. @param path as it is reported */
  rulesFor(path: string): readonly Rule[] {
    return rulesAround(resolve(path), this.#surroundingsOptions(undefined));
  }

  #lookAround(path: string, text: string): FileSurroundings {
    const absolute = resolve(path);
    if (this.#roots.size > mostFolders) {
      this.#memory = newMemory(hadolintFile);
      this.#roots.clear();
    }
    const here = process.cwd();
    const inside = absolute.startsWith(here.endsWith(sep) ? here : here + sep) ? here : undefined;
    const contextRoot = repositoryRoot(dirname(absolute), this.#roots) ?? inside;
    return readSurroundings(absolute, text, this.#surroundingsOptions(contextRoot));
  }

  #surroundingsOptions(contextRoot: string | undefined): SurroundingsOptions {
    const { named, allRules, profile, choice, packages } = this.#options;
    return {
      configRoot: undefined,
      contextRoot,
      named,
      environment: hadolintVariables,
      allRules,
      profile,
      choice,
      memory: this.#memory,
      packages,
      shellCheck: this.#shell?.ask,
    };
  }
}

/** Creates the files that the fixes of a file on disk add. @returns undefined if there are none */
function createFiles(
  path: string,
  { contextFolder, wanted = [] }: CheckedOnDisk,
): { readonly created: readonly string[]; readonly problem: string | undefined } | undefined {
  if (contextFolder === undefined || wanted.length === 0) return undefined;
  const created: string[] = [];
  let problem: string | undefined;
  for (const file of wanted) {
    try {
      const done = createFile(contextFolder, file.path, file.text);
      if (done !== undefined) created.push(isAbsolute(path) ? done : relative(process.cwd(), done));
    } catch (error) {
      problem = `${file.path} could not be created: ${inWords(error)}`;
    }
  }
  return created.length === 0 && problem === undefined ? undefined : { created, problem };
}
