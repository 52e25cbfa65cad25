import { defineRule, replace } from '../core/lint/rule';

/**
 * `FROM` and `AS` belong together and read better in one case.
 *
 * ```dockerfile bad
 * FROM alpine:3.20 «as» base
 * FROM --platform=$BUILDPLATFORM golang:1.23 \
 *   # the compiler
 *   «As» build
 * ```
 * > as is not in the case of its FROM
 * > As is not in the case of its FROM
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
 * A `FROM` in mixed case says nothing about how the file is written:
 * ```dockerfile good
 * From debian:12 As base
 * FROM debian:12
 * ```
 *
 * @skip lower-case the case is what the rule is about
 */
export default defineRule({
  id: 'from-as-casing',
  summary: 'AS is written in another case than its FROM',
  category: 'style',
  severity: 'hint',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['buildkit:FromAsCasing'],

  *check({ model }) {
    for (const { from, as } of model.stages) {
      if (!from || !as) continue;
      const keyword = model.document.slice(from.keywordSpan);
      const right = keyword === 'FROM' ? 'AS' : keyword === 'from' ? 'as' : undefined;
      if (right === undefined || as.raw === right) continue;
      yield {
        at: as.span,
        message: `${as.raw} is not in the case of its ${keyword}`,
        fix: { title: `Write ${right}`, edits: [replace(as.span, right)] },
      };
    }
  },
});
