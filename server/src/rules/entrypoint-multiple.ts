import { defineRule } from '../core/lint/rule';
import { overridden, repeated } from '../core/families/overridden';

/**
 * A stage has one `ENTRYPOINT`: the last. The ones above it do nothing, and mislead people who read the file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «ENTRYPOINT ["/entry.sh"]»
 * COPY app /app
 * ENTRYPOINT ["/app"]
 * ```
 * > The ENTRYPOINT in line 4 overrides this one
 * ```dockerfile fixed
 * FROM debian:12
 * COPY app /app
 * ENTRYPOINT ["/app"]
 * ```
 * A comment above it may say why it is there, so it stays:
 * ```dockerfile bad
 * FROM debian:12
 * # For local tests
 * «ENTRYPOINT ["/entry.sh"]»
 * ENTRYPOINT ["/app"]
 * ```
 * > The ENTRYPOINT in line 4 overrides this one
 * ```dockerfile good
 * FROM debian:12 AS base
 * ENTRYPOINT ["/entry.sh"]
 * ONBUILD ENTRYPOINT ["/entry.sh"]
 * FROM base
 * ENTRYPOINT ["/app"]
 * ```
 *
 * @skip onbuild a trigger acts in another build
 */
export default defineRule({
  id: 'entrypoint-multiple',
  summary: 'Only the last ENTRYPOINT of a stage counts',
  category: 'runtime',
  severity: 'error',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL4004',
    'buildkit:MultipleInstructionsDisallowed',
    'trivy:DS-0007',
    'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    'kics:multiple_entrypoint_instructions_listed',
    'semgrep:multiple-entrypoint-instructions',
  ],
  mentions: ['entrypoint'],

  *check({ model }) {
    yield* overridden(model, 'ENTRYPOINT');
  },

  *hadolint({ model }) {
    yield* repeated(model, 'ENTRYPOINT');
  },
});
