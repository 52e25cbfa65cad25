import { defineRule } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';
import type { Pair } from '../core/syntax/nodes';
import type { Span } from '../core/text/span';

/**
 * `ARG SOURCE_DATE_EPOCH` above the first `FROM` gives the time of files and of the image: seconds since 1970, `context`, or
 * a stage from `scratch` that does nothing but `ADD` one URL or repository, whose time counts.
 *
 * ```dockerfile bad
 * ARG SOURCE_DATE_EPOCH=«2025-01-01»
 * FROM debian:12
 * ```
 * > SOURCE_DATE_EPOCH takes seconds since 1970, context or a stage, not 2025-01-01, so the build stops
 * ```dockerfile bad
 * ARG SOURCE_DATE_EPOCH=source
 * FROM debian:12 AS «source»
 * ADD https://example.com/a /
 * FROM debian:12
 * ```
 * > SOURCE_DATE_EPOCH takes its time from this stage, which has to start from scratch, so the build stops
 * ```dockerfile bad
 * ARG SOURCE_DATE_EPOCH=source
 * FROM scratch AS «source»
 * ADD https://example.com/a /
 * COPY a /
 * FROM debian:12
 * ```
 * > The stage that gives SOURCE_DATE_EPOCH its time can only ADD one URL or repository, so the build stops
 * ```dockerfile bad
 * ARG SOURCE_DATE_EPOCH=source
 * FROM scratch AS «source»
 * ADD a.tar /
 * FROM debian:12
 * ```
 * > The stage that gives SOURCE_DATE_EPOCH its time can only ADD one URL or repository, so the build stops
 * ```dockerfile bad
 * ARG SOURCE_DATE_EPOCH=source
 * FROM scratch AS «source»
 * FROM debian:12
 * ```
 * > The stage that gives SOURCE_DATE_EPOCH its time can only ADD one URL or repository, so the build stops
 * ```dockerfile good
 * ARG SOURCE_DATE_EPOCH=Source
 * FROM scratch AS source
 * ARG VERSION=1
 * ADD https://example.com/app-${VERSION}.tar /
 * FROM debian:12
 * ARG SOURCE_DATE_EPOCH
 * ```
 * ```dockerfile good
 * ARG TIME
 * ARG SOURCE_DATE_EPOCH=$TIME
 * ARG SOURCE_DATE_EPOCH=1735689600
 * FROM debian:12
 * ```
 * ```dockerfile good
 * ARG SOURCE_DATE_EPOCH=context
 * FROM debian:12
 * ```
 * ```dockerfile good
 * ARG SOURCE_DATE_EPOCH
 * FROM debian:12
 * ```
 * ```dockerfile good
 * ARG SOURCE_DATE_EPOCH=source
 * FROM scratch AS source
 * ADD ${URL} /
 * FROM debian:12
 * ```
 *
 * @skip onbuild the stage is not one of that build
 */
export default defineRule({
  id: 'source-date-epoch-invalid',
  summary: 'SOURCE_DATE_EPOCH is not a time that the builder can read',
  category: 'build',
  severity: 'error',
  refused: true,
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['epoch'],

  *check({ model }) {
    const last = lastOf(model);
    if (!last?.pair.value) return;
    const { text } = model.expansion(last.pair.value, last.instruction, '');
    if (text === undefined || text === '' || isSeconds(text) || text === 'context') return;
    const [source] = model.stages.flatMap(({ name, from, instructions }) =>
      name?.value.toLowerCase() === text.toLowerCase()
        ? [{ at: name.span, image: from?.words[0]?.value, instructions }]
        : [],
    );
    if (source) yield* sourceProblem(model, source, last.pair);
    else
      yield {
        at: last.pair.value.span,
        message: `SOURCE_DATE_EPOCH takes seconds since 1970, context or a stage, not ${text}, so the build stops`,
      };
  },
});

/** The last ARG of that name above the first FROM. */
function lastOf({ preamble }: Model): { instruction: Model['preamble'][number]; pair: Pair } | undefined {
  return preamble
    .flatMap((instruction) => instruction.pairs.map((pair) => ({ instruction, pair })))
    .filter(({ pair }) => pair.key.value === 'SOURCE_DATE_EPOCH')
    .at(-1);
}

/** Whether Go reads a whole number of 64 bits. */
function isSeconds(text: string): boolean {
  return /^[+-]?\d{1,19}$/.test(text) && Math.abs(Number(text)) < 2 ** 63;
}

interface Source {
  /** The name of the stage. */
  readonly at: Span;
  readonly image: string | undefined;
  readonly instructions: readonly Instruction[];
}

function* sourceProblem(model: Model, { at, image, instructions }: Source, pair: Pair): Generator<Finding> {
  const named = { at: pair.span, message: 'SOURCE_DATE_EPOCH names the stage here' };
  // What a variable gives is not known.
  if (!/^scratch$|\$/.test(`${image}`)) {
    const message =
      'SOURCE_DATE_EPOCH takes its time from this stage, which has to start from scratch, so the build stops';
    yield { at, message, related: [named] };
    return;
  }
  const adds = instructions.filter(({ keyword }) => keyword === 'ADD');
  const other = instructions.find(({ keyword }) => !/^(?:ARG|ADD)$/.test(keyword)) ?? adds[1];
  const [add] = adds;
  const sources = (add && model.copyOf(add)?.sources) ?? [];
  const isLocal = ({ kind, variable }: (typeof sources)[number]): boolean =>
    kind !== 'url' && kind !== 'git' && !variable;
  const wrong = other ?? (sources.length > 1 || sources.some(isLocal) ? add : undefined);
  if (add && !wrong) return;
  yield {
    at,
    message:
      'The stage that gives SOURCE_DATE_EPOCH its time can only ADD one URL or repository, so the build stops',
    related: [
      named,
      ...(wrong ? [{ at: wrong.keywordSpan, message: `This ${wrong.keyword} is too much` }] : []),
    ],
  };
}
