// Each example of each rule is also run in these other spellings of the same file. A transform is a list
// of edits on the plain text, so that the marks move along.
import type { Dockerfile, Instruction } from '../../server/src/core/syntax/nodes';
import { parse } from '../../server/src/core/syntax/parse';
import { applyEdits } from '../../server/src/core/text/edit';
import type { Edit } from '../../server/src/core/text/edit';
import { mark, parseMarked } from './marked';

export interface Transform {
  readonly name: string;
  /** The marked text in the other spelling; undefined where the example cannot be spelt that way. */
  apply(source: string): string | undefined;
}

/** Applies edits to marked text; a mark inside a replaced range moves to the range's end. */
function edited(source: string, edits: readonly Edit[]): string {
  const { text, spans } = parseMarked(source);
  const move = (offset: number, isEnd: boolean): number => {
    let shift = 0;
    for (const edit of edits) {
      if (edit.end < offset || (edit.end === offset && (!isEnd || edit.start < edit.end))) {
        shift += edit.text.length - (edit.end - edit.start);
      } else if (edit.start < offset) return edit.start + shift + edit.text.length;
    }
    return offset + shift;
  };
  const moved = spans.map(({ start, end }) => ({ start: move(start, false), end: move(end, start !== end) }));
  return mark(applyEdits(text, edits), moved);
}

function fromFile(
  source: string,
  makeEdits: (file: Dockerfile) => readonly Edit[] | undefined,
): string | undefined {
  const edits = makeEdits(parse(parseMarked(source).text));
  return edits && edited(source, edits);
}

function all(file: Dockerfile): Instruction[] {
  return file.instructions.flatMap((instruction) =>
    instruction.trigger ? [instruction, instruction.trigger] : [instruction],
  );
}

const notUnderOnbuild = new Set(['FROM', 'ONBUILD', 'MAINTAINER']);

export const transforms: readonly Transform[] = [
  {
    name: 'crlf',
    apply: (source) => source.replaceAll('\n', '\r\n'),
  },
  {
    name: 'no-final-newline',
    apply: (source) =>
      /[^\n]\n$/.test(source) && !/\n»?\n$/.test(source) ? source.replace(/\n$/, '') : undefined,
  },
  {
    name: 'lower-case',
    apply: (source) =>
      fromFile(source, (file) =>
        all(file).flatMap((instruction) => {
          const text = file.text.slice(instruction.keywordSpan.start, instruction.keywordSpan.end);
          const edits: Edit[] = [{ ...instruction.keywordSpan, text: text.toLowerCase() }];
          const as = instruction.keyword === 'FROM' ? instruction.words[1] : undefined;
          if (as?.raw === 'AS') edits.push({ ...as.span, text: 'as' });
          return edits;
        }),
      ),
  },
  {
    name: 'onbuild',
    apply: (source) =>
      fromFile(source, (file) => {
        const from = file.instructions.findIndex(({ keyword }) => keyword === 'FROM');
        return file.instructions
          .slice(from + 1)
          .filter(({ keyword }) => !notUnderOnbuild.has(keyword))
          .map(({ span }) => ({ start: span.start, end: span.start, text: 'ONBUILD ' }));
      }),
  },
  {
    name: 'backtick',
    apply: (source) => {
      // Only continuations may hold the escape character, else the text would mean something else.
      if (
        source.includes('`') ||
        /\\(?!\n)/.test(source) ||
        /^«?\s*#\s*(escape|syntax|check)\s*=/i.test(source)
      )
        return undefined;
      return '# escape=`\n' + source.replaceAll('\\\n', '`\n');
    },
  },
];
