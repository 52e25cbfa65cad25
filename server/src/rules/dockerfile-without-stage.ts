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
 * An empty file is one that somebody is about to write:
 * ```dockerfile good
 *
 * ```
 * A line that the builder does not know is reported as such:
 * ```dockerfile good
 * FORM debian:12
 * RUN make
 * ```
 *
 * @skip onbuild the first instruction is another one
 */
export default defineRule({
  id: 'dockerfile-without-stage',
  summary: 'No FROM begins a stage',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:NO_SOURCE_IMAGE'],

  *check({ model: { file } }) {
    const [first] = file.instructions;
    if (!first) {
      const [comment] = file.comments;
      if (comment) yield { at: comment.span, message: 'The file has no instruction, so the build stops' };
    } else if (file.instructions.every(({ keyword }) => keyword !== 'FROM' && isKeyword(keyword))) {
      yield { at: first.keywordSpan, message: 'No FROM begins a stage, so the build stops' };
    }
  },
});
