import { refusedText } from '../core/analysis/text/refused-text';
import { defineRule } from '../core/lint/rule';

/**
 * Each directive may stand once at the top of a file. The builder stops at a second one.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * # escape=\
 * # «syntax»=docker/dockerfile:1.7
 * FROM debian:12
 * ```
 * > A second syntax directive stands here, so the build stops
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * # escape=\
 * FROM debian:12
 * ```
 * Below the directives, such a line is a comment:
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 *
 * # syntax=docker/dockerfile:1.7
 * FROM debian:12
 * ```
 *
 * @skip backtick the example would get another directive
 */
export default defineRule({
  id: 'directive-duplicate',
  summary: 'A directive stands twice at the top of the file',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE'],
  mentions: ['check', 'escape', 'syntax'],

  *check({ model }) {
    for (const { problem } of refusedText(model, kinds)) {
      const name = model.document.slice(problem.at).toLowerCase();
      yield {
        at: problem.at,
        message: `A second ${name} directive stands here, so the build stops`,
        fix: {
          title: `Remove the second ${name} directive`,
          edits: [model.document.removeLines(problem.at)],
        },
      };
    }
  },
});

const kinds = new Set(['repeated-directive'] as const);
