// What a RUN leaves in its layer: where mounts keep things out of it, and what its commands remove again.
import { parseArguments, argumentsOf } from '../../shell/options';
import type { Command, ShellWord } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { fromHome, isBelow, withoutEndSlash } from '../../text/paths';

/**
 * Targets of the cache and tmpfs mounts of a RUN: what is written below them is not part of the layer. `/`, which
 * everything is below, where a target has a variable in it.
 */
export function mountedAway(run: Instruction): readonly string[] {
  const targets: string[] = [];
  for (const { name, options } of run.flags) {
    if (name !== 'mount') continue;
    const type = options.find(({ key }) => key === 'type')?.value ?? 'bind';
    const target = options.find(
      ({ key }) => key === 'target' || key === 'dst' || key === 'destination',
    )?.value;
    if ((type === 'cache' || type === 'tmpfs') && target !== undefined)
      targets.push(target.includes('$') ? '/' : withoutEndSlash(target));
  }
  return targets;
}

const aptLists = '/var/lib/apt/lists';

/**
 * Paths a command deletes, globs at their end cut off: `rm -rf /var/lib/apt/lists/*` deletes what is in that
 * folder. Those with a variable are left out, but for the home directory.
 */
export function deletedPaths(command: Command): readonly string[] {
  const { program, args } = command;
  if (program === 'rm') return argumentsOf(command).operands.flatMap(pathsOf);
  if (program === 'find') {
    if (!args.some(({ value }) => value === '-delete' || value === 'rm')) return [];
    const first = args.findIndex(({ text }) => /^[-!(\\]/.test(text));
    return args.slice(0, Math.max(first, 0)).flatMap(pathsOf);
  }
  // apt-get(8): distclean removes the lists, and what clean removes.
  const distclean = program === 'apt-get' || program === 'apt';
  return distclean && parseArguments(args).operands.some(({ value }) => /^dist-?clean$/.test(value ?? ''))
    ? [aptLists]
    : [];
}

function pathsOf({ text, pattern }: ShellWord): readonly string[] {
  const path = pattern ?? /^["']?(\$(?:HOME|\{HOME\})\/[^$`"']*)["']?$/.exec(text)?.[1];
  if (path === undefined) return [];
  return alternatives(pattern ?? fromHome(path)).flatMap((one) => {
    const folder = one
      .replace(/\/(?:\.?\*|\.\?\*|\.\[!\.\]\*|\.\.\?\*)$/, '')
      .replace(/(?<=[^/])(?:\*|\/+)$/, '');
    return folder === '' || /[*?[\]{}]/.test(folder) ? [] : [folder];
  });
}

/** `/var/{cache,lib/apt/lists}/*` as the shell takes it apart; a file of a Dockerfile has few of them, and short. */
function alternatives(path: string): readonly string[] {
  const match = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(path);
  if (!match) return [path];
  const [, before = '', inner = '', after = ''] = match;
  return inner.split(',').map((part) => before + part + after);
}

/** Whether one of `commands` empties `folder` or one it lies in. */
export function empties(commands: readonly Command[], folder: string): boolean {
  return commands.some((command) =>
    deletedPaths(command).some((path) => isBelow(fromHome(folder), fromHome(path))),
  );
}
