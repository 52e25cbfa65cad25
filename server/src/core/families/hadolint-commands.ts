// Commands as hadolint reads them, for its verdicts: a wrapper such as sudo is the program, texts for `sh -c` stay closed,
// and flags are looked for anywhere. Source: what hadolint 2.15.1 answers.
import type { Model } from '../model/model';
import type { Command, ShellWord } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';

export interface SeenCommand {
  readonly command: Command;
  /** The first word as it is written. */
  readonly name: string;
  /** The other words. */
  readonly args: readonly ShellWord[];
}

/** The commands of a RUN, in order. */
export function seenIn(model: Model, run: Instruction): readonly SeenCommand[] {
  const wrappers = new Set<unknown>();
  return model.commandsOf(run).flatMap((command): readonly SeenCommand[] => {
    // One wrapper may stand before several commands in a string.
    const [outer] = command.wrappers;
    if (outer && wrappers.has(outer)) return [];
    if (outer) wrappers.add(outer);
    const [first, ...args] = command.words;
    return first ? [{ command, name: first.text, args }] : [];
  });
}

/** The commands of every RUN that have one of these names, also in triggers. */
export function seenNamed(model: Model, ...names: readonly string[]): readonly SeenCommand[] {
  return model
    .instructionsOf('RUN')
    .flatMap((run) => seenIn(model, run).filter(({ name }) => names.includes(name)));
}

/** Whether a word of the command, flags aside, is one of these. */
export function hasWord({ args }: SeenCommand, ...words: readonly string[]): boolean {
  return args.some(({ text }) => words.includes(text));
}

/** Whether the command has a flag: `-y` also in a cluster, `--yes` also with a value. */
export function hasFlag({ args }: SeenCommand, ...flags: readonly string[]): boolean {
  return args.some(({ text }) =>
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
  return (args.find(({ text }) => text === verb) ?? command).span;
}
