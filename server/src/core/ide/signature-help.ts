// The parameters of the instruction under the cursor, from the base service, which gets only this instruction.
import type { Signatures } from './base-service';
import { commentAt, heredocAt, instructionAt } from './locate';
import type { Subject } from './subject';

export async function signaturesAt(
  { model: { file }, service }: Subject,
  offset: number,
): Promise<Signatures | undefined> {
  if (commentAt(file, offset)) return undefined;
  const found = instructionAt(file, offset);
  if (!found || heredocAt(found, offset)) return undefined;
  // A trigger is part of its ONBUILD, which is the instruction in the list.
  const whole = found.onbuild ? (file.instructions[found.index] ?? found) : found;
  const { start } = whole.span;
  const bodies = whole.heredocs[0]?.body.start ?? Infinity;
  const end = Math.max(offset, Math.min(whole.span.end, bodies));
  const head = file.escape === '`' ? '# escape=`\n' : '';
  return service.signatures(head + file.text.slice(start, end), head.length + offset - start);
}
