import { defineRule, sharedOptions } from '../core/lint/rule';
import { stagesWithoutLabel } from '../core/families/hadolint-stages';
import { keysOf, labelLines } from '../core/families/labels';
import { insertBeforeStart } from '../core/fixes/insert-lines';

/**
 * The schema of labels names labels that each image needs. An image without them cannot be found or traced by the tools
 * that read them.
 *
 * ```dockerfile bad options="labelSchema: { version: semver, org.example.owner: text }"
 * FROM golang:1.25 AS build
 * LABEL org.example.owner=me
 * FROM «debian:12»
 * LABEL org.example.owner=me
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * > The image lacks the label version, which the schema asks for
 * ```dockerfile fixed
 * FROM golang:1.25 AS build
 * LABEL org.example.owner=me
 * FROM debian:12
 * LABEL org.example.owner=me
 * COPY --from=build /app /app
 * ARG IMAGE_VERSION
 * LABEL version="$IMAGE_VERSION"
 * CMD ["/app"]
 * ```
 * Stages that others only build on or copy from need none, and an image has the labels of the stage that it builds on:
 * ```dockerfile good options="labelSchema: { version: semver }"
 * FROM golang:1.25 AS build
 * FROM debian:12 AS base
 * LABEL version=1.0.0
 * FROM base
 * COPY --from=build /app /app
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ```
 * ```dockerfile good options="labelSchema: { version: semver }"
 * LABEL name=fragment
 * ```
 *
 * @skip onbuild an image does not have the labels of a trigger
 */
export default defineRule({
  id: 'label-required-missing',
  summary: 'The image lacks a label that the schema asks for',
  category: 'label',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3049'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options: { labelSchema } }) {
    const keys = Object.keys(labelSchema);
    if (keys.length === 0) return;
    for (const stage of model.stages) {
      if (stage.usedBy.length > 0) continue;
      const at = stage.from?.words[0]?.span;
      if (!at) continue;
      const own = keysOf(model, stage);
      for (const key of keys) {
        if (own.has(key)) continue;
        const edit = insertBeforeStart(model, stage, labelLines(model, [key]));
        yield {
          at,
          message: missing(key),
          ...(edit && { fix: { title: `Add ARG and LABEL for ${key}`, edits: [edit] } }),
        };
      }
    }
  },

  *hadolint({ model, options: { labelSchema } }) {
    for (const key of Object.keys(labelSchema)) {
      const stages = stagesWithoutLabel(
        model,
        ({ keyword, pairs }) => keyword === 'LABEL' && pairs.some((pair) => pair.key.value === key),
      );
      for (const { from } of stages)
        if (from) yield { at: (from.words[0] ?? from).span, message: missing(key) };
    }
  },
});

function missing(key: string): string {
  return `The image lacks the label ${key}, which the schema asks for`;
}
