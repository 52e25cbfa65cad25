// `drydock check`: lints the files it finds, fixes them when asked, and says what is left.
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Config } from '../../core/lint/config';
import type { Severity } from '../../core/lint/finding';
import { profiles } from '../../core/lint/profiles';
import { isAtLeast } from '../../core/lint/run';
import { inWords } from '../../io/files/file-errors';
import { findDockerfiles } from '../../io/files/find-dockerfiles';
import { readAtMost } from '../../io/files/read-text';
import { readConfigFile } from '../../io/surroundings/configuration-files';
import { rules } from '../../linter';
import type { ConfigurationProblem } from '../../service/surroundings';
import { FileChecker, hadolintVariables, maximumDockerfile, tooLarge } from '../check-file';
import type { CheckedFile } from '../check-file';
import { checkMany } from '../check-many';
import type { Command, Ending } from '../command';
import type { Writer } from '../format/format';
import { formats } from '../format/formats';
import { colorChoices, richOptions, surfaceOf } from '../format/rich';
import type { ColorChoice } from '../format/rich';
import { listed } from '../help-text';
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
  profile: {
    type: 'string',
    form: '--profile NAME',
    does: `which rules run, instead of what the configuration says:\n${listed(profiles)}`,
    values: profiles,
  },
  'all-rules': {
    type: 'boolean',
    form: '--all-rules',
    does: 'run every rule, also those that are off by default',
  },
  'fail-on': {
    type: 'string',
    form: '--fail-on SEVERITY',
    does: 'exit with 1 on findings of this severity or worse:\nerror, warning, info or hint (default: what .hadolint.yaml says,\nelse info)',
    values: severities,
  },
  hints: { type: 'boolean', form: '--hints', does: 'show hints in the text format' },
  color: {
    type: 'string',
    form: `--color[=${colorChoices.join('|')}]`,
    does: 'show colours and the source (default: on a terminal; NO_COLOR and\nFORCE_COLOR are heeded)',
    values: colorChoices,
    bare: 'always',
    default: 'auto',
  },
  'allow-none': {
    type: 'boolean',
    form: '--allow-none',
    does: 'exit with 0 if there is no Dockerfile',
  },
  stdin: {
    type: 'boolean',
    form: '--stdin',
    does: 'lint standard input, as does the path -; with --fix the fixed text\ngoes to standard output',
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
  readonly profile: Config['profile'] | undefined;
  /** Undefined: the configuration of each file decides. */
  readonly failOn: Severity | undefined;
  readonly hints: boolean;
  readonly color: ColorChoice;
  /** Whether a run without any file is fine. */
  readonly allowNone: boolean;
  /** Path to assume for standard input; undefined: check files. */
  readonly stdin: string | undefined;
}

/** @returns `wrong`: why the arguments cannot be understood */
export function readCheckArguments(argv: readonly string[]): CheckArguments | { readonly wrong: string } {
  const given = readOptions(argv, options);
  if ('wrong' in given) return given;
  const { values } = given;
  const { 'stdin-filename': name, 'fail-on': failOn } = values;
  const paths = given.words.filter((word) => word !== '-');
  const stdin = values.stdin || paths.length < given.words.length;
  if (stdin && paths.length > 0) return { wrong: 'give either standard input or paths, not both' };
  if (!stdin && name !== undefined) return { wrong: '--stdin-filename needs --stdin' };
  return {
    paths,
    fix: values.fix,
    format: values.format,
    config: values.config,
    allRules: values['all-rules'],
    profile: values.profile,
    failOn,
    hints: values.hints || failOn === 'hint',
    color: values.color,
    allowNone: values['allow-none'],
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
  const named =
    given.config === undefined
      ? undefined
      : readConfigFile(given.config, rules, undefined, hadolintVariables);
  if (named?.problems.some(({ unreadable }) => unreadable)) {
    for (const { path, message } of named.problems) terminal.complain(`${path}: ${message}`);
    return 'unreadable';
  }
  const told = new Troubles(given.failOn, terminal);
  told.problems(named?.problems ?? []);
  const checker = new FileChecker({ ...given, named });
  if (given.stdin === undefined) await checkFiles(checker, given, terminal, told);
  else checkInput(checker, given.stdin, given, terminal, told);
  return told.outcome(given);
}

/** Of what goes to standard output or standard error. */
function writerFor(given: CheckArguments, descriptor: 1 | 2): Writer {
  return formats[given.format]({ ...given, rich: richOptions(given.color, surfaceOf(descriptor)) });
}

function checkInput(
  checker: FileChecker,
  path: string,
  given: CheckArguments,
  terminal: Terminal,
  told: Troubles,
): void {
  const input = readInput();
  if ('problem' in input) {
    told.unreadable(`standard input ${input.problem}`);
    return;
  }
  const file = checker.checkBytes(path, input.bytes);
  // The fixed text goes to standard output. JSON has it in a field.
  const textOnly = given.fix !== undefined && given.format === 'text';
  const writer = writerFor(given, textOnly ? 2 : 1);
  const said = Buffer.from(writer.file(file.report, file.text) + writer.end());
  if (textOnly) {
    terminal.print(Buffer.from(file.output));
    terminal.note(said);
  } else terminal.print(said);
  told.file(file);
}

function readInput(): { readonly bytes: Buffer } | { readonly problem: string } {
  try {
    const bytes = readAtMost(0, maximumDockerfile);
    return bytes ? { bytes } : { problem: tooLarge };
  } catch (error) {
    return { problem: `cannot be read: ${inWords(error)}` };
  }
}

/** Says on standard error what went wrong, and keeps how the run ends. Keeps no file. */
class Troubles {
  readonly #failOn: Severity | undefined;
  readonly #terminal: Terminal;
  readonly #said = new Set<string>();
  /** From bad to worse. */
  readonly #outcomes = new Set<Outcome>();
  #files = 0;

  constructor(failOn: Severity | undefined, terminal: Terminal) {
    this.#failOn = failOn;
    this.#terminal = terminal;
  }

  /** Each problem once, even if it applies to many files. */
  problems(problems: readonly ConfigurationProblem[]): void {
    for (const { path, message } of problems) this.#sayOnce(`${path}: ${message}`);
  }

  file({ report, failures, failOn: configured }: CheckedFile): void {
    this.#files += 1;
    this.problems(report.problems ?? []);
    if (report.error !== undefined) this.unreadable(`${report.path}: ${report.error}`);
    for (const { detail } of failures) this.#sayOnce(`bug in Drydock: ${report.path}: ${detail}`);
    if (failures.length > 0) this.#outcomes.add('broken');
    const failOn = this.#failOn ?? configured ?? 'info';
    if (failOn !== 'never' && report.findings.some(({ severity }) => isAtLeast(severity, failOn)))
      this.#outcomes.add('findings');
  }

  unreadable(message: string): void {
    this.#terminal.complain(message);
    this.#outcomes.add('unreadable');
  }

  /** A file that was not checked counts more than findings. */
  outcome({ allowNone, paths }: CheckArguments): Outcome {
    if (this.#files === 0 && this.#outcomes.size === 0 && !allowNone) {
      const places = paths.length > 0 ? listed(paths) : 'this folder';
      this.#terminal.complain(
        `found no Dockerfile or Containerfile in ${places}. Name a file, or pass --allow-none if that is fine`,
      );
      return 'nothing';
    }
    const worst = (['unreadable', 'broken', 'findings'] as const).find((one) => this.#outcomes.has(one));
    return worst ?? 'clean';
  }

  #sayOnce(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#terminal.complain(message);
  }
}

/** Signals that end a run. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Checks the files and prints each in its turn. A run that rewrites files ends between two of them on a signal. */
async function checkFiles(
  checker: FileChecker,
  given: CheckArguments,
  terminal: Terminal,
  told: Troubles,
): Promise<void> {
  let ending: (typeof endings)[number] | undefined;
  const listen = (signal: (typeof endings)[number]): void => {
    ending = signal;
  };
  if (given.fix !== undefined) for (const signal of endings) process.on(signal, listen);
  const writer = writerFor(given, 1);
  const { fix, allRules, profile, config } = given;
  const files = findDockerfiles(given.paths.length > 0 ? given.paths : ['.']);
  for await (const file of checkMany(files, { fix, allRules, profile, config }, checker)) {
    const said = writer.file(file.report, file.text);
    if (said !== '') terminal.print(Buffer.from(said));
    told.file(file);
    if (given.fix !== undefined) await setImmediate();
    if (ending) break;
  }
  for (const signal of endings) process.off(signal, listen);
  if (ending) {
    // Let the signal end the process, now that no file is half written.
    process.kill(process.pid, ending);
    await setTimeout(1000);
  }
  terminal.print(Buffer.from(writer.end()));
}
