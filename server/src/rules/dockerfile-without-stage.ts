import { isKeyword } from '../core/knowledge/syntax/instructions';
import { defineRule } from '../core/lint/rule';

/**
 * A build begins at `FROM`. Without one there is nothing to build on.
 *
 * ```dockerfile bad
 * «ARG» VERSION=1
 * ```
 * > No FROM begins a stage, so the build stops
 * ```dockerfile bad
 * «RUN» make
 * CMD ["app"]
 * ```
 * > No FROM begins a stage, so the build stops
 * ```dockerfile bad
 * «# This image comes later.»
 * ```
 * > The file has no instruction, so the build stops
 * ```dockerfile good
 * ARG VERSION=1
 * FROM debian:${VERSION}
 * ```
 * ```dockerfile bad
 * «»
 * ```
 * > The file has no instruction, so the build stops
 * ```dockerfile good
 * {"syntax": "example.com/frontend"}
 * ```
 * A line that the builder does not know is reported as such:
 * ```dockerfile good
 * FORM debian:12
 * RUN make
 * ```
 *
 * @skip backtick a directive would stand above
 * @skip onbuild the first instruction is another one
 */
export default defineRule({
  id: 'dockerfile-without-stage',
  summary: 'No FROM begins a stage',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3061', 'dockerfile-utils:NO_SOURCE_IMAGE'],

  *check({ model: { file } }) {
    const [first] = file.instructions;
    if (!first) {
      // A file for another frontend, which knows no instructions.
      if (file.directives.some(({ form }) => form !== 'hash')) return;
      const [comment] = file.comments;
      const start = { start: 0, end: 0 };
      yield { at: comment?.span ?? start, message: 'The file has no instruction, so the build stops' };
    } else if (file.instructions.every(({ keyword }) => keyword !== 'FROM' && isKeyword(keyword))) {
      yield { at: first.keywordSpan, message: 'No FROM begins a stage, so the build stops' };
    }
  },

  // hadolint tells this of each instruction, as instruction-before-from does.
  hadolint: () => [],
});
