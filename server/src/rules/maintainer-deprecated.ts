import { defineRule, replace } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';

/**
 * `MAINTAINER` is deprecated. A label says the same, shows up in `docker inspect`, and is one of many you can set.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «MAINTAINER Jane "JD" Doe <jane@example.com>»
 * ```
 * > MAINTAINER is deprecated: tools read the label org.opencontainers.image.authors instead
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="Jane \"JD\" Doe <jane@example.com>"
 * ```
 * Existing quotes stay:
 * ```dockerfile bad
 * FROM debian:12
 * «MAINTAINER "jane@example.com"»
 * ```
 * > MAINTAINER is deprecated: tools read the label org.opencontainers.image.authors instead
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * If the label is already set, the fix removes `MAINTAINER`:
 * ```dockerfile bad
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * «MAINTAINER Jane Doe»
 * ```
 * > MAINTAINER is deprecated, and the label org.opencontainers.image.authors is already set
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * LABEL org.opencontainers.image.authors="jane@example.com"
 * ```
 * With another escape character, a backslash is an ordinary character:
 * ```dockerfile bad
 * # escape=`
 * FROM debian:12
 * «MAINTAINER Jane \ "JD" Doe»
 * ```
 * > MAINTAINER is deprecated: tools read the label org.opencontainers.image.authors instead
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
  summary: 'MAINTAINER is deprecated in favor of a label',
  category: 'label',
  severity: 'warning',
  fix: 'safe',
  effect: 'config',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL4000',
    'buildkit:MaintainerDeprecated',
    'trivy:DS-0022',
    'checkov:CKV_DOCKER_6',
    'dockerfile-utils:DEPRECATED_MAINTAINER',
    'kics:maintainer_instruction_being_used',
    'semgrep:maintainer-is-deprecated',
  ],
  mentions: ['maintainer'],

  *check({ model }) {
    const { file } = model;
    const labelled = new Set(
      model.instructions
        .filter(({ keyword, pairs }) => keyword === 'LABEL' && pairs.some(({ key }) => key.value === label))
        .map((instruction) => model.stageOf(instruction)),
    );
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'MAINTAINER') continue;
      // A second label would replace the existing one.
      if (labelled.has(model.stageOf(instruction))) {
        yield {
          at: instruction.span,
          message: `MAINTAINER is deprecated, and the label ${label} is already set`,
          tag: 'deprecated',
          ...(instruction.comments.length === 0 &&
            instruction.index > 0 && {
              fix: {
                title: 'Remove MAINTAINER',
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
      // A label expands a dollar, MAINTAINER does not.
      const special = file.escape === '`' ? /["$`]/g : /["$\\]/g;
      const value = quoted ? text : `"${text.replaceAll(special, (char) => file.escape + char)}"`;
      yield {
        at: instruction.span,
        message: `MAINTAINER is deprecated: tools read the label ${label} instead`,
        tag: 'deprecated',
        ...(text !== '' &&
          comments.length === 0 && {
            fix: {
              title: 'Replace MAINTAINER with a label',
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

/** The annotation for it in the OCI image specification. */
const label = 'org.opencontainers.image.authors';
