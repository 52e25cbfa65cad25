import { defineRule } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';
import { brokenContinuation } from '../core/analysis/text/broken-continuation';
import type { Span } from '../core/text/span';
import { isKeyword } from '../core/knowledge/syntax/instructions';
import { addsProblems } from '../core/analysis/text/syntax-problems';

/**
 * A line only continues if the escape character is the last thing on it. A comment or other text after it ends the instruction, and
 * the builder reads the next line as a new instruction.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk add --no-cache \
 *     build-base «\ # gcc, make»
 *     python3-dev «\     # headers»
 *     openssl-dev
 * ```
 * > The RUN ends at this comment, so the builder reads the next line as an instruction
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache \
 *     # gcc, make
 *     build-base \
 *     # headers
 *     python3-dev \
 *     openssl-dev
 * ```
 * ```dockerfile bad
 * build-base «\ # gcc, make»
 *     python3-dev
 * ```
 * > The instruction ends at this comment, so the builder reads the next line as an instruction
 * ```dockerfile fixed
 * # gcc, make
 * build-base \
 *     python3-dev
 * ```
 * Any other text behind it does the same:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN adduser -D app && «\ apk add --no-cache curl»
 *     git
 * ```
 * > The RUN ends at this comment, so the builder reads the next line as an instruction
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN adduser -D app && \
 *     apk add --no-cache curl \
 *     git
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN adduser -D app && «\ // for git»
 *     apk add --no-cache git
 * ```
 * > The RUN ends at this comment, so the builder reads the next line as an instruction
 * ```dockerfile fixed
 * FROM alpine:3.20
 * # for git
 * RUN adduser -D app && \
 *     apk add --no-cache git
 * ```
 * There is no fix if the builder could not read the joined lines either:
 * ```dockerfile bad
 * FROM alpine:3.20
 * ENV APP=/app «\ # the folders»
 *     DATA=${APP:/data LOGS=${APP:/logs
 * ```
 * > The ENV ends at this comment, so the builder reads the next line as an instruction
 * Blanks after the escape character do no harm, and a backslash may stand anywhere else:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN echo a\ # b
 * RUN echo one && \
 *     # gcc, make
 *     echo two
 * ```
 *
 * @skip backtick the escape character of the example stands in front of a comment
 * @skip onbuild the words of the broken line would get a keyword of their own
 */
export default defineRule({
  id: 'continuation-broken',
  summary: 'Text after the escape character ends the instruction',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000'],
  explains: ['dockerfile-refused'],

  *check({ model }) {
    const { document, file } = model;
    // An unknown word goes on with the instruction above it.
    let ends = '';
    for (const instruction of file.instructions) {
      if (isKeyword(instruction.keyword)) ends = instruction.keyword;
      const at = brokenContinuation(model, instruction);
      if (!at) continue;
      const after = document.slice(at).slice(1).trim();
      const isComment = /^(?:#|\/\/)/.test(after);
      const line = document.lineAt(at.start);
      const start = document.lineStart(line);
      yield {
        at,
        message: `${ends === '' ? 'The instruction' : `The ${ends}`} ends at this comment, so the builder reads the next line as an instruction`,
        // Joined, the two lines may make no sense: an image named `" "`.
        fix: makesNoSense(model, instruction, at)
          ? undefined
          : isComment
            ? {
                title: 'Move the comment above the line',
                edits: [
                  {
                    start,
                    end: start,
                    text: document.indentAt(start) + after.replace(/^\/\//, '#') + document.eol,
                  },
                  { start: at.start + 1, end: at.end, text: '' },
                ],
              }
            : {
                title: 'Put the text on a line of its own',
                edits: [
                  {
                    start: at.start + 1,
                    end: at.end,
                    text: `${document.eol}${document.indentAt(document.line(line + 1).start)}${after} ${file.escape}`,
                  },
                ],
              },
      };
    }
  },
});

function makesNoSense({ document, file }: Model, instruction: Instruction, at: Span): boolean {
  const below = file.instructions[instruction.index + 1];
  const head = document.text.slice(instruction.span.start, at.start + 1);
  const tail = document.text.slice(at.end, below?.span.end);
  return addsProblems(file, head + document.text.slice(at.start + 1, at.end) + tail, head + tail);
}
