import { defineRule } from '../core/lint/rule';
import { overridden, repeated } from '../core/families/overridden';

/**
 * A stage has one `HEALTHCHECK`: the last. The ones above it do nothing, and mislead people who read the file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «HEALTHCHECK CMD ["/app", "--ping"]»
 * COPY app /app
 * HEALTHCHECK --interval=10s CMD ["/app", "--health"]
 * ```
 * > The HEALTHCHECK in line 4 overrides this one
 * ```dockerfile fixed
 * FROM debian:12
 * COPY app /app
 * HEALTHCHECK --interval=10s CMD ["/app", "--health"]
 * ```
 * A comment above it may say why it is there, so it stays:
 * ```dockerfile bad
 * FROM debian:12
 * # For local tests
 * «HEALTHCHECK CMD ["/app", "--ping"]»
 * HEALTHCHECK --interval=10s CMD ["/app", "--health"]
 * ```
 * > The HEALTHCHECK in line 4 overrides this one
 * ```dockerfile good
 * FROM debian:12 AS base
 * HEALTHCHECK CMD ["/app", "--ping"]
 * ONBUILD HEALTHCHECK CMD ["/app", "--ping"]
 * FROM base
 * HEALTHCHECK --interval=10s CMD ["/app", "--health"]
 * ```
 *
 * @skip onbuild a trigger acts in another build
 */
export default defineRule({
  id: 'healthcheck-multiple',
  summary: 'Only the last HEALTHCHECK of a stage counts',
  category: 'runtime',
  severity: 'error',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3012',
    'buildkit:MultipleInstructionsDisallowed',
    'trivy:DS-0023',
    'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
  ],
  mentions: ['healthcheck'],

  *check({ model }) {
    yield* overridden(model, 'HEALTHCHECK');
  },

  *hadolint({ model }) {
    yield* repeated(model, 'HEALTHCHECK');
  },
});
