import { defineRule, keywordLike, replace } from '../core/lint/rule';

/**
 * `MAINTAINER` is deprecated. A label says the same, can be read with `docker inspect`, and leaves room for
 * other labels.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «MAINTAINER Jane "JD" Doe <jane@example.com>»
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="Jane \"JD\" Doe <jane@example.com>"
 * ```
 * Quotes that are there are kept:
 * ```dockerfile bad
 * FROM debian:12
 * «MAINTAINER "jane@example.com"»
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 *
 * @skip backtick the escape character stands in the fixed text
 * @skip onbuild builders refuse MAINTAINER there
 */
export default defineRule({
  id: 'maintainer-deprecated',
  summary: 'MAINTAINER is deprecated in favour of a label',
  category: 'label',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL4000', 'buildkit:MaintainerDeprecated', 'trivy:DS-0022', 'checkov:CKV_DOCKER_6'],

  *check({ model: { file } }) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'MAINTAINER') continue;
      const { line, argumentsLogical, comments } = instruction;
      const text = line.text.slice(argumentsLogical.start, argumentsLogical.end);
      const quoted = /^"(?:[^"\\$]|\\.)*"$/.test(text);
      // A dollar would be expanded in a label, but is plain text after MAINTAINER.
      const special = file.escape === '`' ? /["$`]/g : /["$\\]/g;
      const value = quoted ? text : `"${text.replaceAll(special, (char) => file.escape + char)}"`;
      yield {
        at: instruction.span,
        message: 'MAINTAINER is deprecated; tools read the label org.opencontainers.image.authors',
        tag: 'deprecated',
        ...(text !== '' &&
          comments.length === 0 && {
            fix: {
              title: 'Make it a label',
              edits: [
                replace(
                  { start: instruction.span.start, end: instruction.argumentsSpan.end },
                  `${keywordLike(file, 'LABEL')} org.opencontainers.image.authors=${value}`,
                ),
              ],
            },
          }),
      };
    }
  },
});
