import { malformedArrayOf } from '../core/analysis/text/loose-array';
import { refusedText } from '../core/analysis/text/refused-text';
import { stopsHere } from '../core/analysis/text/stops';
import { trailingComments } from '../core/analysis/text/trailing-comment';
import { defineRule, remove, replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import type { Word } from '../core/syntax/nodes';

/**
 * The builder stops at a quote that is never closed.
 *
 * ```dockerfile bad uncovers="label-duplicate-key"
 * FROM debian:12
 * ENV NAME=«"»Jane Doe
 * LABEL maintainer=O«'»Brien title=x
 * LABEL description It is Jane«'»s server
 * USER «"»1000
 * EXPOSE «"»80
 * STOPSIGNAL SIGTERM«"»
 * LABEL title="Jane's"«"»
 * ENV «"»MODE=production
 * ONBUILD ENV NAME=Jane«"»
 * ```
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so the build stops here
 * > The quote is never closed, so builds on this image stop here
 * ```dockerfile fixed
 * FROM debian:12
 * ENV NAME="Jane Doe"
 * LABEL maintainer="O'Brien" title=x
 * LABEL description "It is Jane's server"
 * USER "1000"
 * EXPOSE "80"
 * STOPSIGNAL "SIGTERM"
 * LABEL title="Jane's"
 * ENV "MODE"=production
 * ONBUILD ENV NAME="Jane"
 * ```
 * `COPY`, `ADD` and `VOLUME` split their words at blanks, also in quotes. A JSON array keeps them together:
 * ```dockerfile bad
 * FROM debian:12
 * COPY «"»my file.txt" config /srv/
 * ADD «"»other file.txt" /srv/ $
 * ```
 * > COPY splits its words at blanks, also in quotes, so the build stops here
 * > ADD splits its words at blanks, also in quotes, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * COPY ["my file.txt", "config", "/srv/"]
 * ADD "other file.txt" /srv/ $
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * COPY --chown=«"»1 a /b
 * VOLUME «"»my data" $MORE
 * LABEL «"»maintainer Ann <ann@example.com>"
 * LABEL title=""my«"»
 * ```
 * > The quote is never closed, so the build stops here
 * > VOLUME splits its words at blanks, also in quotes, so the build stops here
 * > LABEL needs a name of its own in front of the value, so the build stops here
 * > The quote is never closed, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * ENV NAME="Jane Doe" OTHER='J"' THIRD=\"
 * COPY ['a', 'b c', '/srv/']
 * RUN echo "
 * ARG "name
 * COPY a b # don't
 * ```
 */
export default defineRule({
  id: 'quote-unterminated',
  summary: 'A quote is never closed',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL1000',
    'dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE',
    'dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE',
  ],
  explains: ['dockerfile-refused'],

  *check({ model }) {
    let last: Instruction | undefined;
    for (const { problem, instruction: whole, later } of refusedText(model, kinds)) {
      const instruction = whole?.trigger ?? whole;
      // A quote that opens in one word of COPY closes in another one. The quote may belong to a broken array, which is
      // json-array-malformed, or to a comment, which is comment-in-arguments.
      if (!whole || !instruction || instruction === last || isExplained(model, whole, instruction)) continue;
      last = instruction;
      const { at } = problem;
      const isName =
        instruction.keyword === 'ARG' &&
        instruction.pairs.some(({ value, key }) => !value && key.unterminated);
      if (isName) continue;
      // `LABEL "name value"`: the name ends at the blank, in the middle of the quotes.
      const isCut = instruction.pairs.some(
        ({ legacy, key, value }) =>
          legacy &&
          key.unterminated?.start === at.start &&
          value?.raw.endsWith(model.file.text.charAt(at.start)),
      );
      const words = splitsQuotes.has(instruction.keyword) && closesLater(instruction, at.start);
      yield {
        at,
        message: isCut
          ? `${instruction.keyword} needs a name of its own in front of the value, so ${stopsHere({ onbuild: later })}`
          : words
            ? `${instruction.keyword} splits its words at blanks, also in quotes, so ${stopsHere({ onbuild: later })}`
            : `The quote is never closed, so ${stopsHere({ onbuild: later })}`,
        // Nobody knows which words there are.
        ...(splitsQuotes.has(instruction.keyword) && {
          hides: [instruction.keywordSpan, instruction.argumentsSpan],
        }),
        fix: isCut
          ? undefined
          : words
            ? writeArray(model, instruction)
            : closeQuote(model, instruction, at.start),
      };
    }
  },

  *hadolint({ model }) {
    for (const { keyword, pairs } of model.instructionsOf('ENV', 'LABEL'))
      for (const { legacy, key, value } of pairs) {
        const at = legacy ? undefined : (key.unterminated ?? value?.unterminated);
        if (at) yield { at, message: `${keyword} has a quote that is never closed` };
      }
  },
});

const kinds = new Set(['open-quote'] as const);

function isExplained(model: Model, whole: Instruction, instruction: Instruction): boolean {
  return malformedArrayOf(instruction) !== undefined || trailingComments(model, whole).length > 0;
}

const splitsQuotes: ReadonlySet<string> = new Set(['ADD', 'COPY', 'VOLUME']);

function closesLater({ words }: Instruction, start: number): boolean {
  return words.some(({ unterminated }) => unterminated && unterminated.start > start);
}

function writeArray(
  { file }: Model,
  { line, argumentsLogical, argumentsSpan }: Instruction,
): Fix | undefined {
  const text = line.text.slice(argumentsLogical.start, argumentsLogical.end);
  const written = file.text.slice(argumentsSpan.start, argumentsSpan.end);
  const words = [...text.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/g)].map(([word]) => word);
  const isWhole = words.join(' ').length === text.replace(/\s+/g, ' ').length;
  if (!isWhole || /[\\`$[\]]/.test(text) || written !== text) return undefined;
  const strings = words.map((word) => JSON.stringify(word.replace(/^(["'])(.*)\1$/, '$2')));
  return { title: 'Write it as a JSON array', edits: [replace(argumentsSpan, `[${strings.join(', ')}]`)] };
}

/** An apostrophe gets double quotes around its value; another quote is closed at the end of the value. */
function closeQuote({ document, file }: Model, instruction: Instruction, start: number): Fix | undefined {
  const word = wordWith(instruction, start);
  if (!word) return undefined;
  const { span, raw } = word;
  const quote = file.text.charAt(start);
  const isApostrophe = quote === "'" && /\w/.test(file.text.charAt(start - 1)) && !/["\\`]/.test(raw);
  const next = instruction.pairs.some(({ legacy }) => legacy) ? -1 : raw.search(/\s+[\w.-]+=/);
  // The next pair begins here, unless lines are joined and the place is not known.
  const end = next > 0 && document.slice(span) === raw ? span.start + next : span.end;
  const close: Edit = { start: end, end, text: isApostrophe ? '"' : quote };
  const isLast = start + 1 === span.end && raw.length > 1;
  if (isLast && raw.endsWith(quote + quote))
    return { title: 'Remove the second quote', edits: [remove({ start, end: span.end })] };
  if (isLast && raw.indexOf(quote) < raw.length - 1) return undefined;
  if (isLast)
    return {
      title: 'Put quotes around the value',
      edits: [{ start: span.start, end: span.start, text: quote }],
    };
  return isApostrophe
    ? {
        title: 'Put double quotes around the value',
        edits: [{ start: span.start, end: span.start, text: '"' }, close],
      }
    : { title: 'Close the quote at the end', edits: [close] };
}

function wordWith({ pairs, words }: Instruction, start: number): Word | undefined {
  const all = pairs.length > 0 ? pairs.flatMap(({ key, value }) => [key, value]) : words;
  return all.find((word) => word?.unterminated?.start === start);
}
