// The flags of a file with what the builder knows about them. A file without flags costs one look per instruction.
import { flagInfo, isKeyword } from '../../knowledge/syntax/instructions';
import type { FlagInfo } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import type { Flag, Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';

export interface UsedFlag {
  /** The trigger, under ONBUILD. */
  readonly instruction: Instruction;
  readonly flag: Flag;
  /** Undefined if the instruction has no flag of this name. */
  readonly info: FlagInfo | undefined;
  /** The first flag of the same name in the instruction, if this one is another. */
  readonly first: Flag | undefined;
}

/** Every flag that the builder reads, in file order. */
export const usedFlags = once((model: Model): readonly UsedFlag[] => {
  const found: UsedFlag[] = [];
  for (const whole of model.file.instructions) {
    for (const instruction of whole.trigger ? [whole, whole.trigger] : [whole]) {
      if (instruction.flags.length === 0 || !readsFlags(instruction)) continue;
      const seen = new Map<string, Flag>();
      for (const flag of instruction.flags) {
        const first = seen.get(flag.name);
        if (!first) seen.set(flag.name, flag);
        found.push({ instruction, flag, info: flagInfo(instruction.keyword, flag.name), first });
      }
    }
  }
  return found;
});

/** ARG, STOPSIGNAL and HEALTHCHECK NONE skip what looks like a flag. */
function readsFlags({ keyword, words }: Instruction): boolean {
  if (keyword === 'HEALTHCHECK') return words[0]?.value.toUpperCase() !== 'NONE';
  return isKeyword(keyword) && keyword !== 'ARG' && keyword !== 'STOPSIGNAL';
}
