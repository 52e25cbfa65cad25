import { defineRule, sharedOptions } from '../core/lint/rule';
import { misfits, misfitsForHadolint } from '../core/families/labels';

/**
 * A schema says that a label holds an email address, so that tools can write to the people behind an image.
 *
 * ```dockerfile bad options="labelSchema: { contact: email, owner: email }"
 * FROM debian:12
 * LABEL contact=«"The team <team@example.com>"» owner=«nobody»
 * LABEL contact=team@example.com
 * ```
 * > The label contact is not an email address, so tools that read it fail or skip it
 * > The label owner is not an email address, so tools that read it fail or skip it
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL contact="team@example.com" owner=nobody
 * LABEL contact=team@example.com
 * ```
 *
 * Without a schema, nothing is known about the label:
 * ```dockerfile good
 * FROM debian:12
 * LABEL contact="nobody"
 * ```
 */
export default defineRule({
  id: 'label-not-email',
  summary: 'A label is not an email address, as its schema asks',
  category: 'label',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3058'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options }) {
    yield* misfits(model, 'email', options);
  },

  *hadolint({ model, options }) {
    yield* misfitsForHadolint(model, 'email', options);
  },
});
