// The options of `RUN --mount`, whichever of its spellings a file uses: `target`, `dst`, `destination`.
import { anyMountKey } from '../../knowledge/syntax/mounts';
import type { Flag, FlagOption, Instruction } from '../../syntax/nodes';

/** Names of options, as the table of mounts has them. */
type MountOptionName =
  'env' | 'from' | 'gid' | 'id' | 'mode' | 'required' | 'sharing' | 'source' | 'target' | 'type' | 'uid';

/** The mounts of an instruction. */
export function mountsOf({ flags }: Pick<Instruction, 'flags'>): readonly Flag[] {
  return flags.filter(({ name }) => name === 'mount');
}

/** The name of an option, whatever spelling of it is used; that of an unknown one as written, in lower case. */
export function nameOfOption({ key }: Pick<FlagOption, 'key'>): string {
  return anyMountKey(key)?.name ?? key;
}

/** An option of a mount; of several the last, as the builder has it. */
export function mountOption({ options }: Flag, name: MountOptionName): FlagOption | undefined {
  return options.filter((option) => nameOfOption(option) === name).at(-1);
}

/** Its value as written; undefined if it is missing or has none. */
export function mountValue(mount: Flag, name: MountOptionName): string | undefined {
  return mountOption(mount, name)?.value;
}

/** The type of a mount in lower case; that of one without is `bind`. */
export function mountTypeOf(mount: Flag): string {
  return mountValue(mount, 'type')?.toLowerCase() ?? 'bind';
}

/** Whether an instruction has a mount of a type. */
export function hasMountOf(instruction: Pick<Instruction, 'flags'>, type: 'secret' | 'ssh'): boolean {
  return mountsOf(instruction).some((mount) => mountTypeOf(mount) === type);
}
