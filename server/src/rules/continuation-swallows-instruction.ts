import { parsePiece, syntaxProblems } from '../core/analysis/text/syntax-problems';
import { missingArgument } from '../core/analysis/text/missing-argument';
import { isKeyword } from '../core/knowledge/syntax/instructions';
import { defineRule, remove } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';
import type { Segment } from '../core/syntax/nodes';

/**
 * A line that ends in the escape character goes on with the next one, also if that was meant to be an instruction of its own.
 *
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12
 * RUN useradd app && \
 *     mkdir /app && \
 * «USER app»
 * ENV A=1 \
 *
 * «WORKDIR /app»
 * COPY a \
 *   # the last one
 *   b /app/ \
 * «CMD ["app"]»
 * RUN make && cd / \
 * # && rm -rf /app
 *
 * «ENV DB_HOST localhost»
 * ```
 * > The \ above makes this USER part of the RUN
 * > The \ above makes this WORKDIR part of the ENV
 * > The \ above makes this CMD part of the COPY
 * > The \ above makes this ENV part of the RUN
 * ```dockerfile fixed
 * FROM debian:12
 * RUN useradd app && \
 *     mkdir /app
 * USER app
 * ENV A=1
 *
 * WORKDIR /app
 * COPY a \
 *   # the last one
 *   b /app/
 * CMD ["app"]
 * RUN make && cd /
 * # && rm -rf /app
 *
 * ENV DB_HOST localhost
 * ```
 * Behind a blank line it may be indented further:
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo "fast" > /etc/mode \
 *
 *     «ENV MODE="fast"»
 * ```
 * > The \ above makes this ENV part of the RUN
 * ```dockerfile fixed
 * FROM debian:12
 * RUN echo "fast" > /etc/mode
 *
 *     ENV MODE="fast"
 * ```
 * Words in quotes, in a heredoc, indented further or in lower case are text:
 * ```dockerfile good
 * FROM debian:12
 * RUN psql -c "CREATE ROLE app; \
 * USER app; \
 * "
 * RUN make \
 *   ADD one
 * RUN echo \
 * USER
 * RUN env \
 * CMD=1 \
 * make
 * RUN cat <<EOF
 * a \
 * USER app
 * EOF
 * RUN printf %s \
 * COPY one
 * RUN true \
 * run make
 * ONBUILD \
 * RUN make
 * RUN echo \
 * EXPOSE it \
 * ENV it \
 * SHELL it \
 * HEALTHCHECK it \
 * FROM here to \
 * EXPOSE 80
 * HEALTHCHECK --interval=30s --timeout=3s \
 * CMD wget -q -O - http://localhost/ || exit 1
 * RUN echo \
 * LABEL it \
 * ARG it \
 * echo "a \" b"
 * ```
 *
 * @skip lower-case only capitals show an instruction
 * @skip onbuild the words behind ONBUILD have another indentation
 */
export default defineRule({
  id: 'continuation-swallows-instruction',
  summary: 'An instruction is part of the one above, which ends in an escape character',
  category: 'syntax',
  severity: 'error',
  refused: false,
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const instruction of model.file.instructions) {
      if (instruction.line.segments.length < 2 || !mayStart.test(model.document.slice(instruction.span)))
        continue;
      const found = swallowed(model, instruction);
      if (found) yield found;
    }
  },
});

/** Capitals at the start of a line that begins no deeper than the instruction, with words behind them. */
const start = /^([A-Z]{3,11})[ \t]+\S/;

/** `HEALTHCHECK --interval=30s `, of which CMD is a part. */
const onlyOptions = /^\s*(?:ONBUILD\s+)?HEALTHCHECK(?:\s+--\S+)*\s*$/i;

/** The same behind the first of several lines. */
const mayStart = /\n[^\S\n]*[A-Z]{3,11}[ \t]+\S/;

/** Whether a blank line stands in front of a line: then its indentation says less. */
function isAfterBlank({ document }: Model, before: Segment, segment: Segment): boolean {
  return /\n[ \t]*\r?\n/.test(
    document.slice({ start: before.document + before.length, end: segment.document }),
  );
}

/** Each try reads the rest of the instruction. */
const mostTried = 5;

function swallowed(model: Model, instruction: Instruction): Finding | undefined {
  const { line, span } = instruction;
  const { document, file } = model;
  const indent = document.indentAt(span.start).length;
  let quote = '';
  let before = line.segments[0];
  let tried = 0;
  for (const segment of line.segments) {
    const text = line.text.slice(segment.logical, segment.logical + segment.length);
    // The trigger of an ONBUILD may stand on a line of its own.
    const isTrigger =
      instruction.trigger !== undefined &&
      line.text.slice(0, segment.logical).trim().length === instruction.keyword.length;
    // What a HEALTHCHECK runs may also stand on a line of its own, behind its options.
    const isCheck = onlyOptions.test(line.text.slice(0, segment.logical));
    const keyword =
      segment === before || quote !== '' || isTrigger || isCheck
        ? undefined
        : start.exec(text.trimStart())?.[1];
    const depth = text.length - text.trimStart().length;
    if (
      before &&
      keyword !== undefined &&
      (depth <= indent || isAfterBlank(model, before, segment)) &&
      isKeyword(keyword)
    ) {
      if (tried === mostTried) return undefined;
      tried += 1;
      const at = { start: segment.document + depth, end: span.end };
      const read = parsePiece(file, document.slice(at));
      const [whole] = read.instructions;
      if (whole && syntaxProblems(read) === 0 && fits(whole)) {
        const head = file.text.slice(span.start, before.document + before.length);
        const kept = head
          .trimEnd()
          .replace(/(?:&&|\|\||;|\|)$/, '')
          .trimEnd();
        const from = span.start + kept.length;
        const to = document.line(document.lineAt(before.document)).end;
        return {
          at: { start: at.start, end: Math.min(at.end, document.line(document.lineAt(at.start)).end) },
          message: `The ${file.escape} above makes this ${keyword} part of the ${(instruction.trigger ?? instruction).keyword}`,
          hides: [span],
          fix: { title: `Remove the ${file.escape} above`, edits: [remove({ start: from, end: to })] },
        };
      }
    }
    quote = quoteAfter(text, quote);
    before = segment;
  }
  return undefined;
}

/** Whether the words behind a keyword are what it takes: `ADD one` in a sentence is not. */
function fits(instruction: Instruction): boolean {
  const { keyword, words, argumentsLogical, line } = instruction;
  if (missingArgument(instruction) !== undefined) return false;
  const text = line.text.slice(argumentsLogical.start, argumentsLogical.end);
  switch (keyword) {
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      return /^\S+$/.test(text);
    case 'EXPOSE':
      return words.every(({ raw }) => /^[\d$]/.test(raw));
    case 'ENV':
      return text.includes('=') || /^[A-Z][A-Z\d_]*[ \t]+\S+$/.test(text);
    case 'LABEL':
    case 'ARG':
      return text.includes('=');
    case 'SHELL':
      return text.startsWith('[');
    case 'HEALTHCHECK':
      return /^(?:CMD|NONE)\b/.test(text);
    case 'FROM':
      return words.length === 1 || words[1]?.raw.toUpperCase() === 'AS';
    default:
      return true;
  }
}

/** The quote that is open behind a text. @param open the one in front of it, or nothing */
function quoteAfter(text: string, open: string): string {
  let quote = open;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && quote !== "'") at += 1;
    else if (quote === '' ? character === '"' || character === "'" : character === quote)
      quote = quote === '' ? character : '';
  }
  return quote;
}
