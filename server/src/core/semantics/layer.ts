// What a RUN leaves in its layer: where mounts keep things out of it, and what its commands remove again.
import { argumentsOf, hasOption } from '../shell/options';
import type { Command } from '../shell/types';
import type { Instruction } from '../syntax/nodes';

/** Targets of the cache and tmpfs mounts of a RUN: what is written below them is not part of the layer. */
export function mountedAway(run: Instruction): readonly string[] {
  const targets: string[] = [];
  for (const { name, options } of run.flags) {
    if (name !== 'mount') continue;
    const type = options.find(({ key }) => key === 'type')?.value ?? 'bind';
    const target = options.find(
      ({ key }) => key === 'target' || key === 'dst' || key === 'destination',
    )?.value;
    if ((type === 'cache' || type === 'tmpfs') && target !== undefined)
      targets.push(target.replace(/(?<=.)\/+$/, ''));
  }
  return targets;
}

/** Whether `path` is one of the folders or lies below one. */
export function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || folder === '/' || path.startsWith(`${folder}/`));
}

/** Paths a command deletes, globs at their end cut off: `rm -rf /var/lib/apt/lists/*` deletes what is in that folder. */
export function deletedPaths(command: Command): readonly string[] {
  if (command.program === 'rm') {
    return argumentsOf(command).operands.flatMap((word) => {
      const path = word.value ?? globFolder(word.text);
      return path === undefined ? [] : [path.replace(/(?<=.)\/+$/, '')];
    });
  }
  if (
    command.program === 'find' &&
    (hasOption(command, '-delete') || command.args.some(({ value }) => value === '-delete' || value === 'rm'))
  ) {
    return command.args
      .slice(0, 1)
      .flatMap(({ value }) => (value === undefined ? [] : [value.replace(/(?<=.)\/+$/, '')]));
  }
  return [];
}

/** `/var/lib/apt/lists/*` → `/var/lib/apt/lists`; undefined for a word with a variable or a glob further up. */
function globFolder(text: string): string | undefined {
  const match = /^["']?(\/[^*?[\]{}$`"']*)["']?\/(?:\*|\{\*[^/]*\}|\.\??\*?)["']?$/.exec(text);
  return match?.[1];
}

/** Whether one of `commands` empties `folder` or one it lies in. */
export function empties(commands: readonly Command[], folder: string): boolean {
  return commands.some((command) => deletedPaths(command).some((path) => isBelow(folder, [path])));
}
