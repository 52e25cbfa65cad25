import { defineRule, sharedOptions } from '../core/lint/rule';
import { labelsForHadolint, labelsOf, typeOf } from '../core/families/labels';
import { dropUntoldPair } from '../core/fixes/drop-pair';

/**
 * With `strictLabels`, an image has only the labels of the schema. Without a schema that is none at all.
 *
 * ```dockerfile bad options="strictLabels: true, labelSchema: { version: semver }"
 * FROM debian:12
 * ARG KEY
 * LABEL version=1.0.0 «owner=me» $KEY=x
 * LABEL «note other»
 * ```
 * > The label owner is not in the schema, which strictLabels asks for
 * > The label note is not in the schema, which strictLabels asks for
 * ```dockerfile fixed
 * FROM debian:12
 * ARG KEY
 * LABEL version=1.0.0 $KEY=x
 * ```
 * ```dockerfile bad options="strictLabels: true"
 * FROM debian:12
 * # which one it is
 * LABEL «version=1.0.0»
 * ```
 * > The label version is not in the schema, which strictLabels asks for
 * ```dockerfile good options="labelSchema: { version: semver }"
 * FROM debian:12
 * LABEL version=1.0.0 owner=me
 * ```
 *
 * @skip onbuild there is no fix for a trigger
 */
export default defineRule({
  id: 'label-superfluous',
  summary: 'A label is not in the schema',
  category: 'label',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3050'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema, strictLabels: sharedOptions.strictLabels },

  *check({ model, options: { labelSchema, strictLabels } }) {
    if (!strictLabels) return;
    for (const { instruction, pair, key } of labelsOf(model)) {
      if (key === undefined || typeOf(labelSchema, key) !== undefined) continue;
      const edit = dropUntoldPair(model, instruction, pair);
      yield {
        at: pair.span,
        message: superfluous(key),
        ...(edit && { fix: { title: `Remove the label ${key}`, edits: [edit] } }),
      };
    }
  },

  *hadolint({ model, options: { labelSchema, strictLabels } }) {
    if (!strictLabels) return;
    for (const { key, pair } of labelsForHadolint(model))
      if (typeOf(labelSchema, key) === undefined) yield { at: pair, message: superfluous(key) };
  },
});

function superfluous(key: string): string {
  return `The label ${key} is not in the schema, which strictLabels asks for`;
}
