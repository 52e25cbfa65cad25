// Commands as hadolint reads them, for its verdicts: a wrapper such as sudo is the program, texts for `sh -c` stay closed,
// and flags are looked for anywhere. Source: what hadolint 2.15.1 answers.
import type { Model } from '../model/model';
import type { Command, ShellWord } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';

export interface SeenCommand {
  readonly command: Command;
  /** The first word. */
  readonly name: string;
  /** The other words. */
  readonly args: readonly ShellWord[];
}

/** The commands of a RUN, in order. */
export function seenIn(model: Model, run: Instruction): readonly SeenCommand[] {
  const wrappers = new Set<unknown>();
  return model.commandsOf(run).flatMap((command): readonly SeenCommand[] => {
    const { wrappers: around, name, script, index, nesting } = command;
    // Of an exec form it reads the strings as one line, so that only the first command belongs to `sh -c`.
    const isLater = run.json && script && index > 0;
    if (nesting.includes('string') || (run.json && script && !isLater)) return [];
    const [outer] = isLater ? [] : around;
    if (outer && wrappers.has(outer)) return [];
    if (outer) wrappers.add(outer);
    const isBare = around.every(({ program }) => ofShell.has(program));
    const [first, ...args] = isBare ? [name, ...command.args] : command.words;
    return first ? [{ command, name: textOf(first), args }] : [];
  });
}

/** Words before a command that are the shell's own, so that what follows is the command. */
const ofShell: ReadonlySet<string> = new Set(['time', 'exec', 'command', 'builtin']);

/** The text of a word as hadolint sees it: without its quotes. */
export function textOf({ text, value }: ShellWord): string {
  return value ?? text.replaceAll(/["'\\]/g, '');
}

/** The commands of every RUN that have one of these names, also in triggers. */
export function seenNamed(model: Model, ...names: readonly string[]): readonly SeenCommand[] {
  return model
    .instructionsOf('RUN')
    .flatMap((run) => seenIn(model, run).filter(({ name }) => names.includes(name)));
}

/** Whether a word of the command, flags aside, is one of these. */
export function hasWord({ args }: SeenCommand, ...words: readonly string[]): boolean {
  return args.some((word) => words.includes(textOf(word)));
}

/** Whether the command has a flag: `-y` also in a cluster, `--yes` also with a value. */
export function hasFlag({ args }: SeenCommand, ...flags: readonly string[]): boolean {
  return args
    .map(textOf)
    .some((text) =>
      flags.some((flag) =>
        flag.startsWith('--')
          ? text === flag || text.startsWith(`${flag}=`)
          : /^-[^-]/.test(text) && text.includes(flag.slice(1)),
      ),
    );
}

/** Whether the RUN mounts a cache or a tmpfs on a target that contains the path. */
export function mountsOver(run: Instruction, path: string): boolean {
  return run.flags.some(
    ({ name, options }) =>
      name === 'mount' &&
      options.some(({ key, value }) => key === 'type' && (value === 'cache' || value === 'tmpfs')) &&
      options.some(({ key, value }) => /^(?:target|dst|destination)$/.test(key) && value?.includes(path)),
  );
}

/** Where our own rules mark such a command: its verb. */
export function verbOf({ command, args }: SeenCommand, verb = 'install'): Span {
  return (args.find((word) => textOf(word) === verb) ?? command).span;
}
