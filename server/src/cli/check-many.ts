// Checks files in order: a few in this thread, many on all cores.
import { availableParallelism } from 'node:os';
import type { FoundFile } from '../io/files/find-dockerfiles';
import { onThreads, serveBatches } from '../io/processes/threads';
import { readConfigFile } from '../io/surroundings/configuration-files';
import { rules } from '../linter';
import { FileChecker, hadolintVariables, unreadableFile } from './check-file';
import type { CheckedFile, CheckOptions } from './check-file';

/** Plain data, so that threads get it too. */
export interface CheckSettings extends Omit<CheckOptions, 'named'> {
  /** Path of the configuration the user named. */
  readonly config: string | undefined;
}

/** Each thread has to compile the linter anew, which takes as long as some hundred files. */
const filesWorthThread = 200;
/** More hardly helps, as one thread prints. */
const mostThreads = 8;
/** Files that lie beside each other share what is read around them. */
const batchSize = 32;

function newChecker({ config, ...settings }: CheckSettings): FileChecker {
  const named =
    config === undefined ? undefined : readConfigFile(config, rules, undefined, hadolintVariables);
  return new FileChecker({ ...settings, named });
}

/** @returns the files in their order. @param checker of the same settings */
export async function* checkMany(
  files: readonly FoundFile[],
  settings: CheckSettings,
  checker: FileChecker,
): AsyncGenerator<CheckedFile, undefined> {
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(files.length / filesWorthThread));
  const program = process.argv[1];
  // A run that rewrites files ends between two of them.
  if (threads < 2 || program === undefined || settings.fix !== undefined) {
    for (const file of files) yield check(checker, file);
    return;
  }
  const batches: FoundFile[][] = [];
  for (let at = 0; at < files.length; at += batchSize) batches.push(files.slice(at, at + batchSize));
  let at = 0;
  for await (const answer of onThreads<readonly FoundFile[], readonly CheckedFile[]>(
    program,
    batches,
    threads,
    settings,
  )) {
    // Without an answer its thread has failed. Here at most one file after another may.
    yield* answer ?? (batches[at] ?? []).map((file) => check(checker, file));
    at += 1;
  }
}

/** The part of a thread. */
export function serveChecks(): void {
  serveBatches((settings: CheckSettings) => {
    const checker = newChecker(settings);
    return (files: readonly FoundFile[]): readonly CheckedFile[] =>
      files.map((file) => cloneable(check(checker, file)));
  });
}

/** What the main thread reads of a file, all of it plain data. */
function cloneable({ report, text, failures, failOn }: CheckedFile): CheckedFile {
  return { report, text, failures: failures.map(({ detail }) => ({ detail })), failOn };
}

function check(checker: FileChecker, { path, error }: FoundFile): CheckedFile {
  return error === undefined ? checker.checkFile(path) : unreadableFile(path, error);
}
