import { defineRule } from '../core/lint/rule';
import { labelsOf } from '../core/families/labels';
import { dropUntoldPair } from '../core/fixes/drop-pair';
import type { Pair } from '../core/syntax/nodes';

/**
 * Of two labels with one key in a stage, only the last counts. The first one misleads people who read the file.
 *
 * ```dockerfile bad
 * FROM debian:12
 * LABEL «version=1» name=app
 * LABEL maintainer=me «"version"=2»
 * LABEL «description=old»
 * LABEL version=3 \
 *   description=new
 * ```
 * > The label version in line 5 overrides this one
 * > The label version in line 5 overrides this one
 * > The label description in line 6 overrides this one
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL name=app
 * LABEL maintainer=me
 * LABEL version=3 \
 *   description=new
 * ```
 * A comment may say why it is there, so it stays:
 * ```dockerfile bad
 * FROM debian:12
 * # For the registry
 * LABEL «version=1»
 * LABEL «name=app» \
 *   # the name again
 *   «name=other»
 * LABEL version=2 name=x
 * ```
 * > The label version in line 7 overrides this one
 * > The label name in line 7 overrides this one
 * > The label name in line 7 overrides this one
 * ```dockerfile good
 * FROM debian:12 AS base
 * ARG KEY
 * LABEL version=1 $KEY=1 $KEY=2
 * ONBUILD LABEL version=3
 * FROM base
 * LABEL version=2
 * ```
 * Those of triggers meet in the image that is built on this one:
 * ```dockerfile bad
 * FROM debian:12
 * LABEL a=0
 * ONBUILD LABEL «a=1»
 * ONBUILD LABEL «a=2» b=1 \
 *   a=3
 * ```
 * > The label a in line 5 overrides this one
 *
 * @skip onbuild a trigger acts in another build
 */
export default defineRule({
  id: 'label-duplicate-key',
  summary: 'A later label of the stage has the same key',
  category: 'label',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['label'],

  *check({ model }) {
    const { document } = model;
    const last = new Map<string, Pair>();
    for (const { key, instruction, pair } of [...labelsOf(model)].reverse()) {
      if (key === undefined) continue;
      // Triggers add up in the image that is built on this one.
      const name = `${model.stageOf(instruction)?.index ?? ''} ${instruction.onbuild ? 'onbuild' : ''} ${key}`;
      const winner = last.get(name);
      if (!winner) {
        last.set(name, pair);
        continue;
      }
      const edit = dropUntoldPair(model, instruction, pair);
      yield {
        at: pair.span,
        message: `The label ${key} in line ${document.lineAt(winner.span.start) + 1} overrides this one`,
        related: [{ at: winner.span, message: 'Only this one counts' }],
        tag: 'unnecessary',
        ...(edit && { fix: { title: `Remove the label ${key} that has no effect`, edits: [edit] } }),
      };
    }
  },
});
