// Python's virtual environments: where commands make them.
import { isPython } from '../../knowledge/programs/programs';
import type { Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import { resolvePath, withoutEndSlash } from '../../text/paths';
import { folderOf } from '../commands/folder';

export interface VirtualEnvironment {
  readonly command: Command;
  readonly stage: Stage;
  /** Absolute path of its folder. */
  readonly path: string;
}

/** The environments that the steps of a file make by `python -m venv`, `virtualenv`, `uv venv` and `uv sync`. */
export const virtualEnvironments = once((model: Model): readonly VirtualEnvironment[] => {
  const all = model
    .commandsNamed('python', 'python3', 'virtualenv', 'uv')
    .filter(({ instruction }) => instruction.keyword === 'RUN')
    .flatMap((command) => {
      const stage = model.stageOf(command.instruction);
      const folder = stage && folderMade(model, command);
      const path = folder === undefined ? undefined : resolvePath(folderOf(model, command), folder);
      return stage && path !== undefined ? [{ command, stage, path: withoutEndSlash(path) }] : [];
    });
  // `uv sync` fills the environment that `uv venv --relocatable` has made.
  const movable = all.filter(({ command }) => isRelocatable(model, command));
  return all.filter(
    ({ path, stage }) => !movable.some((other) => other.path === path && stage.chain.includes(other.stage)),
  );
});

/** Whether the programs of the environment find their Python beside them, wherever it stands. */
function isRelocatable(model: Model, { args, instruction }: Command): boolean {
  return (
    args.some(({ value }) => value === '--relocatable') ||
    model.environmentAt(instruction).variables.has('UV_VENV_RELOCATABLE')
  );
}

/** The folder as it is written; undefined for a command that makes none, and where it is not known. */
function folderMade(model: Model, { program, args, instruction }: Command): string | undefined {
  const words = args.map(({ value }) => value ?? '$');
  if (program === 'uv') {
    const own = model.environmentAt(instruction).variables.get('UV_PROJECT_ENVIRONMENT');
    if (words[0] === 'sync') return own ? own.value : '.venv';
    if (words[0] !== 'venv') return undefined;
  }
  const isModule = words[0] === '-m' && /^(?:venv|virtualenv)$/.test(words[1] ?? '');
  if (isPython(program) && !isModule) return undefined;
  const rest = words.slice(isPython(program) ? 2 : program === 'uv' ? 1 : 0);
  const named = rest.filter((word) => !word.startsWith('-'));
  if (named.length === 0 && program === 'uv') return '.venv';
  // With a second word it is not known which of them is the value of an option.
  return named.length === 1 && !named[0]?.includes('$') ? named[0] : undefined;
}
