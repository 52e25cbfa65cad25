import { defineRule, insertAfter } from '../core/lint/rule';

/**
 * A build that sets no argument uses the defaults. If they leave an image without a name or a tag, that build stops, and so
 * do the tools that read the file.
 *
 * ```dockerfile bad
 * ARG TAG
 * FROM «busybox:$TAG»
 * ```
 * > Without --build-arg TAG this is busybox:, which the builder refuses
 * ```dockerfile fixed
 * ARG TAG=latest
 * FROM busybox:$TAG
 * ```
 * ```dockerfile bad
 * ARG BASE=""
 * FROM «$BASE»
 * ```
 * > Without --build-arg BASE this image has no name, which the builder refuses
 * ```dockerfile good
 * ARG VARIANT
 * FROM busybox:stable$VARIANT
 * FROM busybox:${TAG:-3.14}
 * ARG NAME=alpine:3.20
 * FROM $NAME
 * ```
 * ```dockerfile good
 * FROM
 * ```
 * ```dockerfile good
 * RUN make
 * ```
 *
 * @skip onbuild a trigger cannot be FROM
 */
export default defineRule({
  id: 'from-arg-default-invalid',
  summary: 'With the defaults of its arguments, an image has no name or tag',
  category: 'image',
  severity: 'warning',
  fix: 'manual',
  since: 'next',
  alsoKnownAs: ['buildkit:InvalidDefaultArgInFrom'],

  *check({ model }) {
    for (const { from } of model.stages) {
      const [word] = from?.words ?? [];
      const [variable, ...more] = word?.variables ?? [];
      if (!from || !word || !variable) continue;
      // A variable that nothing declares is from-arg-undeclared.
      if ([variable, ...more].some(({ name }) => model.isDeclared(name, from) !== true)) continue;
      const { text } = model.expansion(word, from, '');
      if (text === undefined || (text !== '' && !/[:/@]$|\/\//.test(text))) continue;
      const pair = model.declaration(variable.name, from)?.pair;
      yield {
        at: word.span,
        message: `Without --build-arg ${variable.name} this ${text === '' ? 'image has no name' : `is ${text}`}, which the builder refuses`,
        ...(pair &&
          !pair.value &&
          text.endsWith(':') && {
            fix: {
              title: `Give ${variable.name} the default latest`,
              edits: [insertAfter(pair.key.span, '=latest')],
            },
          }),
      };
    }
  },
});
