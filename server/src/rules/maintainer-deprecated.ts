import { defineRule, replace } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';

/**
 * `MAINTAINER` is deprecated. A label says the same, can be read with `docker inspect`, and leaves room for
 * other labels.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «MAINTAINER Jane "JD" Doe <jane@example.com>»
 * ```
 * > MAINTAINER is deprecated; tools read the label org.opencontainers.image.authors
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="Jane \"JD\" Doe <jane@example.com>"
 * ```
 * Quotes that are there are kept:
 * ```dockerfile bad
 * FROM debian:12
 * «MAINTAINER "jane@example.com"»
 * ```
 * > MAINTAINER is deprecated; tools read the label org.opencontainers.image.authors
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * Where the label is set, it is enough:
 * ```dockerfile bad
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * «MAINTAINER Jane Doe»
 * ```
 * > MAINTAINER is deprecated, and the label org.opencontainers.image.authors is there
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * With another escape character a backslash is one like any other:
 * ```dockerfile bad
 * # escape=`
 * FROM debian:12
 * «MAINTAINER Jane \ "JD" Doe»
 * ```
 * > MAINTAINER is deprecated; tools read the label org.opencontainers.image.authors
 * ```dockerfile fixed
 * # escape=`
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="Jane \ `"JD`" Doe"
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

  *check({ model }) {
    const { file } = model;
    const labelled = new Set(
      model.instructions
        .filter(({ keyword, pairs }) => keyword === 'LABEL' && pairs.some(({ key }) => key.value === label))
        .map((instruction) => model.stageOf(instruction)),
    );
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'MAINTAINER') continue;
      // A second label would win over the one that is there.
      if (labelled.has(model.stageOf(instruction))) {
        yield {
          at: instruction.span,
          message: `MAINTAINER is deprecated, and the label ${label} is there`,
          tag: 'deprecated',
          ...(instruction.comments.length === 0 &&
            instruction.index > 0 && {
              fix: {
                title: 'Remove it',
                edits: [model.document.removeLines(instruction.span)],
                safety: 'suggested',
              },
            }),
        };
        continue;
      }
      const { line, argumentsLogical, comments } = instruction;
      const text = line.text.slice(argumentsLogical.start, argumentsLogical.end);
      const quoted = /^"(?:[^"\\$]|\\.)*"$/.test(text);
      // A dollar would be expanded in a label, but is plain text after MAINTAINER.
      const special = file.escape === '`' ? /["$`]/g : /["$\\]/g;
      const value = quoted ? text : `"${text.replaceAll(special, (char) => file.escape + char)}"`;
      yield {
        at: instruction.span,
        message: `MAINTAINER is deprecated; tools read the label ${label}`,
        tag: 'deprecated',
        ...(text !== '' &&
          comments.length === 0 && {
            fix: {
              title: 'Make it a label',
              edits: [
                replace(
                  { start: instruction.span.start, end: instruction.argumentsSpan.end },
                  `${keywordLike(file, 'LABEL')} ${label}=${value}`,
                ),
              ],
            },
          }),
      };
    }
  },
});

/** The OCI image specification's annotation for it. */
const label = 'org.opencontainers.image.authors';
