import { defineRule, sharedOptions } from '../core/lint/rule';
import { misfits, misfitsForHadolint } from '../core/families/labels';

/**
 * A schema says that a label holds a time. Tools that sort or delete images by age read only the form of RFC 3339: `2021-03-10T10:26:33Z`.
 *
 * ```dockerfile bad options="labelSchema: { built: rfc3339, released: rfc3339, created: rfc3339 }"
 * FROM debian:12
 * LABEL built=«2021-03-10» released=«"2021-03-10 10:26:33"» created=«yesterday»
 * LABEL built=2021-03-10T10:26:33.564595127+01:00
 * ```
 * > The label built is not a time as in RFC 3339, so tools that read it fail or skip it
 * > The label released is not a time as in RFC 3339, so tools that read it fail or skip it
 * > The label created is not a time as in RFC 3339, so tools that read it fail or skip it
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL built=2021-03-10T00:00:00Z released="2021-03-10T10:26:33Z" created=yesterday
 * LABEL built=2021-03-10T10:26:33.564595127+01:00
 * ```
 *
 * Without a schema, nothing is known about the label:
 * ```dockerfile good
 * FROM debian:12
 * LABEL built="yesterday"
 * ```
 */
export default defineRule({
  id: 'label-not-rfc3339',
  summary: 'A label is not a time as in RFC 3339, as its schema asks',
  category: 'label',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3053'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options }) {
    yield* misfits(model, 'rfc3339', options);
  },

  *hadolint({ model, options }) {
    yield* misfitsForHadolint(model, 'rfc3339', options);
  },
});
