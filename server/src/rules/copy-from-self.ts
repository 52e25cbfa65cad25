import { defineRule } from '../core/lint/rule';

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
