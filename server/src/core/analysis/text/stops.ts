// What a mistake that the builder refuses does to builds.
import type { Instruction } from '../../syntax/nodes';

/** Who stops at an instruction, as the end of a sentence. The builder reads triggers in the builds on the image. */
export function stopsHere({ onbuild }: Pick<Instruction, 'onbuild'>): string {
  return onbuild ? 'builds on this image stop here' : 'the build stops here';
}
