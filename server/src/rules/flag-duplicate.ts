import { stopsHere } from '../core/analysis/text/stops';
import { usedFlags } from '../core/analysis/text/used-flags';
import { removeFlag } from '../core/fixes/remove-flag';
import { defineRule } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import type { Flag } from '../core/syntax/nodes';

/**
 * The builder stops at a second flag of the same name. Only `--mount`, `--exclude` and `--device` may stand more than once.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY --chmod=755 «--chmod=700» \
 *   --link a b /srv/
 * HEALTHCHECK --interval=5s --timeout=1s «--interval=9s» CMD check
 * ```
 * > COPY takes --chmod once, so the build stops here
 * > HEALTHCHECK takes --interval once, so the build stops here
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY --chmod=700 \
 *   --link a b /srv/
 * HEALTHCHECK --timeout=1s --interval=9s CMD check
 * ```
 * ```dockerfile fixed alternative="Keep the first --chmod"
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY --chmod=755 \
 *   --link a b /srv/
 * HEALTHCHECK --interval=5s --timeout=1s --interval=9s CMD check
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY --exclude=a --exclude=b . /srv/
 * RUN --mount=type=cache,target=/a --mount=type=cache,target=/b make
 * ```
 */
export default defineRule({
  id: 'flag-duplicate',
  summary: 'An instruction has a flag twice',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000', 'dockerfile-utils:FLAG_DUPLICATE'],

  *check({ model }) {
    for (const { instruction, flag, info, first } of usedFlags(model)) {
      if (!first || !info || info.repeatable) continue;
      yield {
        at: flag.span,
        message: `${instruction.keyword} takes --${flag.name} once, so ${stopsHere(instruction)}`,
        fix: drop(model, first, `Keep the last --${flag.name}`),
        alternatives: [drop(model, flag, `Keep the first --${flag.name}`)],
      };
    }
  },
});

function drop(model: Model, flag: Flag, title: string): Fix {
  return { title, edits: [removeFlag(model, flag)] };
}
