// The case of a file's keywords, so that inserted text looks like the rest.
import { isKeyword } from '../../knowledge/syntax/instructions';
import type { Dockerfile, Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';

/**
 * The case of most keywords, counted like BuildKit's ConsistentInstructionCasing: FROM and the instructions in stages
 * count, an ARG above the first FROM and mixed-case words do not. A tie means upper case.
 */
export const keywordCase = once((file: Dockerfile): 'upper' | 'lower' => {
  let upper = 0;
  let lower = 0;
  for (const instruction of votingInstructions(file)) {
    const word = file.text.slice(instruction.keywordSpan.start, instruction.keywordSpan.end);
    if (word === word.toUpperCase()) upper += 1;
    else if (word === word.toLowerCase()) lower += 1;
  }
  return lower > upper ? 'lower' : 'upper';
});

/**
 * FROM and every instruction of a stage; in a fragment without FROM, all instructions. Without unknown words, which
 * may be the rest of a broken continuation.
 */
export function votingInstructions(file: Dockerfile): readonly Instruction[] {
  const first = file.instructions.findIndex(({ keyword }) => keyword === 'FROM');
  return file.instructions.slice(Math.max(0, first)).filter(({ keyword }) => isKeyword(keyword));
}

/** How a word is written, for messages: `upper case`. */
export function caseOf(word: string): string {
  if (word === word.toUpperCase()) return 'upper case';
  return word === word.toLowerCase() ? 'lower case' : 'mixed case';
}

/** A keyword in the file's case. @param keyword in capitals */
export function keywordLike(file: Dockerfile, keyword: string): string {
  return keywordCase(file) === 'lower' ? keyword.toLowerCase() : keyword;
}
