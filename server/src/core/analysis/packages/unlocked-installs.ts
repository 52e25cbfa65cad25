// Installations that read a lock file of the project, and may install something else than it says.
import { lockedInstalls, lockedManifests } from '../../knowledge/packages/lock-files';
import type { LockedInstall } from '../../knowledge/packages/lock-files';
import type { CopySource, Model } from '../../model/model';
import type { Command, ShellWord } from '../../shell/types';
import { argumentsOf } from '../../shell/options';
import { folderOf } from '../commands/folder';
import { lookUp } from '../context/context-paths';
import { isCopied } from '../context/copied-files';
import { bindSourcesByRun, contextCopiesByStage } from '../context/context-sources';
import type { ContextFacts } from '../context/context-sources';
import { matchesGlob } from '../../shell/spelling';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { baseName, resolvePath } from '../../text/paths';

export interface UnlockedInstall {
  readonly command: Command;
  readonly how: LockedInstall;
  readonly verb: ShellWord;
  /** Name of the lock file that was copied. */
  readonly lock: string;
  /**
   * Whether it is known to be there; otherwise a pattern such as `package*.json` only asks for it, or a copied folder may
   * hold it.
   */
  readonly isThere: boolean;
  /** Whether nothing names the lock file: the copied folder may hold one, or the verb needs none. */
  readonly isGuess: boolean;
  /** Whether the verb asks for newer versions than the lock file says. */
  readonly renews: boolean;
  /** Whether the context holds the lock file, and the step gets its manifest alone. */
  readonly isLeft: boolean;
}

/** Those of RUNs whose lock file is known to be there. @param context undefined if it is not known */
export function* unlockedInstalls(
  model: Model,
  context: ContextFacts | undefined,
): Generator<UnlockedInstall> {
  for (const { command, manager, phrase, packages, verb, mayHoldOptions } of model.packageCommands) {
    const how = lockedInstalls.find(
      (one) => one.manager === manager.name && (one.verbs.includes(phrase) || one.renews?.includes(phrase)),
    );
    if (!how || how.manager === 'cargo' || mayHoldOptions) continue;
    // Bundler takes no names here: words are the groups of `--without`.
    if (packages.length > 0 && how.manager !== 'bundle') continue;
    const found = read(model, context, command, how, verb);
    if (found) yield found;
  }
  for (const command of model.commandsNamed('cargo', 'pipenv')) {
    const [verb, ...packages] = argumentsOf(command).operands.filter(
      ({ value }) => value?.startsWith('+') !== true,
    );
    const how = lockedInstalls.find(
      (one) =>
        one.manager === command.program && [...one.verbs, ...(one.renews ?? [])].includes(verb?.value ?? ''),
    );
    // With names, pipenv adds packages, and cargo installs other programs unless it gets a path.
    const isOther =
      command.program === 'pipenv'
        ? packages.length > 0
        : verb?.value === 'install' && !gives(command, ['--path']);
    const found = how && verb && !isOther ? read(model, context, command, how, verb) : undefined;
    if (found) yield found;
  }
}

function read(
  model: Model,
  context: ContextFacts | undefined,
  command: Command,
  how: LockedInstall,
  verb: ShellWord,
): UnlockedInstall | undefined {
  if (command.instruction.keyword !== 'RUN') return undefined;
  if (gives(command, [...how.exact, ...how.apart])) return undefined;
  const { variables } = model.environmentAt(command.instruction);
  if (how.variables.some((name) => variables.has(name) || command.script?.text.includes(`${name}=`)))
    return undefined;
  const renews = how.renews?.includes(verb.value ?? '') === true;
  const [usual] = how.locks;
  // Newer versions than those of the last build come whether there is a lock file or not.
  const left = context && leftLock(model, context, command, how.locks);
  const found =
    lockOf(model, context, command, how.locks) ??
    (left === undefined ? undefined : { lock: left, isThere: true, isLeft: true }) ??
    (usual !== undefined && (renews || mayBeCopied(model, context, command))
      ? { lock: usual, isThere: false, isGuess: true }
      : undefined);
  return found && { command, how, verb, isGuess: false, isLeft: false, ...found, renews };
}

/** The lock file beside which a command works. */
function lockOf(
  model: Model,
  context: ContextFacts | undefined,
  command: Command,
  locks: readonly string[],
): Pick<UnlockedInstall, 'lock' | 'isThere'> | undefined {
  const { instruction } = command;
  const folder = folderOf(model, command);
  if (folder === undefined) {
    const lock = copiedBeside(model, command, locks);
    return lock === undefined ? undefined : { lock, isThere: true };
  }
  const pathOf = (name: string): string => resolvePath(folder, name) ?? '/';
  const there = locks.find(
    (name) =>
      isCopied(model, context, instruction, pathOf(name)) || isMounted(model, instruction, pathOf(name)),
  );
  if (there !== undefined) return { lock: there, isThere: true };
  const asked = context ? undefined : locks.find((name) => isAskedFor(model, instruction, pathOf(name)));
  return asked === undefined ? undefined : { lock: asked, isThere: false };
}

/** The lock file beside a manifest of the context that a COPY names, and that comes without it. */
function leftLock(
  model: Model,
  context: ContextFacts,
  command: Command,
  locks: readonly string[],
): string | undefined {
  const { instruction } = command;
  const folder = folderOf(model, command);
  if (folder === undefined) return undefined;
  for (const stage of model.stageOf(instruction)?.chain ?? []) {
    for (const copy of contextCopiesByStage(model).get(stage)?.slice(0, mostBetween) ?? []) {
      if (copy.instruction.index > instruction.index) break;
      for (const { path, glob, target } of copy.sources) {
        const name = baseName(path ?? '');
        if (glob || path === undefined || !lockedManifests.has(name)) continue;
        if (target !== resolvePath(folder, name)) continue;
        const above = path.slice(0, -name.length);
        const lock = locks.find((one) => lookUp(context, above + one) === 'file');
        if (lock !== undefined) return lock;
      }
    }
  }
  return undefined;
}

/** Whether a RUN mounts a file of the context at a path. */
function isMounted(model: Model, instruction: Instruction, path: string): boolean {
  const { workdir } = model.environmentAt(instruction);
  return (bindSourcesByRun(model).get(instruction) ?? []).some(
    (one) => one.path !== '' && one.target !== undefined && resolvePath(workdir, one.target) === path,
  );
}

/** Whether a folder of a context that is not known was copied to where a command works. */
function mayBeCopied(model: Model, context: ContextFacts | undefined, command: Command): boolean {
  const folder = context ? undefined : folderOf(model, command);
  if (folder === undefined) return false;
  return (model.stageOf(command.instruction)?.chain ?? []).some((stage) =>
    contextCopiesByStage(model)
      .get(stage)
      ?.slice(0, mostBetween)
      .some(
        ({ instruction, sources, destination }) =>
          instruction.index < command.instruction.index &&
          destination.path === folder &&
          sources.some(({ path }) => path === ''),
      ),
  );
}

/** Instructions between a copy and what reads it, and copies with patterns, that are looked at: others may be as many. */
const mostBetween = 50;

/** The lock file that a COPY names right before, in the folder of the base image, which is not known. */
function copiedBeside(model: Model, { instruction }: Command, locks: readonly string[]): string | undefined {
  const moves = model.commandsOf(instruction).some(({ program }) => /^(?:cd|pushd)$/.test(program));
  if (moves || model.environmentAt(instruction).workdir !== undefined) return undefined;
  const stage = model.stageOf(instruction)?.instructions ?? [];
  const end = instruction.index - (stage[0]?.index ?? 0);
  for (const one of stage.slice(Math.max(0, end - mostBetween), Math.max(0, end)).reverse()) {
    if (one.keyword === 'WORKDIR') return undefined;
    const copy = model.copyOf(one);
    if (!copy || copy.onbuild || !/^\.\/?$/.test(copy.destination.value)) continue;
    const lock = locks.find((name) =>
      copy.sources.some(
        ({ kind, glob, path }) => kind === 'context' && !glob && baseName(path ?? '') === name,
      ),
    );
    if (lock !== undefined) return lock;
  }
  return undefined;
}

/** Copies with a pattern that begins with a part of a name, the first of each stage. */
const askingCopies = once(
  (model: Model) =>
    new Map(
      [...contextCopiesByStage(model)].map(([stage, copies]) => [
        stage,
        copies.filter(({ sources }) => sources.some(asks)).slice(0, mostBetween),
      ]),
    ),
);

function asks({ glob, path }: CopySource): boolean {
  return glob && /^[\w.-]{4}/.test(baseName(path ?? ''));
}

/** Whether such a pattern brings a file to a path, if the context holds it. */
function isAskedFor(model: Model, instruction: Instruction, path: string): boolean {
  const stages = model.stageOf(instruction)?.chain ?? [];
  const name = baseName(path);
  return stages.some((stage) =>
    askingCopies(model)
      .get(stage)
      ?.some(
        (copy) =>
          copy.instruction.index < instruction.index &&
          resolvePath(copy.destination.path, name) === path &&
          copy.sources.some((source) => asks(source) && matchesGlob(baseName(source.path ?? ''), name)),
      ),
  );
}

/** Whether a command gives one of some options, with or without a value in the same word. */
export function gives({ args }: Command, options: readonly string[]): boolean {
  return args.some(({ value, prefix }) => options.includes((value ?? prefix).replace(/=.*$/s, '')));
}
