// `drydock check`: lints the files it finds, fixes them when asked, and says what is left.
import { readFileSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Severity } from '../../core/lint/finding';
import { isAtLeast } from '../../core/lint/run';
import { readConfigFile } from '../../io/surroundings/configuration-files';
import { rules } from '../../linter';
import type { FileReport } from '../../service/report';
import type { ConfigurationProblem } from '../../service/surroundings';
import { FileChecker, unreadableFile } from '../check-file';
import type { CheckedFile } from '../check-file';
import type { Command, Ending } from '../command';
import { findDockerfiles } from '../../io/files/find-dockerfiles';
import { formats } from '../format/formats';
import { describeOptions, readOptions } from '../options';
import { describeStatuses } from '../outcome';
import type { Outcome } from '../outcome';
import type { Terminal } from '../terminal';

const formatNames = Object.keys(formats) as (keyof typeof formats)[];
const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

const options = {
  fix: {
    type: 'string',
    form: '--fix[=suggested]',
    does: 'apply fixes and rewrite the files: safe ones, or suggested ones too',
    values: ['safe', 'suggested'],
    bare: 'safe',
  },
  format: {
    type: 'string',
    form: `--format ${formatNames.join('|')}`,
    does: 'what to print (default: text)',
    values: formatNames,
    default: 'text',
  },
  config: {
    type: 'string',
    form: '--config FILE',
    does: 'use this configuration file instead of searching for one',
  },
  'all-rules': {
    type: 'boolean',
    form: '--all-rules',
    does: 'run every rule, also those that are off by default',
  },
  'fail-on': {
    type: 'string',
    form: '--fail-on SEVERITY',
    does: 'exit with 1 on findings of this severity or worse:\nerror, warning, info (default) or hint',
    values: severities,
    default: 'info',
  },
  hints: { type: 'boolean', form: '--hints', does: 'show hints in the text format' },
  stdin: {
    type: 'boolean',
    form: '--stdin',
    does: 'lint standard input; with --fix the fixed text goes to standard output',
  },
  'stdin-filename': {
    type: 'string',
    form: '--stdin-filename NAME',
    does: 'path to assume for standard input',
  },
} as const;

const usage = `Usage: drydock check [paths...] [options]

Lints Dockerfiles and Containerfiles. Searches folders for Dockerfile, Containerfile and their
variants (Dockerfile.*, *.Dockerfile). Without a path, searches the current folder.

Options
${describeOptions(options)}
${describeStatuses()}`;

export interface CheckArguments {
  readonly paths: readonly string[];
  readonly fix: 'safe' | 'suggested' | undefined;
  readonly format: keyof typeof formats;
  readonly config: string | undefined;
  readonly allRules: boolean;
  readonly failOn: Severity;
  readonly hints: boolean;
  /** Path to assume for standard input; undefined: check files. */
  readonly stdin: string | undefined;
}

/** @returns `wrong`: why the arguments cannot be understood */
export function readCheckArguments(argv: readonly string[]): CheckArguments | { readonly wrong: string } {
  const given = readOptions(argv, options);
  if ('wrong' in given) return given;
  const { values, words: paths } = given;
  const { stdin, 'stdin-filename': name, 'fail-on': failOn } = values;
  if (stdin && paths.length > 0) return { wrong: 'give either --stdin or paths, not both' };
  if (!stdin && name !== undefined) return { wrong: '--stdin-filename needs --stdin' };
  return {
    paths,
    fix: values.fix,
    format: values.format,
    config: values.config,
    allRules: values['all-rules'],
    failOn,
    hints: values.hints || failOn === 'hint',
    stdin: stdin ? (name ?? 'Dockerfile') : undefined,
  };
}

export const check: Command = {
  name: 'check',
  summary: 'lint Dockerfiles and Containerfiles, and fix them when asked',
  usage,
  options,
  async run(words, terminal): Promise<Ending> {
    const given = readCheckArguments(words);
    return 'wrong' in given ? given : await checkAll(given, terminal);
  },
};

async function checkAll(given: CheckArguments, terminal: Terminal): Promise<Outcome> {
  const named = given.config === undefined ? undefined : readConfigFile(given.config, rules);
  if (named?.problems.some(({ unreadable }) => unreadable)) {
    tellProblems(named.problems, terminal);
    return 'unreadable';
  }
  const checker = new FileChecker({ fix: given.fix, allRules: given.allRules, named });
  let files: readonly CheckedFile[];
  if (given.stdin === undefined) {
    files = await checkFiles(checker, given);
    terminal.print(formats[given.format](reportsOf(files), given));
  } else {
    const input = readInput();
    if ('problem' in input) {
      terminal.complain(`cannot read standard input: ${input.problem}`);
      return 'unreadable';
    }
    const file = checker.checkBytes(given.stdin, input.bytes);
    files = [file];
    const text = formats[given.format]([file.report], given);
    // The fixed text goes to standard output. JSON has it in a field.
    if (given.fix !== undefined && given.format === 'text') {
      terminal.print(file.output);
      terminal.note(text);
    } else terminal.print(text);
  }
  tellProblems(
    [...(named?.problems ?? []), ...reportsOf(files).flatMap(({ problems = [] }) => problems)],
    terminal,
  );
  tellTroubles(files, terminal);
  return outcomeOf(files, given.failOn);
}

function reportsOf(files: readonly CheckedFile[]): FileReport[] {
  return files.map(({ report }) => report);
}

function readInput(): { readonly bytes: Buffer } | { readonly problem: string } {
  try {
    return { bytes: readFileSync(0) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Each problem once, even if it applies to many files. */
function tellProblems(problems: readonly ConfigurationProblem[], terminal: Terminal): void {
  for (const line of new Set(problems.map(({ path, message }) => `${path}: ${message}`)))
    terminal.complain(line);
}

function tellTroubles(files: readonly CheckedFile[], terminal: Terminal): void {
  for (const { path, error } of reportsOf(files))
    if (error !== undefined) terminal.complain(`${path}: ${error}`);
  const bugs = files.flatMap(({ report, failures }) =>
    failures.map(({ detail }) => `${report.path}: ${detail}`),
  );
  for (const bug of new Set(bugs)) terminal.complain(`bug in Drydock: ${bug}`);
}

/** A file that was not checked counts more than findings. */
function outcomeOf(files: readonly CheckedFile[], failOn: Severity): Outcome {
  if (files.some(({ report }) => report.error !== undefined)) return 'unreadable';
  if (files.some(({ failures }) => failures.length > 0)) return 'broken';
  const counts = files.some(({ report }) =>
    report.findings.some(({ severity }) => isAtLeast(severity, failOn)),
  );
  return counts ? 'findings' : 'clean';
}

/** Signals that end a run. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Checks one file after another. A run that rewrites files ends between two of them on a signal. */
async function checkFiles(checker: FileChecker, given: CheckArguments): Promise<CheckedFile[]> {
  let ending: (typeof endings)[number] | undefined;
  const listen = (signal: (typeof endings)[number]): void => {
    ending = signal;
  };
  if (given.fix !== undefined) for (const signal of endings) process.on(signal, listen);
  const files: CheckedFile[] = [];
  for (const { path, error } of findDockerfiles(given.paths.length > 0 ? given.paths : ['.'])) {
    files.push(error === undefined ? checker.checkFile(path) : unreadableFile(path, error));
    if (given.fix !== undefined) await setImmediate();
    if (ending) break;
  }
  for (const signal of endings) process.off(signal, listen);
  if (ending) {
    // Let the signal end the process, now that no file is half written.
    process.kill(process.pid, ending);
    await setTimeout(1000);
  }
  return files;
}
