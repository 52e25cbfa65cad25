#!/usr/bin/env node
// The command line `drydock`: arguments in, findings out, and an exit status for CI.
import { readFileSync, writeSync } from 'node:fs';
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
function print(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(2);
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function check(given: CheckArguments): number {
  const checker = new Checker(given);
  if (
    given.config !== undefined &&
    checker.problems.some(({ message }) => /^(?:cannot be read|is not valid|is too large)/.test(message))
  ) {
    for (const { path, message } of checker.problems) print(2, `drydock: ${path} ${message}\n`);
    return 2;
  }
  let files: CheckedFile[];
  if (given.stdin !== undefined) files = [checker.checkText(given.stdin, readFileSync(0, 'utf8'))];
  else {
    files = findFiles(given.paths.length > 0 ? given.paths : ['.']).map((file) =>
      file.error === undefined
        ? checker.checkFile(file.path)
        : { path: file.path, text: undefined, findings: [], fixed: undefined, error: file.error },
    );
  }
  const fixingStdin = given.stdin !== undefined && given.fix !== undefined;
  if (given.format === 'json') print(1, formatJson(files, fixingStdin));
  else {
    if (fixingStdin) print(1, files[0]?.text ?? '');
    print(fixingStdin ? 2 : 1, formatText(files, given.hints));
  }
  for (const { path, message } of checker.problems) print(2, `drydock: ${path} ${message}\n`);
  for (const { path, error } of files) if (error !== undefined) print(2, `drydock: ${path}: ${error}\n`);
  for (const failure of checker.failures) print(2, `drydock: a bug of Drydock: ${failure}\n`);
  if (files.some(({ error }) => error !== undefined) || checker.failures.size > 0) return 2;
  return files.some(({ findings }) => findings.some(({ severity }) => isAtLeast(severity, given.failOn)))
    ? 1
    : 0;
}

function main(): number {
  const given = readArguments(process.argv.slice(2));
  switch (given.command) {
    case 'check':
      return check(given);
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

process.exitCode = main();
