// What a RUN leaves in its layer: mounts keep files out of it, and its commands may remove files again.
import { parseArguments, argumentsOf } from '../../shell/options';
import type { Command, ShellWord } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { fromHome, isBelow, withoutEndSlash } from '../../text/paths';

/**
 * Targets of the cache and tmpfs mounts of a RUN: files below them are not part of the layer. If a target contains a
 * variable, `/`, which is above everything.
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
 * Paths that a command deletes, without a glob at the end: `rm -rf /var/lib/apt/lists/*` deletes the content of that
 * folder. Without paths that contain a variable, except the home directory.
 */
export function deletedPaths(command: Command): readonly string[] {
  const { program, args } = command;
  if (program === 'rm') return argumentsOf(command).operands.flatMap(pathsOf);
  if (program === 'find') {
    if (!args.some(({ value }) => value === '-delete' || value === 'rm')) return [];
    const first = args.findIndex(({ text }) => /^[-!(\\]/.test(text));
    return args.slice(0, Math.max(first, 0)).flatMap(pathsOf);
  }
  // apt-get(8): distclean removes the lists and everything that clean removes.
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

/** Expands braces as the shell does: `/var/{cache,lib/apt/lists}/*`. Real paths have few braces and are short. */
function alternatives(path: string): readonly string[] {
  const match = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(path);
  if (!match) return [path];
  const [, before = '', inner = '', after = ''] = match;
  return inner.split(',').map((part) => before + part + after);
}

/** Whether one of `commands` empties `folder` or a folder above it. */
export function empties(commands: readonly Command[], folder: string): boolean {
  return commands.some((command) =>
    deletedPaths(command).some((path) => isBelow(fromHome(folder), fromHome(path))),
  );
}
