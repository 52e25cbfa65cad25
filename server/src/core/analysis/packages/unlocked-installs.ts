// Installations that read a lock file of the project, and may install something else than it says.
import { lockedInstalls } from '../../knowledge/packages/lock-files';
import type { LockedInstall } from '../../knowledge/packages/lock-files';
import type { Model } from '../../model/model';
import type { Command, ShellWord } from '../../shell/types';
import { argumentsOf } from '../../shell/options';
import { folderOf } from '../commands/folder';
import { isCopied } from '../context/copied-files';
import type { ContextFacts } from '../context/context-sources';
import { resolvePath } from '../../text/paths';

export interface UnlockedInstall {
  readonly command: Command;
  readonly how: LockedInstall;
  readonly verb: ShellWord;
  /** Name of the lock file that was copied. */
  readonly lock: string;
}

/** Those of RUNs whose lock file is known to be there. @param context undefined if it is not known */
export function* unlockedInstalls(
  model: Model,
  context: ContextFacts | undefined,
): Generator<UnlockedInstall> {
  for (const { command, manager, phrase, packages, verb, mayHoldOptions } of model.packageCommands) {
    const how = lockedInstalls.find((one) => one.manager === manager.name && one.verbs.includes(phrase));
    if (!how || how.manager === 'cargo' || packages.length > 0 || mayHoldOptions) continue;
    const found = read(model, context, command, how, verb);
    if (found) yield found;
  }
  for (const command of model.commandsNamed('cargo')) {
    const verb = argumentsOf(command).operands.find(({ value }) => value?.startsWith('+') !== true);
    const how = lockedInstalls.find(
      (one) => one.manager === 'cargo' && one.verbs.includes(verb?.value ?? ''),
    );
    const found =
      how && verb && (verb.value !== 'install' || gives(command, ['--path']))
        ? read(model, context, command, how, verb)
        : undefined;
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
  const folder = folderOf(model, command);
  const lock =
    folder === undefined
      ? undefined
      : how.locks.find((name) => {
          const path = resolvePath(folder, name);
          return path !== undefined && isCopied(model, context, command.instruction, path);
        });
  return lock === undefined ? undefined : { command, how, verb, lock };
}

/** Whether a command gives one of some options, with or without a value in the same word. */
export function gives({ args }: Command, options: readonly string[]): boolean {
  return args.some(({ value, prefix }) => options.includes((value ?? prefix).replace(/=.*$/s, '')));
}
