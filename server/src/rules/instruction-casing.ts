import { defineRule, oneOf, replace } from '../core/lint/rule';
import { caseOf, keywordCase, votingInstructions } from '../core/analysis/text/keyword-case';
import { isKeyword } from '../core/knowledge/syntax/instructions';

/**
 * The builder accepts keywords in any case, but a file that mixes them is harder to read. The rule expects the case
 * that most keywords of the file have.
 *
 * It changes nothing in the image, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * «run» apk add --no-cache curl
 * «Cmd» ["curl"]
 * ```
 * > run is lower case, but most keywords in this file are upper case
 * > Cmd is mixed case, but most keywords in this file are upper case
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * CMD ["curl"]
 * ```
 * The rule accepts a file that is lower case throughout, and any `ARG` above the first `FROM`:
 * ```dockerfile good
 * ARG VERSION=3.20
 * from alpine:${VERSION}
 * run apk add --no-cache curl
 * ```
 * `wanted` sets one case for every file, also above the first `FROM`:
 * ```dockerfile bad options="wanted: upper"
 * «arg» VERSION=3.20
 * «from» alpine:${VERSION}
 * «run» apk add --no-cache curl
 * ```
 * > arg is lower case, but the configuration asks for upper case
 * > from is lower case, but the configuration asks for upper case
 * > run is lower case, but the configuration asks for upper case
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
 * > FROM is upper case, but the configuration asks for lower case
 * > RUN is upper case, but the configuration asks for lower case
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
  summary: 'Keywords in one file differ in case',
  category: 'style',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:ConsistentInstructionCasing', 'dockerfile-utils:CASING_INSTRUCTION'],
  options: {
    wanted: oneOf('The case of keywords.', {
      consistent: 'One case in each file: the one that most of its keywords have.',
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
      // A keyword cut by a continuation is longer than its letters and too odd to rewrite.
      if (written === right || written.length !== keyword.length) continue;
      yield {
        at: keywordSpan,
        message: consistent
          ? `${written} is ${caseOf(written)}, but most keywords in this file are ${wanted} case`
          : `${written} is ${caseOf(written)}, but the configuration asks for ${wanted} case`,
        fix: { title: `Change ${written} to ${right}`, edits: [replace(keywordSpan, right)] },
      };
    }
  },
});
