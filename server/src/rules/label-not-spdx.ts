import { defineRule, sharedOptions } from '../core/lint/rule';
import { misfits, misfitsForHadolint } from '../core/families/labels';

/**
 * A schema says that a label holds a license. Scanners compare it with the identifiers of [SPDX](https://spdx.org/licenses), and an expression may join several.
 *
 * ```dockerfile bad options="labelSchema: { license: spdx, licenses: spdx }"
 * FROM debian:12
 * LABEL license=«"Apache 2.0"» licenses=«mit»
 * LABEL license=«"Our own"» licenses=«"MIT OR"»
 * LABEL license="(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0" licenses=LicenseRef-ours
 * ```
 * > The label license is not an SPDX license expression, so tools that read it fail or skip it
 * > The label licenses is not an SPDX license expression, so tools that read it fail or skip it
 * > The label license is not an SPDX license expression, so tools that read it fail or skip it
 * > The label licenses is not an SPDX license expression, so tools that read it fail or skip it
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL license="Apache-2.0" licenses=MIT
 * LABEL license="Our own" licenses="MIT OR"
 * LABEL license="(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0" licenses=LicenseRef-ours
 * ```
 *
 * Without a schema, nothing is known about the label:
 * ```dockerfile good
 * FROM debian:12
 * LABEL license="ours"
 * ```
 */
export default defineRule({
  id: 'label-not-spdx',
  summary: 'A label is not an SPDX license, as its schema asks',
  category: 'label',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3054'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options }) {
    yield* misfits(model, 'spdx', options);
  },

  *hadolint({ model, options }) {
    yield* misfitsForHadolint(model, 'spdx', options);
  },
});
