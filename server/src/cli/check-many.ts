// Checks files in order: a few in this thread, many on all cores.
import { availableParallelism } from 'node:os';
import { onThreads, serveBatches } from '../io/processes/threads';
import type { OldContents } from '../io/git/revision';
import { readConfigFile } from '../io/surroundings/configuration-files';
import { indexesFrom } from '../core/package-index/package-index';
import type { IndexData } from '../core/package-index/package-index';
import { namedRules } from '../linter';
import { FileChecker, hadolintVariables } from './check-file';
import { unreadableFile } from './checked-file';
import type { CheckedFile, CheckOptions } from './checked-file';
import { oldState, readOldTexts } from './since';
import type { ComparedFile } from './since';

/** Plain data, so that threads get it too. */
export interface CheckSettings extends Omit<CheckOptions, 'named' | 'packages'> {
  /** What was read of package indexes. */
  readonly packages: readonly IndexData[];
  /** Path of the configuration the user named. */
  readonly config: string | undefined;
}

/** Each thread has to compile the linter anew, which takes as long as some hundred files. */
const filesWorthThread = 200;
/** More hardly helps, as one thread prints. */
const mostThreads = 8;
const noTexts: OldContents = new Map();
/** Files that lie beside each other share what is read around them. */
const batchSize = 32;

function newChecker({ config, packages, ...settings }: CheckSettings): FileChecker {
  const named =
    config === undefined ? undefined : readConfigFile(config, namedRules, undefined, hadolintVariables);
  return new FileChecker({ ...settings, named, packages: indexesFrom(packages) });
}

/**
 * @param checker of the same settings
 * @param jobs how many threads the user wants; undefined: as many as are of use
 * @returns the files in their order
 */
export async function* checkMany(
  files: readonly ComparedFile[],
  settings: CheckSettings,
  checker: FileChecker,
  jobs?: number,
): AsyncGenerator<CheckedFile, undefined> {
  const useful = Math.min(availableParallelism(), mostThreads, Math.floor(files.length / filesWorthThread));
  const threads = jobs ?? useful;
  const program = process.argv[1];
  const batches = inGroups(files, batchSize);
  // A run that rewrites files ends between two of them.
  if (threads < 2 || program === undefined || (settings.fix !== undefined && !settings.diff)) {
    for (const batch of batches) yield* checkBatch(checker, batch);
    return;
  }
  let at = 0;
  for await (const answer of onThreads<readonly ComparedFile[], readonly CheckedFile[]>(
    program,
    batches,
    Math.min(threads, batches.length),
    settings,
  )) {
    // Without an answer its thread has failed. Here at most one file after another may.
    yield* answer ?? checkBatch(checker, batches[at] ?? []);
    at += 1;
  }
}

/** The part of a thread. */
export function serveChecks(): void {
  serveBatches((settings: CheckSettings) => {
    const checker = newChecker(settings);
    return (files: readonly ComparedFile[]): readonly CheckedFile[] =>
      [...checkBatch(checker, files)].map(cloneable);
  });
}

/** What the main thread reads of a file, all of it plain data. */
function cloneable({ report, text, failures, failOn, patches }: CheckedFile): CheckedFile {
  return { report, text, failures: failures.map(({ detail }) => ({ detail })), failOn, patches };
}

/** Asks git once for the old texts of all files. */
function* checkBatch(
  checker: FileChecker,
  files: readonly ComparedFile[],
): Generator<CheckedFile, undefined> {
  const texts = files.some(({ since }) => since) ? readOldTexts(files) : noTexts;
  for (const group of inGroups(files, checker.together)) {
    const toRead = group.filter(({ error, since }) => error === undefined && !since?.deleted);
    checker.prepare(toRead.map(({ path }) => path));
    for (const { path, error, since } of group) {
      if (error !== undefined) yield unreadableFile(path, error);
      else if (!since) yield checker.checkFile(path);
      else if ('problem' in texts) yield unreadableFile(path, texts.problem);
      else yield checker.checkFile(path, oldState(since, texts));
    }
  }
}

/** @param size of each group but the last */
function inGroups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (let at = 0; at < all.length; at += size) groups.push(all.slice(at, at + size));
  return groups;
}
