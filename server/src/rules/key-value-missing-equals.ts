import { unreadable } from '../core/analysis/text/refused-text';
import { pairWithoutValue } from '../core/analysis/text/hadolint-limits';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, insertAfter, replace } from '../core/lint/rule';
import type { Edit, Fix, Model } from '../core/lint/rule';
import type { Pair, Word } from '../core/syntax/nodes';

/**
 * If the first word of `ENV` or `LABEL` has an `=`, each other word needs one too. The builder stops at a word without.
 *
 * ```dockerfile bad
 * FROM debian:12
 * LABEL title=My «little server» version=1
 * ENV MODE= «production»
 * ENV LEVEL=info \
 *   «MODE production» \
 *   «DEBUG»
 * ENV «NAME»
 * ```
 * > LABEL needs an = behind little, so the build stops here
 * > ENV needs an = behind production, so the build stops here
 * > ENV needs an = behind MODE, so the build stops here
 * > ENV needs an = behind DEBUG, so the build stops here
 * > ENV needs an = behind NAME, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL title="My little server" version=1
 * ENV MODE=production
 * ENV LEVEL=info \
 *   MODE=production \
 *   DEBUG=
 * ENV NAME=
 * ```
 * ```dockerfile fixed alternative="Add the missing ="
 * FROM debian:12
 * LABEL title=My little= server= version=1
 * ENV MODE= production
 * ENV LEVEL=info \
 *   MODE production \
 *   DEBUG
 * ENV NAME
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENV A="one" «two»
 * ENV A=b\ c «two 3»
 * ENV A= «b c»
 * ```
 * > ENV needs an = behind two, so the build stops here
 * > ENV needs an = behind two, so the build stops here
 * > ENV needs an = behind b, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * ENV A="one" two=
 * ENV A=b\ c two= 3=
 * ENV A= b= c=
 * ```
 * `ARG` takes each word for the name of another argument. A warning where the second word can only be meant as the value:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * ARG DEBIAN_FRONTEND «noninteractive»
 * ARG VERSION «"1.2"»
 * ```
 * > ARG declares noninteractive as another argument, so DEBIAN_FRONTEND has no value
 * > ARG declares "1.2" as another argument, so VERSION has no value
 * ```dockerfile fixed
 * FROM debian:12
 * ARG DEBIAN_FRONTEND=noninteractive
 * ARG VERSION="1.2"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ARG VERSION REVISION
 * ARG HTTP_PROXY http_proxy
 * ARG USER group
 * ARG user name
 * ARG A b c
 * RUN install -o $USER -g ${group} app /srv
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ENV MODE production
 * LABEL title="My little server" version=1
 * ARG A=1 B
 * ENV A=${B c} d
 * ```
 */
export default defineRule({
  id: 'key-value-missing-equals',
  summary: 'A word of ENV, LABEL or ARG lacks its =',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000', 'dockerfile-utils:SYNTAX_MISSING_EQUALS'],
  explains: ['dockerfile-refused'],
  mentions: ['env', 'label', 'arg'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('ENV', 'LABEL')) {
      const { pairs, keyword } = instruction;
      if (pairs.every(({ value }) => value) || unreadable(model).has(instruction)) continue;
      for (const run of bareRuns(model, pairs)) {
        const [fix, ...alternatives] = repairs(model, run);
        const { first, last } = run;
        yield {
          at: { start: first.span.start, end: last.span.end },
          message: `${keyword} needs an = behind ${first.key.raw}, so ${stopsHere(instruction)}`,
          fix,
          alternatives,
        };
      }
    }
    for (const instruction of model.instructionsOf('ARG')) {
      const [name, value, ...more] = instruction.pairs;
      if (!name || !value || more.length > 0 || !isMeantAsValue(model, name, value)) continue;
      const between = { start: name.span.end, end: value.span.start };
      yield {
        at: value.span,
        message: `ARG declares ${value.key.raw} as another argument, so ${name.key.value} has no value`,
        severity: 'warning',
        alsoKnownAs: [],
        fix: { title: 'Put an = between the two words', edits: [replace(between, '=')] },
      };
    }
  },

  *hadolint({ model }) {
    for (const instruction of model.instructionsOf('ENV', 'LABEL')) {
      const at = pairWithoutValue(instruction);
      if (at) yield { at, message: `${instruction.keyword} has a word without a value` };
    }
  },
});

/** Whether the second of two words of ARG, which has the look of a value, is read nowhere as a variable. */
function isMeantAsValue({ document: { text } }: Model, name: Pair, value: Pair): boolean {
  if (name.value || value.value || !/^[A-Z][A-Z\d_]*$/.test(name.key.value)) return false;
  const word = value.key.value;
  const isName = /^[A-Z_][A-Z\d_]*$/.test(word) || word.toUpperCase() === name.key.value;
  return !isName && !text.includes(`$${word}`) && !text.includes(`\${${word}`);
}

interface BareRun {
  /** The pair with a value in front, on the same line. */
  readonly before: Pair | undefined;
  readonly bare: readonly Pair[];
  readonly first: Pair;
  readonly last: Pair;
}

/** The words without `=`, each run on one line of the file. */
function bareRuns({ document }: Model, pairs: readonly Pair[]): readonly BareRun[] {
  const runs: { before: Pair | undefined; bare: Pair[]; first: Pair; last: Pair; line: number }[] = [];
  let previous: Pair | undefined;
  for (const pair of pairs) {
    const line = document.lineAt(pair.span.start);
    const run = runs.at(-1);
    if (!pair.value) {
      if (run && run.line === line && run.last === previous) {
        run.bare.push(pair);
        run.last = pair;
      } else {
        const isBeside = previous?.value && document.lineAt(previous.span.end) === line;
        runs.push({ before: isBeside ? previous : undefined, bare: [pair], first: pair, last: pair, line });
      }
    }
    previous = pair;
  }
  return runs;
}

function repairs({ document }: Model, { before, bare, first, last }: BareRun): readonly Fix[] {
  const add: Fix = { title: 'Add the missing =', edits: bare.map(({ key }) => insertAfter(key.span, '=')) };
  if (before?.value) {
    const words = document.slice({ start: before.span.end, end: last.span.end });
    const join = joined(before.value, first, last, words);
    return join ? [join, add] : [add];
  }
  if (bare.length !== 2) return [add];
  const between = { start: first.span.end, end: last.span.start };
  return [{ title: 'Put an = between the two words', edits: [replace(between, '=')] }];
}

/** Takes the words into the value in front of them. */
function joined(value: Word, first: Pair, last: Pair, words: string): Fix | undefined {
  const { span } = value;
  if (value.raw === '')
    return first === last
      ? {
          title: 'Remove the blank behind the =',
          edits: [replace({ start: span.end, end: first.span.start }, '')],
        }
      : undefined;
  if (/["'\\`]/.test(value.raw + words)) return undefined;
  const open: Edit = { start: value.span.start, end: value.span.start, text: '"' };
  return { title: 'Put quotes around the value', edits: [open, insertAfter(last.span, '"')] };
}
