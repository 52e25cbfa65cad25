// The folders into which commands write and that have to exist before: cp, mv, redirections and compilers make none.
import { isPartOfDistribution, lacksEntry, firstUnlikelyFolder } from '../../knowledge/images/folders';
import { compilersOfFiles, placers, makesNoFolders, namesOutput } from '../../knowledge/programs/build-steps';
import { managerOfProgram } from '../../knowledge/packages/package-managers';
import { officialNames } from '../../knowledge/images/official-images';
import { argumentsOf } from '../../shell/options';
import type { Arguments } from '../../shell/options';
import { spellWord } from '../../shell/spelling';
import type { Command, ShellWord } from '../../shell/types';
import { withText } from '../../shell/whole-words';
import type { Model, Stage } from '../../model/model';
import { normalizePath } from '../../text/paths';
import { guardOf, isAlternative, isConditional } from '../commands/guard';
import { runsKnownString, shellOf } from '../commands/shell';
import { valueFor } from '../commands/values';

export interface Output {
  readonly command: Command;
  /** The word that names the folder, or a file in it. */
  readonly word: ShellWord;
  /** Absolute. */
  readonly folder: string;
  /** What may bring it all the same: the base image, or a step above. */
  readonly doubt: 'image' | 'step' | undefined;
  /** Whether the command runs in each build. */
  readonly always: boolean;
}

/** More folders than this are not looked for in the text above. */
const mostFolders = 20;

/**
 * The folders directly below `/`, or below one that is empty in the base image, that a command of a stage needs and that
 * nothing has made: the base image is known not to have them, no line above names them, and no program above may have
 * made them unseen. The first command for each.
 * @param anyLikely whether folders count that something has probably not made, and commands that run only at times
 */
export function missingOutputFolders(model: Model, anyLikely: boolean): readonly Output[] {
  const found: Output[] = [];
  const seen = new Set<string>();
  for (const stage of model.stages) {
    const known = knowledgeOf(stage);
    if (known === 'nothing' || (known === 'likely' && !anyLikely)) continue;
    for (const { command, afterAny } of knownCommands(model, stage, anyLikely)) {
      for (const output of outputsOf(model, command, anyLikely)) {
        const missing = firstMissing(stage, output.folder);
        const top = missing ?? (anyLikely && !afterAny ? firstUnlikelyFolder(output.folder) : undefined);
        const key = `${stage.index} ${top ?? ''}`;
        if (top === undefined || seen.has(key) || seen.size >= mostFolders) continue;
        seen.add(key);
        if (isNamedAbove(model, stage, `/${top}`, command.fullSpan.start)) continue;
        const doubt = missing === undefined || known === 'likely' ? 'image' : afterAny ? 'step' : undefined;
        if (!doubt || !mayComeWith(model, stage, top, command)) found.push({ ...output, doubt });
      }
    }
  }
  return found;
}

/** The first folder of a path that the base image has not; undefined if it may have all. */
function firstMissing({ base }: Stage, folder: string): string | undefined {
  const [, top = '', next] = folder.split('/');
  if (!isPartOfDistribution(top)) return top;
  return next !== undefined && lacksEntry(top, next, base.name ?? '') ? `${top}/${next}` : undefined;
}

/** Whether the words above hold the name of a folder, as the name of a user or a part of the name of a package does. */
function mayComeWith(model: Model, stage: Stage, folder: string, { fullSpan }: Command): boolean {
  // An archive usually holds one folder, with its version.
  if (/-v?\d/.test(folder)) return true;
  return model.document.text
    .slice(startOf(stage), fullSpan.start)
    .includes(folder.slice(folder.lastIndexOf('/') + 1));
}

/** Where the first stage of its chain starts. */
export function startOf({ chain }: Stage): number {
  return Math.min(...chain.map(({ span }) => span.start));
}

/**
 * What is known about the folders of the base image: `all` of official images of distributions and languages, where those
 * below `/` are those of the distribution; `likely` the same of others on a known one.
 */
function knowledgeOf({ base }: Stage): 'all' | 'likely' | 'nothing' {
  const { name, distribution, workdir, runsService } = base;
  if (name === undefined || distribution === undefined || distribution === 'windows') return 'nothing';
  const isPlain =
    officialNames.has(name) &&
    workdir !== undefined &&
    isPartOfDistribution(workdir.split('/')[1] ?? '') &&
    runsService === false;
  return isPlain ? 'all' : 'likely';
}

interface Known {
  readonly command: Command;
  /** Whether something above it may make any folder. */
  readonly afterAny: boolean;
}

/**
 * The commands of a stage up to the first one, here or in its parents, that may make any folder.
 * @param all whether the others count too
 */
function* knownCommands(model: Model, stage: Stage, all: boolean): Generator<Known> {
  let afterAny = false;
  for (const one of [...stage.chain].reverse()) {
    for (const instruction of one.instructions) {
      // What is copied to `/` may bring any folder, and so may what the image has the build run.
      const copied = model.copyOf(instruction)?.destination;
      if (instruction.trigger || (copied && (copied.path === undefined || copied.path === '/'))) {
        if (!all) return;
        afterAny = true;
      }
      if (instruction.keyword !== 'RUN') continue;
      const scripts = model.scriptsOf(instruction);
      if (scripts.some(({ valid, commands }) => !valid || commands.length === 0)) return;
      for (const command of model.commandsOf(instruction)) {
        if (one === stage) yield { command, afterAny };
        if (mayMakeAny(command)) afterAny = true;
        if (afterAny && !all) return;
      }
    }
  }
}

/** Whether a program may make folders that nothing names. What an archive holds is not known. */
function mayMakeAny(command: Command): boolean {
  const { program } = command;
  if (program === 'tar' || program === 'unzip') return true;
  return !makesNoFolders.has(program) && !managerOfProgram(program) && !runsKnownString(command);
}

/** Whether the stage names a folder above a place, in whatever role, or a variable of the whole file does. */
function isNamedAbove(model: Model, stage: Stage, folder: string, before: number): boolean {
  const { text } = model.document;
  const [first] = model.stages;
  const above = text.slice(startOf(stage), before);
  return (
    above.includes(folder) ||
    text.slice(0, first?.span.start ?? 0).includes(folder) ||
    isNamedAlone(above, folder) ||
    // A package of that name may make it: `/opt/google`.
    isNamedAlone(above, folder.slice(folder.lastIndexOf('/')))
  );
}

/** `mkdir out` at the root: the name without a slash, at the start of a word. */
function isNamedAlone(above: string, folder: string): boolean {
  const name = folder.slice(1);
  for (let at = above.indexOf(name); at >= 0; at = above.indexOf(name, at + 1))
    if (!/[\w.-]/.test(above[at - 1] ?? ' ') && !/[\w.-]/.test(above[at + name.length] ?? ' ')) return true;
  return false;
}

function outputsOf(model: Model, command: Command, anyLikely: boolean): readonly Omit<Output, 'doubt'>[] {
  const { program, redirects } = command;
  if (redirects.length === 0 && !namesOutput.has(program)) return [];
  const targets: (readonly [word: ShellWord, isFolder: boolean])[] = [...targetsOf(command)];
  for (const { operator, target } of redirects)
    if (target && /^\d*>>?$/.test(operator)) targets.push([target, false]);
  const mayLack = targets.some(([{ value }, isFolder]) => isFolder || !isAtRoot.test(value ?? '$'));
  if (!mayLack || !isAccident(model, command)) return [];
  const always = !isConditional(command);
  // Another attempt may follow a failure, and a function may never be called.
  const isMeant = always || (anyLikely && !isAlternative(command) && !command.nesting.includes('function'));
  if (!isMeant) return [];
  return targets.flatMap(([word, isFolder]) => {
    const path = pathOf(model, command, word);
    if (path === undefined) return [];
    const folder = isFolder ? path : path.slice(0, path.lastIndexOf('/'));
    return /^(?:\/[\w.-]+)+$/.test(folder) ? [{ command, word, folder, always }] : [];
  });
}

/** A file directly below `/`, whose folder is always there. */
const isAtRoot = /^\/[\w.-]*$/;

/** Whether the failure of a command is no answer, but an accident. */
function isAccident(model: Model, command: Command): boolean {
  if (command.instruction.onbuild) return false;
  const guard = guardOf(model, command);
  return guard.kind === 'stops' || (guard.kind === 'ignored' && (guard.by === ';' || guard.by === 'newline'));
}

function pathOf(model: Model, command: Command, word: ShellWord): string | undefined {
  const spelled = spellWord(word, shellOf(model, command), (name) => valueFor(model, command, name));
  const [one, ...more] = spelled ?? [];
  if (!one || more.length > 0 || one.isGlob || one.text === '' || one.pattern.startsWith('~'))
    return undefined;
  // Below the current folder, steps may make others unseen: clones, generators.
  return one.text.startsWith('/') ? normalizePath(one.text) : undefined;
}

/** The words that name a folder that has to be there, or a file in one. */
function* targetsOf(command: Command): Generator<readonly [word: ShellWord, isFolder: boolean]> {
  const { program } = command;
  const given = argumentsOf(command);
  const last = given.operands.at(-1);
  const has = (...names: readonly string[]): boolean =>
    given.options.some(({ name }) => names.includes(name));
  const valueOf = (...names: readonly string[]): ShellWord | undefined => {
    const option = given.options.filter(({ name }) => names.includes(name)).at(-1);
    // In `--output=FILE` and `-oFILE` the name of the option is a part of the word.
    return option?.valueWord === option?.word ? partOf(option?.word, option?.value) : option?.valueWord;
  };
  if (program === 'cd') {
    if (last && given.operands.length === 1) yield [last, true];
  } else if (placers.has(program)) {
    if (has('-D', '-d', '--directory')) return;
    const into = valueOf('-t', '--target-directory');
    if (into) yield [into, true];
    else if (last && given.operands.length > 1 && !has('-t', '--target-directory'))
      yield [last, needsFolder(program, given, last, has('-r', '-R', '-a'))];
  } else if (compilersOfFiles.has(program)) {
    const at = command.args.findIndex(({ prefix }) => /^-o(?!$)\/|^-o$/.test(prefix));
    const joined = command.args[at];
    const output = joined?.value === '-o' ? command.args[at + 1] : partOf(joined, joined?.value?.slice(2));
    if (output) yield [output, false];
  } else if (program === 'curl' || program === 'wget') {
    const names = program === 'curl' ? ['-o', '--output'] : ['-O', '--output-document'];
    const output = has('--create-dirs') ? undefined : valueOf(...names);
    if (output && output.text !== '-') yield [output, false];
  } else if (program === 'tar') {
    const folder = valueOf('-C', '--directory');
    if (folder) yield [folder, true];
  } else if (program === 'gpg' || program === 'gpg2') {
    const output = valueOf('-o', '--output');
    if (output && output.text !== '-') yield [output, false];
  } else if (program === 'openssl') {
    for (const [at, word] of command.args.entries()) {
      const file = /^-(?:out|keyout)$/.test(word.value ?? '') ? command.args[at + 1] : undefined;
      if (file) yield [file, false];
    }
  } else if (program === 'dd') {
    const output = command.args.find(({ prefix }) => prefix.startsWith('of='));
    const file = partOf(output, output?.value?.slice('of='.length));
    if (file) yield [file, false];
  } else if (program === 'tee' || program === 'touch') {
    for (const word of given.operands) yield [word, false];
  }
}

/** The end of a word as a word of its own. @param text what it says; undefined if that is not known */
function partOf(word: ShellWord | undefined, text: string | undefined): ShellWord | undefined {
  return word && text !== undefined ? withText(word, text) : undefined;
}

/** Whether the destination itself has to be a folder. A folder can be copied or moved to a new name with a slash. */
function needsFolder(program: string, given: Arguments, last: ShellWord, recursive: boolean): boolean {
  if (given.operands.length > 2) return true;
  return last.suffix.endsWith('/') && program !== 'mv' && !recursive;
}
