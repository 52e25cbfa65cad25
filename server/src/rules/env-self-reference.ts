import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Instruction } from '../core/lint/rule';

/**
 * The builder expands all values of one `ENV` with what was set before it. So a value cannot see the other pairs of its
 * own instruction.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ENV APP_HOME=/opt/app APP_BIN=«$APP_HOME»/bin
 * ```
 * > APP_HOME is not set yet: the pairs of one ENV do not see each other
 * ```dockerfile fixed
 * FROM debian:12
 * ENV APP_HOME=/opt/app
 * ENV APP_BIN=$APP_HOME/bin
 * ```
 * The order does not matter, and a comment stays where it is:
 * ```dockerfile bad
 * FROM debian:12
 * ENV BIN=«${HOME_DIR}»/bin HOME_DIR=/opt
 * ENV A=1 \
 *     # the second
 *     B=«$A»
 * ```
 * > HOME_DIR is not set yet: the pairs of one ENV do not see each other
 * > A is not set yet: the pairs of one ENV do not see each other
 * An earlier value is seen, and a variable may extend itself:
 * ```dockerfile good
 * FROM debian:12
 * ENV APP_HOME=/srv
 * ENV APP_HOME=/opt/app APP_BIN=$APP_HOME/bin
 * ENV PATH=/opt/bin:$PATH LIST=$LIST,a
 * ENV NAME=x OTHER='$NAME'
 * FROM registry.example.com/team/base:1
 * ENV MODE=a LEVEL=$MODE
 * ENV JAVA=/opt/java JAVA_BIN=${JAVA:-/usr}/bin
 * ```
 * The image below may set the variable. The profile `strict` reports that as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM acme/base:1
 * ENV HOME_DIR=/srv BIN=«$HOME_DIR»/bin
 * ```
 * > The pairs of one ENV do not see each other, so HOME_DIR is what the base image says
 * ```dockerfile fixed
 * FROM acme/base:1
 * ENV HOME_DIR=/srv
 * ENV BIN=$HOME_DIR/bin
 * ```
 * A value for a variable that is not set is used then, which may be what is meant:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ENV ROOT=/opt ROOT_BIN=«${ROOT:-/usr}»/bin
 * ENV MODE=a FLAG=«${MODE:+--mode}»
 * ```
 * > The pairs of one ENV do not see each other, so this is what it says for ROOT without a value
 * > The pairs of one ENV do not see each other, so this is what it says for MODE without a value
 * ```dockerfile fixed
 * FROM debian:12
 * ENV ROOT=/opt
 * ENV ROOT_BIN=${ROOT:-/usr}/bin
 * ENV MODE=a
 * ENV FLAG=${MODE:+--mode}
 * ```
 */
export default defineRule({
  id: 'env-self-reference',
  summary: 'A value of ENV reads a variable of the same ENV',
  category: 'runtime',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3044'],
  mentions: ['env'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const instruction of model.instructionsOf('ENV')) {
      const { index, pairs, comments, keywordSpan } = instruction;
      if (pairs.length < 2) continue;
      const written = model.file.instructions[index] as Instruction;
      const byName = new Map(pairs.map((pair, position) => [pair.key.value, position] as const));
      for (const [position, pair] of pairs.entries()) {
        for (const { name, span, modifier } of pair.value?.variables ?? []) {
          const other = byName.get(name);
          if (other === undefined || other === position || pair.key.value === name) continue;
          if (model.environmentAt(instruction).variables.has(name)) continue;
          // The base image may set it. Then the earlier value is meant, or not: nobody knows.
          const declared = model.isDeclared(name, instruction);
          // With a modifier, the text says itself what is to come of a variable that is not set.
          const isOpen = declared === undefined || modifier !== undefined;
          if (declared === true || (isOpen && profile !== 'strict')) continue;
          const previous = pairs[position - 1];
          yield {
            at: span,
            message: !isOpen
              ? `${name} is not set yet: the pairs of one ENV do not see each other`
              : declared === undefined
                ? `The pairs of one ENV do not see each other, so ${name} is what the base image says`
                : `The pairs of one ENV do not see each other, so this is what it says for ${name} without a value`,
            severity: isOpen ? 'hint' : undefined,
            // To BuildKit it is a variable that nothing sets, which says less.
            hides: [span],
            ...(previous &&
              other < position &&
              comments.length === 0 && {
                fix: {
                  title: 'Start a new ENV here',
                  edits: [
                    {
                      start: previous.span.end,
                      end: pair.span.start,
                      text: `${model.document.eol}${model.document.slice({ start: written.span.start, end: keywordSpan.end })} `,
                    },
                  ],
                },
              }),
          };
        }
      }
    }
  },

  *hadolint({ model }) {
    const known = new Set<string>();
    for (const { keyword, pairs } of model.file.instructions) {
      if (keyword === 'ARG') for (const { key } of pairs) known.add(key.raw);
      if (keyword !== 'ENV') continue;
      const written = pairs.map(({ key }) => key.value);
      for (const [position, { value, span }] of pairs.entries()) {
        for (const [, braced, bare] of value?.raw.matchAll(/\$(?:\{(\w+)\}|(\w+))/g) ?? []) {
          const name = braced ?? bare ?? '';
          const isOther = written.some((one, index) => one === name && index !== position);
          if (isOther && !known.has(name)) yield { at: span, message: `${name} is not set yet` };
        }
      }
      for (const name of written) known.add(name);
    }
  },
});
