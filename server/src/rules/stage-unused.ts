import { idleStages, isTestStage } from '../core/analysis/images/idle-stages';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { defineRule } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';

/**
 * A plain build skips a stage that the last one does not need. If no build names it with `--target`, it is only text to
 * read.
 *
 * A stage with a name may be a target that somebody types. Where no build of the project is known, the recommended profile
 * leaves it out.
 *
 * ```dockerfile bad
 * FROM golang:1.25 AS build
 * RUN go build -o /app .
 *
 * # once copied into the image
 * FROM node:22 AS «assets»
 * RUN npm ci
 *
 * FROM debian:12
 * COPY --from=build /app /app
 * ```
 * > No stage needs assets, so a plain build skips it
 * ```dockerfile fixed
 * FROM golang:1.25 AS build
 * RUN go build -o /app .
 *
 * FROM debian:12
 * COPY --from=build /app /app
 * ```
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM «golang:1.25»
 * RUN go vet ./...
 * FROM debian:12
 * ```
 * > No stage needs this one, so a plain build skips it
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * There is no fix where other unused stages need it, or where numbers of stages would change:
 * ```dockerfile bad targets="web"
 * FROM «golang:1.25»
 * FROM node:22 AS «first»
 * FROM first AS «second»
 * COPY --from=1 /a /a
 * FROM debian:12 AS web
 * FROM debian:12
 * ```
 * > No stage needs this one, so a plain build skips it
 * > No stage needs first, so a plain build skips it
 * > No stage needs second, so a plain build skips it
 * The rule accepts stages that look like a target: that start a program, are for development, or are named by a build of the
 * repository. test-stage-not-run reports tests.
 * ```dockerfile good targets="docs 0"
 * FROM alpine:3.22
 * FROM node:22 AS base
 * FROM base AS docs
 * FROM base AS dev
 * FROM scratch AS export
 * FROM base AS worker
 * CMD ["node", "worker.js"]
 * FROM base AS test
 * RUN npm test
 * FROM debian:12
 * ```
 * ```dockerfile good
 * ARG TARGET=app
 * FROM node:22 AS one
 * FROM $TARGET
 * ```
 *
 * @skip onbuild the stages stay the same
 */
export default defineRule({
  id: 'stage-unused',
  summary: 'Nothing needs a stage',
  category: 'stage',
  severity: 'hint',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    if (model.stages.every(({ reachable }) => reachable)) return;
    for (const stage of idleStages(model, facts.buildTargets)) {
      const at = stage.name ?? stage.from?.words[0];
      if (!at || isTestStage(stage)) continue;
      const removal = removalOf(model, stage);
      // Where no build names a target, this may be the one that people type.
      const safety = (facts.buildTargets?.length ?? 0) > 0 ? 'suggested' : 'manual';
      yield {
        at: at.span,
        message: `No stage needs ${stage.name?.value ?? 'this one'}, so a plain build skips it`,
        // It may be a target that somebody names.
        quiet: stage.name !== undefined && facts.buildTargets === undefined,
        tag: 'unnecessary',
        fix: removal && { ...removal, safety },
      };
    }
  },
});

/** Removes the lines of a stage, with the comments above its FROM. */
function removalOf(model: Model, stage: Stage): Fix | undefined {
  const next = model.stages[stage.index + 1]?.from;
  const byNumber = model.copies.some(({ instruction }) =>
    instruction.flags.some(({ name, value }) => name === 'from' && /^\d+$/.test(value?.value ?? '')),
  );
  if (!stage.from || !next || byNumber || stage.usedBy.length > 0) return undefined;
  const start =
    stage.from.index === 0
      ? model.document.lineStart(model.document.lineAt(stage.from.span.start))
      : startWithComments(model, stage.from.span.start);
  return {
    title: `Remove the stage${stage.name ? ` ${stage.name.value}` : ''}`,
    edits: [{ start, end: startWithComments(model, next.span.start), text: '' }],
  };
}
