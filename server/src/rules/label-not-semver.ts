import { defineRule, sharedOptions } from '../core/lint/rule';
import { misfits, misfitsForHadolint } from '../core/families/labels';

/**
 * A schema says that a label holds a [semantic version](https://semver.org): three numbers, then what a release or a build adds.
 *
 * ```dockerfile bad options="labelSchema: { version: semver, release: semver, api: semver }"
 * FROM debian:12
 * ARG VERSION=dev
 * LABEL version=«v1.2» release=«"1"» api=«latest»
 * LABEL version=2.0.1-rc.1+build.5 release=1.0.0 api=$VERSION
 * ```
 * > The label version is not a semantic version, so tools that read it fail or skip it
 * > The label release is not a semantic version, so tools that read it fail or skip it
 * > The label api is not a semantic version, so tools that read it fail or skip it
 * ```dockerfile fixed
 * FROM debian:12
 * ARG VERSION=dev
 * LABEL version=1.2.0 release="1.0.0" api=latest
 * LABEL version=2.0.1-rc.1+build.5 release=1.0.0 api=$VERSION
 * ```
 *
 * Without a schema, nothing is known about the label:
 * ```dockerfile good
 * FROM debian:12
 * LABEL version="v1"
 * ```
 */
export default defineRule({
  id: 'label-not-semver',
  summary: 'A label is not a semantic version, as its schema asks',
  category: 'label',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3056'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options }) {
    yield* misfits(model, 'semver', options);
  },

  *hadolint({ model, options }) {
    yield* misfitsForHadolint(model, 'semver', options);
  },
});
