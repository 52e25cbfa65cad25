import { defineRule, sharedOptions } from '../core/lint/rule';
import { misfits, misfitsForHadolint } from '../core/families/labels';

/**
 * A schema says that a label holds the hash of a Git commit. A branch or a tag moves, so it does not say what is in the image.
 *
 * ```dockerfile bad options="labelSchema: { revision: hash, commit: hash, base: hash }"
 * FROM debian:12
 * ARG REVISION
 * LABEL revision=«main» commit=«ABCDEF0123» base=«""'x'»
 * LABEL revision=$REVISION commit=43c572f1272b6b3171dd1db9e41b7027128ce080
 * ```
 * > The label revision is not the hash of a Git commit, so tools that read it fail or skip it
 * > The label commit is not the hash of a Git commit, so tools that read it fail or skip it
 * > The label base is not the hash of a Git commit, so tools that read it fail or skip it
 * ```dockerfile fixed
 * FROM debian:12
 * ARG REVISION
 * LABEL revision=main commit=abcdef0123 base=""'x'
 * LABEL revision=$REVISION commit=43c572f1272b6b3171dd1db9e41b7027128ce080
 * ```
 *
 * Without a schema, nothing is known about the label:
 * ```dockerfile good
 * FROM debian:12
 * LABEL revision="main"
 * ```
 */
export default defineRule({
  id: 'label-not-git-hash',
  summary: 'A label is not the hash of a commit, as its schema asks',
  category: 'label',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3055'],
  mentions: ['label'],
  options: { labelSchema: sharedOptions.labelSchema },

  *check({ model, options }) {
    yield* misfits(model, 'hash', options);
  },

  *hadolint({ model, options }) {
    yield* misfitsForHadolint(model, 'hash', options);
  },
});
