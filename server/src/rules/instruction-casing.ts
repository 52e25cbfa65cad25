import { defineRule, oneOf, replace } from '../core/lint/rule';
import { keywordCase, votingInstructions } from '../core/analysis/text/keyword-case';
import { isKeyword } from '../core/knowledge/syntax/instructions';

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
 * `wanted` asks for one case in every file, also above the first `FROM`:
 * ```dockerfile bad options="wanted: upper"
 * «arg» VERSION=3.20
 * «from» alpine:${VERSION}
 * «run» apk add --no-cache curl
 * ```
 * > arg is not in upper case
 * > from is not in upper case
 * > run is not in upper case
 * ```dockerfile fixed
 * ARG VERSION=3.20
 * FROM alpine:${VERSION}
 * RUN apk add --no-cache curl
 * ```
 * ```dockerfile bad options="wanted: lower"
 * «FROM» alpine:3.20
 * «RUN» apk add --no-cache curl
 * cmd ["curl"]
 * ```
 * > FROM is not in lower case
 * > RUN is not in lower case
 * ```dockerfile fixed
 * from alpine:3.20
 * run apk add --no-cache curl
 * cmd ["curl"]
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
  options: {
    wanted: oneOf('The case of keywords.', {
      consistent: 'One case for the whole file: the one that most of its keywords have.',
      upper: 'Upper case.',
      lower: 'Lower case.',
    }),
  },

  *check({ model: { file }, options }) {
    const consistent = options.wanted === 'consistent';
    const wanted = options.wanted === 'consistent' ? keywordCase(file) : options.wanted;
    const instructions = consistent
      ? votingInstructions(file)
      : file.instructions.filter(({ keyword }) => isKeyword(keyword));
    for (const { keyword, keywordSpan } of instructions) {
      const written = file.text.slice(keywordSpan.start, keywordSpan.end);
      const right = wanted === 'upper' ? keyword : keyword.toLowerCase();
      // A keyword cut by a continuation is longer than its letters: what is there is too odd to rewrite.
      if (written === right || written.length !== keyword.length) continue;
      yield {
        at: keywordSpan,
        message: consistent
          ? `${written} is not in the ${wanted} case of the file's other keywords`
          : `${written} is not in ${wanted} case`,
        fix: { title: `Write ${right}`, edits: [replace(keywordSpan, right)] },
      };
    }
  },
});
