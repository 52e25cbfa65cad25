import { defineRule, sharedOptions } from '../core/lint/rule';
import { labelsForHadolint, labelsOf, typeOf } from '../core/families/labels';

/**
 * The schema of labels asks for a label, and an empty value says nothing to the tools that read it.
 *
 * ```dockerfile bad options="labelSchema: { version: semver, owner: text }"
 * FROM debian:12
 * LABEL «version=""» owner=me
 * LABEL «owner=»
 * LABEL other=""
 * ```
 * > The label version is empty, so it says nothing to the tools that read it
 * > The label owner is empty, so it says nothing to the tools that read it
 * ```dockerfile good
 * FROM debian:12
 * LABEL version=""
 * ```
 */
export default defineRule({
  id: 'label-empty',
  summary: 'A label that the schema asks for is empty',
  category: 'label',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3051'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options: { labelSchema } }) {
    if (Object.keys(labelSchema).length === 0) return;
    for (const { pair, key } of labelsOf(model)) {
      if (key === undefined || typeOf(labelSchema, key) === undefined || (pair.value?.value ?? '') !== '')
        continue;
      yield { at: pair.span, message: empty(key) };
    }
  },

  *hadolint({ model, options: { labelSchema } }) {
    for (const { key, value, pair } of labelsForHadolint(model))
      if (value === '' && typeOf(labelSchema, key) !== undefined) yield { at: pair, message: empty(key) };
  },
});

function empty(key: string): string {
  return `The label ${key} is empty, so it says nothing to the tools that read it`;
}
