import { commentsOfLines } from '../core/families/ignored-comments';
import { withoutComment } from '../core/fixes/ignore-comments';
import { defineRule } from '../core/lint/rule';

/**
 * For teams that decide in one place which findings they accept: a comment at a single instruction hides findings without
 * anybody else seeing it. Put what you accept into `.drydock.yaml` or `.hadolint.yaml`.
 *
 * ```dockerfile bad uncovers="image-tag-missing"
 * «# hadolint ignore=DL3006»
 * FROM debian
 * # Everybody may write here.
 * «# hadolint ignore=DL3059,SC2086 # as agreed»
 * RUN make
 * ```
 * > This comment hides findings at one place, where nobody looks for them
 * ```dockerfile fixed
 * FROM debian
 * # Everybody may write here.
 * # as agreed
 * RUN make
 * ```
 * Comments for a whole stage or file are easier to find, and prose hides nothing:
 * ```dockerfile good
 * # hadolint global ignore=DL3008
 * # hadolint stage ignore=DL3008
 * FROM debian:12
 * # hadolint ignore=everything
 * RUN make
 * ```
 */
export default defineRule({
  id: 'no-inline-ignore',
  summary: 'A comment hides findings at a single instruction',
  category: 'style',
  severity: 'warning',
  enabled: false,
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1001'],

  *check({ model }) {
    for (const span of commentsOfLines(model)) {
      const edit = withoutComment(model, span);
      yield {
        at: span,
        message: 'This comment hides findings at one place, where nobody looks for them',
        fix: edit && { title: 'Remove the comment', edits: [edit] },
      };
    }
  },
});
