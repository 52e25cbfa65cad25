// The parameters of the instruction under the cursor, from the base library, which is shown that one
// instruction and no more.
import type { Position, SignatureHelp } from 'vscode-languageserver';
import * as baseService from './base-service';
import type { FeatureInput } from './input';
import { toOffset } from './input';
import { commentAt, heredocAt, instructionAt } from './locate';

export async function signatureHelp(input: FeatureInput, position: Position): Promise<SignatureHelp | null> {
  const offset = toOffset(input, position);
  if (commentAt(input.file, offset)) return null;
  const found = instructionAt(input.file, offset);
  if (!found || heredocAt(found, offset)) return null;
  // A trigger stands behind its ONBUILD, which is the instruction in the list.
  const whole = found.onbuild ? (input.file.instructions[found.index] ?? found) : found;
  const bodies = whole.heredocs[0]?.body.start ?? Infinity;
  const end = Math.max(offset, Math.min(whole.span.end, bodies));
  const head = input.file.escape === '`' ? '# escape=`\n' : '';
  const first = input.document.positionAt(whole.span.start);
  const help = await baseService.signatureHelp(head + input.text.slice(whole.span.start, end), {
    line: position.line - first.line + (head ? 1 : 0),
    character: position.line === first.line ? position.character - first.character : position.character,
  });
  return help ?? null;
}
