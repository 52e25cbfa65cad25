#!/usr/bin/env node
// The command line `drydock`: arguments in, findings out, and an exit status for CI.
import { readFileSync, writeSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { readArguments, usage } from './cli/arguments';
import type { CheckArguments } from './cli/arguments';
import { Checker } from './cli/check';
import type { CheckedFile } from './cli/check';
import { findFiles } from './cli/find-files';
import { formatJson } from './cli/format/json';
import { formatText } from './cli/format/text';
import { isAtLeast } from './core/lint/run';
import { version } from './version';

/** Writes all of it before the process may end, also into a pipe that is read slowly. */
function print(descriptor: 1 | 2, text: string | Buffer): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') {
        // Nobody reads any more, or nothing more can be written: what was said is not all.
        if (code !== 'EPIPE' && descriptor === 1) print(2, `drydock: cannot write: ${message}\n`);
        process.exit(2);
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Signals that end a run. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Checks one file after another. While files are rewritten, a signal ends it between two of them. */
async function checkFiles(checker: Checker, given: CheckArguments): Promise<CheckedFile[]> {
  let ending: (typeof endings)[number] | undefined;
  const listen = (signal: (typeof endings)[number]): void => {
    ending = signal;
  };
  if (given.fix !== undefined) for (const signal of endings) process.on(signal, listen);
  const files: CheckedFile[] = [];
  for (const { path, error } of findFiles(given.paths.length > 0 ? given.paths : ['.'])) {
    if (error !== undefined) files.push({ path, text: undefined, findings: [], fixed: undefined, error });
    else files.push(checker.checkFile(path));
    if (given.fix !== undefined) await setImmediate();
    if (ending) break;
  }
  for (const signal of endings) process.off(signal, listen);
  if (ending) {
    // As if nobody had listened.
    process.kill(process.pid, ending);
    await setTimeout(1000);
  }
  return files;
}

async function check(given: CheckArguments): Promise<number> {
  const checker = new Checker(given);
  if (given.config !== undefined && checker.problems.some(({ unreadable }) => unreadable)) {
    for (const { path, message } of checker.problems) print(2, `drydock: ${path}: ${message}\n`);
    return 2;
  }
  let files: readonly CheckedFile[];
  let input: Buffer | undefined;
  if (given.stdin === undefined) files = await checkFiles(checker, given);
  else {
    try {
      input = readFileSync(0);
    } catch (error) {
      print(2, `drydock: cannot read standard input: ${(error as Error).message}\n`);
      return 2;
    }
    files = [checker.checkBytes(given.stdin, input)];
  }
  const fixingStdin = given.stdin !== undefined && given.fix !== undefined;
  if (given.format === 'json') print(1, formatJson(files, fixingStdin));
  else {
    // What could not be fixed goes out byte by byte.
    if (fixingStdin) print(1, (files[0]?.error === undefined ? files[0]?.text : input) ?? '');
    print(fixingStdin ? 2 : 1, formatText(files, given.hints));
  }
  for (const { path, message } of checker.problems) print(2, `drydock: ${path}: ${message}\n`);
  for (const { path, error } of files) if (error !== undefined) print(2, `drydock: ${path}: ${error}\n`);
  for (const failure of checker.failures) print(2, `drydock: a bug of Drydock: ${failure}\n`);
  if (files.some(({ error }) => error !== undefined) || checker.failures.size > 0) return 2;
  return files.some(({ findings }) => findings.some(({ severity }) => isAtLeast(severity, given.failOn)))
    ? 1
    : 0;
}

async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  switch (given.command) {
    case 'check':
      return await check(given);
    case 'help':
      print(1, usage);
      return 0;
    case 'version':
      print(1, `drydock ${version}\n`);
      return 0;
    case 'wrong':
      print(2, `drydock: ${given.message}\n\n${usage}`);
      return 2;
  }
}

void main().then((status) => {
  process.exitCode = status;
});
