import { defineRule, replace } from '../core/lint/rule';
import { caseOf } from '../core/analysis/text/keyword-case';

/**
 * `FROM` and `AS` belong together and are easier to read in one case.
 *
 * It changes nothing in the image, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM alpine:3.20 «as» base
 * FROM --platform=$BUILDPLATFORM golang:1.23 \
 *   # the compiler
 *   «As» build
 * ```
 * > as is lower case, but its FROM is upper case
 * > As is mixed case, but its FROM is upper case
 * ```dockerfile fixed
 * FROM alpine:3.20 AS base
 * FROM --platform=$BUILDPLATFORM golang:1.23 \
 *   # the compiler
 *   AS build
 * ```
 * ```dockerfile good
 * from alpine:3.20 as base
 * FROM alpine:3.20 AS other
 * ```
 * A mixed-case `FROM` does not show which case the file uses:
 * ```dockerfile good
 * From debian:12 As base
 * FROM debian:12
 * ```
 *
 * @skip lower-case the case is what the rule is about
 */
export default defineRule({
  id: 'from-as-casing',
  summary: 'AS and its FROM differ in case',
  category: 'style',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:FromAsCasing'],
  mentions: ['as'],

  *check({ model }) {
    for (const { from, as } of model.stages) {
      if (!from || !as) continue;
      const keyword = model.document.slice(from.keywordSpan);
      const right = keyword === 'FROM' ? 'AS' : keyword === 'from' ? 'as' : undefined;
      if (right === undefined || as.raw === right) continue;
      yield {
        at: as.span,
        message: `${as.raw} is ${caseOf(as.raw)}, but its ${keyword} is ${caseOf(keyword)}`,
        fix: { title: `Change ${as.raw} to ${right}`, edits: [replace(as.span, right)] },
      };
    }
  },
});
