// Words of an instruction behind those that it takes.
import { toDocumentSpan } from '../../syntax/logical-line';
import type { Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';

interface ExtraWords {
  readonly at: Span;
  /** The same with the blanks in front. */
  readonly withBlanks: Span;
}

/** The words behind the image and its name, the signal, or NONE; undefined if there are none, or for other instructions. */
export function extraWords(instruction: Instruction): ExtraWords | undefined {
  const taken = wanted(instruction);
  const { line, argumentsLogical } = instruction;
  const { start, end } = argumentsLogical;
  const [kept] = taken?.exec(line.text.slice(start, end)) ?? [];
  if (kept === undefined) return undefined;
  return {
    at: toDocumentSpan(line, { start: start + kept.length, end }),
    withBlanks: toDocumentSpan(line, { start: start + kept.trimEnd().length, end }),
  };
}

/** The words that the instruction takes, with the blanks behind them; undefined if that is not the question. */
function wanted({ keyword, words, onbuild }: Instruction): RegExp | undefined {
  switch (keyword) {
    case 'FROM':
      return !onbuild && words[1]?.raw.toUpperCase() === 'AS' ? /^(?:\S+\s+){3}/ : undefined;
    case 'HEALTHCHECK':
      return words[0]?.value.toUpperCase() === 'NONE' ? /^\S+\s+/ : undefined;
    case 'STOPSIGNAL':
      return /^\S+\s+/;
    default:
      return undefined;
  }
}
