import { defineRule, sharedOptions } from '../core/lint/rule';
import { misfits, misfitsForHadolint } from '../core/families/labels';

/**
 * A schema says that a label holds a URL, and people and registries follow it. Without a scheme there is nothing to follow.
 *
 * ```dockerfile bad options="labelSchema: { source: url, docs: url, site: url, name: text }"
 * FROM debian:12
 * LABEL source=«"github.com/acme/app"» docs=«"see the wiki"» site="https://example.com/a"
 * LABEL source=$SOURCE name="anything"
 * ```
 * > The label source is not a URL, so tools that read it fail or skip it
 * > The label docs is not a URL, so tools that read it fail or skip it
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL source="https://github.com/acme/app" docs="see the wiki" site="https://example.com/a"
 * LABEL source=$SOURCE name="anything"
 * ```
 *
 * Without a schema, nothing is known about the label:
 * ```dockerfile good
 * FROM debian:12
 * LABEL source="not one"
 * ```
 */
export default defineRule({
  id: 'label-not-url',
  summary: 'A label is not a URL, as its schema asks',
  category: 'label',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3052'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options }) {
    yield* misfits(model, 'url', options);
  },

  *hadolint({ model, options }) {
    yield* misfitsForHadolint(model, 'url', options);
  },
});
