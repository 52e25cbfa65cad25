// Counts what the builder would refuse to read: grammar problems and unknown instructions.
import { isKeyword } from '../../knowledge/syntax/instructions';
import type { Dockerfile } from '../../syntax/nodes';
import { parse } from '../../syntax/parse';

/** Whether a piece of a file has more problems after a change than before it. */
export function addsProblems(file: Dockerfile, before: string, after: string): boolean {
  return syntaxProblems(parsePiece(file, after)) > syntaxProblems(parsePiece(file, before));
}

/** Reads a piece of a file as it is read there. Its offsets are not those of the file. */
export function parsePiece({ escape }: Dockerfile, piece: string): Dockerfile {
  // Start with a line end, so that a byte order mark has no meaning.
  return parse(`${escape === '`' ? '# escape=`' : ''}\n${piece}`);
}

/** Number of grammar problems and unknown instructions. */
export function syntaxProblems(file: Dockerfile): number {
  let count = file.problems.length;
  for (const instruction of file.instructions) {
    if (!isKeyword(instruction.keyword)) count += 1;
    if (instruction.trigger && !isKeyword(instruction.trigger.keyword)) count += 1;
  }
  return count;
}
