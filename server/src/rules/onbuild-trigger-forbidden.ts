import { keywordLike } from '../core/analysis/text/keyword-case';
import { defineRule, remove, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';

/**
 * `ONBUILD` cannot hold another `ONBUILD`, a `FROM` or a `MAINTAINER`. The builder stops there.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ONBUILD «ONBUILD» COPY a /a
 * ONBUILD «FROM» alpine:3.20
 * ONBUILD «MAINTAINER» Jane "J" Doe
 * ```
 * > ONBUILD cannot hold ONBUILD, so the build stops here
 * > ONBUILD cannot hold FROM, so the build stops here
 * > ONBUILD cannot hold MAINTAINER, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * ONBUILD COPY a /a
 * ONBUILD FROM alpine:3.20
 * ONBUILD LABEL org.opencontainers.image.authors="Jane \"J\" Doe"
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ONBUILD LABEL maintainer=jane
 * ONBUILD RUN make
 * ```
 *
 * @skip lower-case the keyword behind the second ONBUILD keeps its case
 * @skip backtick the new quotes need another escape character
 */
export default defineRule({
  id: 'onbuild-trigger-forbidden',
  summary: 'ONBUILD holds an instruction that it cannot hold',
  category: 'syntax',
  severity: 'error',
  refused: 'also in ONBUILD',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3043',
    'dockerfile-utils:ONBUILD_CHAINING_DISALLOWED',
    'dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED',
  ],
  mentions: ['onbuild'],

  *check({ model }) {
    for (const trigger of model.instructionsOf('ONBUILD', 'FROM', 'MAINTAINER')) {
      if (!trigger.onbuild) continue;
      yield {
        at: trigger.keywordSpan,
        message: `ONBUILD cannot hold ${trigger.keyword}, so the build stops here`,
        fix: repair(model, trigger),
      };
    }
  },
});

function repair(model: Model, { keyword, keywordSpan, trigger, words }: Instruction): Fix | undefined {
  if (keyword === 'ONBUILD' && trigger)
    return {
      title: 'Remove the second ONBUILD',
      edits: [remove({ start: keywordSpan.start, end: trigger.keywordSpan.start })],
    };
  const [name] = words;
  if (keyword !== 'MAINTAINER' || !name) return undefined;
  const { escape } = model.file;
  const value = [...name.raw]
    .map((one) => (one === '"' || one === '$' || one === escape ? escape + one : one))
    .join('');
  return {
    title: 'Write it as a LABEL',
    edits: [
      replace(
        { start: keywordSpan.start, end: name.span.end },
        `${keywordLike(model.file, 'LABEL')} org.opencontainers.image.authors="${value}"`,
      ),
    ],
  };
}
