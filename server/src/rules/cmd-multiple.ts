import { defineRule } from '../core/lint/rule';
import { overridden, repeated } from '../core/families/overridden';

/**
 * A stage has one `CMD`: the last. The ones above it do nothing, and mislead people who read the file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «CMD ["/app", "--serve"]»
 * COPY app /app
 * CMD ["/app"]
 * ```
 * > The CMD in line 4 overrides this one
 * ```dockerfile fixed
 * FROM debian:12
 * COPY app /app
 * CMD ["/app"]
 * ```
 * A comment above it may say why it is there, so it stays:
 * ```dockerfile bad
 * FROM debian:12
 * # For local tests
 * «CMD ["/app", "--serve"]»
 * CMD ["/app"]
 * ```
 * > The CMD in line 4 overrides this one
 * ```dockerfile good
 * FROM debian:12 AS base
 * CMD ["/app", "--serve"]
 * ONBUILD CMD ["/app", "--serve"]
 * FROM base
 * CMD ["/app"]
 * ```
 *
 * @skip onbuild a trigger acts in another build
 */
export default defineRule({
  id: 'cmd-multiple',
  summary: 'Only the last CMD of a stage counts',
  category: 'runtime',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL4003',
    'buildkit:MultipleInstructionsDisallowed',
    'trivy:DS-0016',
    'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    'kics:multiple_cmd_instructions_listed',
  ],
  mentions: ['cmd'],

  *check({ model }) {
    yield* overridden(model, 'CMD');
  },

  *hadolint({ model }) {
    yield* repeated(model, 'CMD');
  },
});
