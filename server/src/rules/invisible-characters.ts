import { deceivingCharacters } from '../core/analysis/text/invisible-characters';
import type { CharacterKind, Deceiving } from '../core/analysis/text/invisible-characters';
import { defineRule } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';

/**
 * Text from web pages and word processors brings characters that nobody sees, or that look like others. The builder takes
 * them for letters. In these examples they are written as `\u{…}`.
 *
 * ```dockerfile bad severity="error" uncovers="command-not-installed syntax-directive-missing"
 * FROM«\u{a0}»debian:12
 * «\u{feff}»RUN make
 * R«\u{200b}»UN make
 * «\u{421}»OPY a /b
 * ```
 * > A no-break space (U+00A0) does not separate words, so the build stops here
 * > Nobody sees the character U+FEFF, and the builder takes it for a letter, so the build stops here
 * > Nobody sees the character U+200B, and the builder takes it for a letter, so the build stops here
 * > U+0421 only looks like C, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make
 * RUN make
 * COPY a /b
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * COPY a«\u{a0}»b\u{a0}c /x/
 * WORKDIR /app«\u{200b}»
 * CMD [«\u{201c}»app\u{201d}]
 * COPY «\u{2014}»chown=1000 a /x
 * RUN echo "\u{a0}" '\u{2003}' \u{201c}text\u{201d}
 * # a«\u{202e}»dmin
 * RUN <<EOF
 * echo "«\u{2066}»"
 * EOF
 * ```
 * > A no-break space (U+00A0) does not separate words
 * > Nobody sees the character U+200B, and the builder takes it for a letter
 * > Typographic quotes do not make an array, so a shell gets the brackets
 * > This dash does not begin a flag: flags begin with --
 * > The character U+202E shows this line in another order than the builder reads it
 * > The character U+2066 shows this line in another order than the builder reads it
 * ```dockerfile fixed
 * FROM debian:12
 * COPY a b c /x/
 * WORKDIR /app
 * CMD ["app"]
 * COPY --chown=1000 a /x
 * RUN echo "\u{a0}" '\u{2003}' \u{201c}text\u{201d}
 * # admin
 * RUN <<EOF
 * echo ""
 * EOF
 * ```
 * Behind an escape character, such a blank ends the instruction:
 * ```dockerfile bad severity="error"
 * FROM debian:12
 * RUN make \«\u{a0}»
 *     install
 * ```
 * > Behind the escape character stands U+00A0, so the line does not continue
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make \
 *     install
 * ```
 * Where they separate words, stand in quotes or belong to an emoji, they do no harm:
 * ```dockerfile good
 * FROM debian:12
 * \u{a0}RUN make\u{a0}
 * ENV A=1\u{a0}B=2
 * LABEL team="\u{1f469}\u{200d}\u{1f4bb} \u{201c}we\u{201d}"
 * # no-break\u{a0}space
 * COPY a\u{2013}b /x
 * ```
 * In a command, a dash from a web page is no option:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get install «–»y ./a.deb && rm —rf "/tmp/a – b" && make –no-silent
 * ```
 * > This dash does not begin an option: a program takes the word for a name
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get install -y ./a.deb && rm -rf "/tmp/a – b" && make --no-silent
 * ```
 * In the name of a flag, a letter of another alphabet makes another flag:
 * ```dockerfile bad severity="error"
 * FROM debian:12
 * COPY --«с»hown=1000 app.py /app/
 * ```
 * > U+0441 only looks like c, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * COPY --chown=1000 app.py /app/
 * ```
 * The same goes for the name of an image:
 * ```dockerfile bad severity="error"
 * FROM «е»xample.com/base:1
 * COPY --from=registry.example.com/t«о»ol:1 /tool /usr/bin/
 * ```
 * > U+0435 only looks like e, so the build stops here
 * > U+043E only looks like o, so the build stops here
 * ```dockerfile fixed
 * FROM example.com/base:1
 * COPY --from=registry.example.com/tool:1 /tool /usr/bin/
 * ```
 * ```dockerfile bad severity="error"
 * FROM debian«\u{200b}»:12
 * ```
 * > Nobody sees the character U+200B, and the builder takes it for a letter, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * ```
 * The braces of a variable hold no blank at all:
 * ```dockerfile bad
 * ARG BASE=golang:1.25
 * FROM ${« »BASE}
 * ```
 * > A no-break space (U+00A0) does not separate words
 * ```dockerfile fixed
 * ARG BASE=golang:1.25
 * FROM ${BASE}
 * ```
 *
 * @skip onbuild the words behind ONBUILD would be found in its place
 * @skip backtick the escape character of the example stands in front of a blank
 * @skip lower-case a keyword with such a character is not one
 */
export default defineRule({
  id: 'invisible-characters',
  summary: 'A character that nobody sees, or that looks like another',
  category: 'syntax',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    let line: Deceiving[] = [];
    for (const one of deceivingCharacters(model)) {
      const [first] = line;
      if (first && model.document.lineAt(first.at.start) !== model.document.lineAt(one.at.start)) {
        yield finding(model, first, line);
        line = [];
      }
      line.push(one);
    }
    const [first] = line;
    if (first) yield finding(model, first, line);
  },
});

/** One finding for a line, at the first of its characters. */
function finding(model: Model, { at, kind, stops, text }: Deceiving, line: readonly Deceiving[]): Finding {
  const code = model.document.text.charCodeAt(at.start).toString(16).toUpperCase().padStart(4, '0');
  const says: Readonly<Record<CharacterKind, string>> = {
    order: `The character U+${code} shows this line in another order than the builder reads it`,
    width: `Nobody sees the character U+${code}, and the builder takes it for a letter`,
    blank: `A ${code === '00A0' ? 'no-break' : 'special'} space (U+${code}) does not separate words`,
    quote: 'Typographic quotes do not make an array, so a shell gets the brackets',
    dash: 'This dash does not begin a flag: flags begin with --',
    option: 'This dash does not begin an option: a program takes the word for a name',
    letter: `U+${code} only looks like ${text}`,
  };
  const isEnd = kind === 'blank' && text === '';
  return {
    at,
    ...(stops && { severity: 'error', hides: [at] }),
    message: isEnd
      ? `Behind the escape character stands U+${code}, so the line does not continue`
      : `${says[kind]}${stops ? ', so the build stops here' : ''}`,
    fix: {
      title: line.some((one) => one.text !== '')
        ? 'Replace them with plain characters'
        : 'Remove the invisible characters',
      safety: line.every((one) => one.stops) ? 'safe' : 'suggested',
      edits: line.map((one) => ({ ...one.at, text: isInBraces(model, one) ? '' : one.text })),
    },
  };
}

/** Whether a blank stands directly inside the braces of a variable, which allow none. */
function isInBraces({ document: { text } }: Model, { at }: Deceiving): boolean {
  return text.slice(at.start - 2, at.start) === '${' || text[at.end] === '}';
}
