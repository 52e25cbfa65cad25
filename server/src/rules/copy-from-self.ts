import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import type { Span } from '../core/text/span';

/**
 * A stage cannot copy from itself: what it would copy is only there when it is done, and the build stops.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * COPY --from=«build» /src /src
 * RUN --mount=type=bind,from=«build»,target=/b true
 * FROM alpine:3.20
 * COPY --from=«1» /a /b
 * ```
 * > This stage copies from itself, and the build stops
 * ```dockerfile good
 * FROM golang:1.23 AS build
 * COPY --from=alpine:3.20 /etc/os-release /
 * FROM alpine:3.20
 * COPY --from=build /app /app
 * ```
 * Nor can stages that need each other be built:
 * ```dockerfile bad
 * FROM alpine:3.20
 * COPY --from=«tools» /a /b
 * FROM alpine:3.20 AS middle
 * COPY --from=0 /b /c
 * FROM alpine:3.20 AS tools
 * COPY --from=middle /c /d
 * ```
 * > stage 0 and tools need each other, and the build stops
 */
export default defineRule({
  id: 'copy-from-self',
  summary: 'A stage copies from itself',
  category: 'stage',
  severity: 'error',
  refused: true,
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3023', 'trivy:DS-0006', 'kics:copy_from_references_current_from_alias'],

  *check({ model }) {
    for (const stage of model.stages) {
      for (const { stage: user, at } of stage.usedBy) {
        if (user !== stage) continue;
        yield { at, message: 'This stage copies from itself, and the build stops' };
      }
    }
    for (const { at, first, second } of circles(model))
      yield { at, message: `${first} and ${second} need each other, and the build stops` };
  },

  *hadolint({ model }) {
    for (const { name, instructions } of model.stages) {
      for (const { keyword, onbuild, flags } of instructions) {
        const from = flags.find((flag) => flag.name === 'from')?.value;
        if (keyword === 'COPY' && !onbuild && from && from.raw === name?.raw)
          yield { at: from.span, message: 'This stage copies from itself' };
      }
    }
  },
});

interface Circle {
  /** Where a stage names one further down that in the end needs it. */
  readonly at: Span;
  readonly first: string;
  readonly second: string;
}

/** The uses of later stages that close a circle of several stages, each once. */
function* circles({ stages }: Model): Generator<Circle> {
  const forward = stages.flatMap((used) =>
    used.usedBy.flatMap((use) =>
      use.stage.index < used.index ? [{ used, user: use.stage, at: use.at }] : [],
    ),
  );
  for (const { used, user, at } of forward.slice(0, mostForward))
    if (isReached(user, used)) yield { at, first: nameOf(user), second: nameOf(used) };
}

/** Few files name a stage before it begins. */
const mostForward = 20;

/** Whether a stage is in use by another one, directly or by others in between. */
function isReached(start: Stage, end: Stage): boolean {
  const seen = new Set([start]);
  for (const stage of seen) for (const { stage: user } of stage.usedBy) seen.add(user);
  return seen.has(end);
}

function nameOf({ name, index }: Stage): string {
  return name?.value ?? `stage ${index}`;
}
