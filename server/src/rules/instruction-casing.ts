import { defineRule, replace } from '../core/lint/rule';
import { keywordCase, votingInstructions } from '../core/analysis/text/keyword-case';

/**
 * The builder reads keywords in any case. A file that mixes them is harder to read; the case that most
 * instructions have is taken for the wanted one.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * «run» apk add --no-cache curl
 * «Cmd» ["curl"]
 * ```
 * > run is not in the upper case of the file's other keywords
 * > Cmd is not in the upper case of the file's other keywords
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * CMD ["curl"]
 * ```
 * A file that is lower case throughout is left alone, and so is an `ARG` above the first `FROM`:
 * ```dockerfile good
 * ARG VERSION=3.20
 * from alpine:${VERSION}
 * run apk add --no-cache curl
 * ```
 *
 * @skip lower-case the case is what the rule is about
 * @skip onbuild one more keyword in capitals changes the majority
 */
export default defineRule({
  id: 'instruction-casing',
  summary: 'Keywords of one file are written in different cases',
  category: 'style',
  severity: 'hint',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['buildkit:ConsistentInstructionCasing'],

  *check({ model: { file } }) {
    const wanted = keywordCase(file);
    for (const { keyword, keywordSpan } of votingInstructions(file)) {
      const written = file.text.slice(keywordSpan.start, keywordSpan.end);
      const right = wanted === 'upper' ? keyword : keyword.toLowerCase();
      // A keyword cut by a continuation is longer than its letters: what is there is too odd to rewrite.
      if (written === right || written.length !== keyword.length) continue;
      yield {
        at: keywordSpan,
        message: `${written} is not in the ${wanted} case of the file's other keywords`,
        fix: { title: `Write ${right}`, edits: [replace(keywordSpan, right)] },
      };
    }
  },
});
