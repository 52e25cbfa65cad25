import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
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
 * The profile of hadolint reports each stage that neither has a label nor leads to a stage that has it:
 * ```dockerfile bad options="profile: hadolint, labelSchema: { version: text }"
 * FROM «golang:1.25» AS build
 * FROM «debian:12»
 * COPY --from=build /app /app
 * FROM busybox AS tools
 * FROM debian:12
 * LABEL version=1.0.0
 * COPY --from=tools /bin /bin
 * ```
 * > The image lacks the label version, which the schema asks for
 * ```dockerfile fixed
 * FROM golang:1.25 AS build
 * ARG IMAGE_VERSION
 * LABEL version="$IMAGE_VERSION"
 * FROM debian:12
 * COPY --from=build /app /app
 * ARG IMAGE_VERSION
 * LABEL version="$IMAGE_VERSION"
 * FROM busybox AS tools
 * FROM debian:12
 * LABEL version=1.0.0
 * COPY --from=tools /bin /bin
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
  options: { labelSchema: sharedOptions.labelSchema, profile: sharedOptions.profile },

  *check({ model, options: { labelSchema, profile } }) {
    const keys = Object.keys(labelSchema);
    if (keys.length === 0) return;
    const labelled = profile === 'hadolint' ? leadingTo(model) : undefined;
    for (const stage of model.stages) {
      if (!labelled && stage.usedBy.length > 0) continue;
      const at = stage.from?.words[0]?.span;
      if (!at) continue;
      const own = keysOf(model, stage);
      for (const key of keys) {
        if (own.has(key) || labelled?.get(stage)?.has(key)) continue;
        const edit = insertBeforeStart(model, stage, labelLines(model, [key]));
        yield {
          at,
          message: `The image lacks the label ${key}, which the schema asks for`,
          ...(edit && { fix: { title: `Add ARG and LABEL for ${key}`, edits: [edit] } }),
        };
      }
    }
  },
});

/** The labels of the stages that each stage leads to by FROM or COPY --from. */
function leadingTo(model: Model): ReadonlyMap<Stage, ReadonlySet<string>> {
  const found = new Map<Stage, ReadonlySet<string>>();
  for (const stage of [...model.stages].reverse()) {
    const heirs = stage.usedBy.filter(({ stage: user }) => user.index > stage.index);
    found.set(
      stage,
      new Set(heirs.flatMap(({ stage: user }) => [...keysOf(model, user), ...(found.get(user) ?? [])])),
    );
  }
  return found;
}
