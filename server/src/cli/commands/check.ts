// `drydock check`: lints the files it finds, fixes them when asked, and says what is left.
import { setImmediate } from 'node:timers/promises';
import { inWords } from '../../io/files/file-errors';
import { unknownRule } from '../../core/lint/select';
import { defaultConfig } from '../../core/lint/config';
import type { Rule } from '../../core/lint/rule';
import { findDockerfiles } from '../../io/files/find-dockerfiles';
import { readAtMost, readRegular } from '../../io/files/read-text';
import { readConfigFile, readHadolint } from '../../io/surroundings/configuration-files';
import type { FoundConfig } from '../../io/surroundings/configuration-files';
import { inRepository } from '../../io/surroundings/repository-root';
import { newMemory } from '../../io/surroundings/surroundings';
import type { SurroundingsMemory } from '../../io/surroundings/surroundings';
import { indexesFrom } from '../../core/package-index/package-index';
import type { IndexData } from '../../core/package-index/package-index';
import { namedRules } from '../../linter';
import { options, readCheckArguments, usage } from '../check-arguments';
import type { CheckArguments } from '../check-arguments';
import { FileChecker, hadolintFile, hadolintVariables } from '../check-file';
import { maximumDockerfile, tooLarge } from '../checked-file';
import type { CheckOptions } from '../checked-file';
import { checkMany } from '../check-many';
import type { Command, Ending } from '../command';
import { findLinter } from '../find-linter';
import type { Writer } from '../format/format';
import { formats } from '../format/formats';
import { richOptions, surfaceOf } from '../format/rich';
import { statisticsFormats } from '../format/statistics';
import { readPackages } from '../read-packages';
import type { PackagedText } from '../read-packages';
import { compareWith } from '../since';
import type { ComparedFile } from '../since';
import type { Terminal } from '../terminal';
import { problemText, Troubles } from '../troubles';

export const check: Command = {
  usage,
  options,
  async run(words, terminal): Promise<Ending> {
    const given = readCheckArguments(words);
    return 'wrong' in given ? given : await checkAll(given, terminal);
  },
};

async function checkAll(asked: CheckArguments, terminal: Terminal): Promise<Ending> {
  const named =
    asked.config === undefined
      ? undefined
      : readConfigFile(asked.config, namedRules, undefined, hadolintVariables);
  const memory = newMemory(hadolintFile);
  const given = withOutput(asked, named, memory);
  if (named?.problems.some(({ unreadable }) => unreadable)) {
    for (const problem of named.problems) terminal.complain(problemText(problem));
    return 'unreadable';
  }
  const told = new Troubles(given.failOn, terminal);
  told.problems(named?.problems ?? []);
  const linter = await findLinter(given.shellcheck);
  if (linter && 'problem' in linter) {
    terminal.complain(linter.problem);
    return 'undone';
  }
  const checkerWith = (packages: readonly IndexData[]): FileChecker =>
    new FileChecker({ ...given, linter, named, packages: indexesFrom(packages) }, memory);
  const checker = checkerWith([]);
  const files = given.stdin === undefined ? filesFor(given) : [{ path: given.stdin }];
  if ('problem' in files) {
    terminal.complain(files.problem);
    return 'uncompared';
  }
  // Nobody is asked for a run that is refused.
  const wrong = unknownIn(given, files, checker);
  if (wrong !== undefined) return { wrong };
  const input = given.stdin === undefined ? undefined : readInput();
  const packages = await readPackages(given, textsOf(files, input), told);
  const informed = packages.length > 0 ? checkerWith(packages) : checker;
  if (given.stdin !== undefined && input) checkInput(informed, given.stdin, input, given, terminal, told);
  else await checkFiles(informed, files, { ...given, linter }, packages, terminal, told);
  return told.outcome(given, given.shard !== undefined);
}

/**
 * The arguments with what a file of hadolint says of the output, where nothing else does: the named one, or the one of
 * the working folder, where hadolint looks.
 */
function withOutput(
  given: CheckArguments,
  named: FoundConfig | undefined,
  { files, userFile }: SurroundingsMemory,
): GivenArguments {
  const here =
    named ?? readHadolint(userFile(), namedRules, defaultConfig, hadolintVariables, files.hadolintRead);
  const { format, color } = here.output ?? {};
  const isText = given.diff || given.statistics || (given.stdin !== undefined && given.fix !== undefined);
  const ours = isText || format === undefined ? undefined : formatOfHadolint[format];
  return {
    ...given,
    format: given.format ?? ours ?? 'text',
    color: given.color === 'auto' && color === false ? 'never' : given.color,
  };
}

/** hadolint's words for formats that both have. */
const formatOfHadolint: Readonly<Partial<Record<string, keyof typeof formats>>> = {
  json: 'json',
  checkstyle: 'checkstyle',
  codeclimate: 'codeclimate',
  gitlab_codeclimate: 'gitlab',
  sarif: 'sarif',
  junit: 'junit',
};

type GivenArguments = CheckArguments & { readonly format: keyof typeof formats };

/** A chosen rule that neither Drydock nor the configuration of any file knows, as the end of a sentence. */
function unknownIn(
  { choice }: CheckArguments,
  files: readonly { readonly path: string }[],
  checker: FileChecker,
): string | undefined {
  return choice && unknownRule(choice, rulesOf(files, checker));
}

function* rulesOf(
  files: readonly { readonly path: string }[],
  checker: FileChecker,
): Iterable<readonly Rule[]> {
  yield namedRules;
  for (const { path } of files) yield checker.rulesFor(path);
}

/** The files of this run; or why they cannot be compared. */
function filesFor({
  paths,
  since,
  shard,
}: CheckArguments): readonly ComparedFile[] | { readonly problem: string } {
  const places = paths.length > 0 ? paths : ['.'];
  const found = findDockerfiles(places);
  const files = since === undefined ? found : compareWith(since, places, found);
  if ('problem' in files || !shard) return files;
  const border = (part: number): number => Math.floor((part * files.length) / shard.of);
  return files.slice(border(shard.part - 1), border(shard.part));
}

/**
 * The Dockerfiles that can be read. A second reading: without --packages nobody needs it.
 * @param input standard input, where it takes the place of the one file
 */
function* textsOf(files: readonly ComparedFile[], input: Input | undefined): Generator<PackagedText> {
  for (const { path, error } of files) {
    if (error !== undefined || (input && 'problem' in input)) continue;
    try {
      const bytes = input?.bytes ?? readRegular(path, maximumDockerfile)?.bytes;
      if (bytes) yield { path, text: bytes.toString('utf8') };
    } catch {
      // Whoever checks the file says so.
    }
  }
}

/** Of what goes to standard output or standard error. */
function writerFor(given: GivenArguments, descriptor: 1 | 2): Writer {
  const options = {
    ...given,
    rich: richOptions(given.color, surfaceOf(descriptor)),
    inRepository: inRepository(process.cwd()),
  };
  if (given.statistics) return statisticsFormats[given.format === 'json' ? 'json' : 'text'](options);
  return formats[given.format](options);
}

function checkInput(
  checker: FileChecker,
  path: string,
  input: Input,
  given: GivenArguments,
  terminal: Terminal,
  told: Troubles,
): void {
  if ('problem' in input) {
    told.unreadable(`standard input ${input.problem}`);
    return;
  }
  const file = checker.checkBytes(path, input.bytes);
  // The fixed text goes to standard output. JSON has it in a field.
  const textOnly = given.fix !== undefined && !given.diff && given.format === 'text';
  if (given.diff) {
    for (const { text } of file.patches ?? []) printPatch(text, terminal);
    told.file(file);
    return;
  }
  const writer = writerFor(given, textOnly ? 2 : 1);
  const said = Buffer.from(writer.file(file.report, file.text) + writer.end());
  if (textOnly) {
    terminal.print(Buffer.from(file.output));
    terminal.note(said);
  } else terminal.print(said);
  told.file(file);
}

type Input = { readonly bytes: Buffer } | { readonly problem: string };

function readInput(): Input {
  try {
    const bytes = readAtMost(0, maximumDockerfile);
    return bytes ? { bytes } : { problem: tooLarge };
  } catch (error) {
    return { problem: `cannot be read: ${inWords(error)}` };
  }
}

/** Checks the files and prints each in its turn. */
async function checkFiles(
  checker: FileChecker,
  files: readonly ComparedFile[],
  given: GivenArguments & Pick<CheckOptions, 'linter'>,
  packages: readonly IndexData[],
  terminal: Terminal,
  told: Troubles,
): Promise<void> {
  const rewrites = given.fix !== undefined && !given.diff;
  // A patch has nothing but the changes.
  const writer = writerFor(given, given.diff ? 2 : 1);
  const patched = new Set<string>();
  const { fix, diff, severity, choice, allRules, profile, config, linter } = given;
  const settings = { fix, diff, severity, choice, allRules, profile, config, linter, packages };
  for await (const file of checkMany(files, settings, checker, given.jobs)) {
    const said = writer.file(file.report, file.text);
    if (given.diff) {
      // Several Dockerfiles may want the same new file.
      const fresh = (file.patches ?? []).filter(({ path }) => !patched.has(path));
      for (const { path, text } of fresh) {
        patched.add(path);
        printPatch(text, terminal);
      }
    } else if (said !== '') terminal.print(Buffer.from(said));
    told.file(file);
    // Here a signal may end the run, as no file is half written.
    if (rewrites) await setImmediate();
  }
  const last = Buffer.from(writer.end());
  if (given.diff) terminal.note(last);
  else terminal.print(last);
}

/** Exact, so that it can be applied. On a terminal, nothing in it may move the cursor. */
function printPatch(text: string, terminal: Terminal): void {
  terminal.print(surfaceOf(1).isTerminal ? text : Buffer.from(text));
}
