import { askFirst } from '../core/fixes/ask-first';
import type { Facts } from '../core/lint/facts';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import { isReference } from '../core/analysis/images/invalid-reference';
import type { Pair, Word } from '../core/syntax/nodes';

/**
 * A build that sets no argument uses the defaults. If they leave an image without a name or a tag, that build stops, and so
 * do the tools that read the file.
 *
 * ```dockerfile bad answers="version busybox = 1.37.0"
 * ARG TAG
 * FROM «busybox:$TAG»
 * ```
 * > Without --build-arg TAG this is busybox:, which the builder refuses
 * ```dockerfile fixed
 * ARG TAG=1.37.0
 * FROM busybox:$TAG
 * ```
 * So does an image that is all argument:
 * ```dockerfile bad
 * ARG BASE=""
 * FROM «$BASE»
 * ```
 * > Without --build-arg BASE this image has no name, which the builder refuses
 * ```dockerfile bad
 * ARG TEAM
 * FROM «registry.example.com/$TEAM/app:1»
 * FROM «debian:$TEAM-slim»
 * FROM «debian:$TEAM»
 * ```
 * > Without --build-arg TEAM this is registry.example.com//app:1, which the builder refuses
 * > Without --build-arg TEAM this is debian:-slim, which the builder refuses
 * > Without --build-arg TEAM this is debian:, which the builder refuses
 * A script or pipeline around that names the argument gives it its value:
 * ```dockerfile bad severity="hint" files="main.go" mentions="BASE"
 * ARG BASE
 * FROM «$BASE»
 * COPY main.go /
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
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['buildkit:InvalidDefaultArgInFrom'],

  *check({ model, facts }) {
    for (const { from, parent } of model.stages) {
      const [word] = from?.words ?? [];
      const [variable, ...more] = word?.variables ?? [];
      if (!from || !word || !variable || parent) continue;
      // A variable that nothing declares is from-arg-undeclared.
      if ([variable, ...more].some(({ name }) => model.isDeclared(name, from) !== true)) continue;
      const { text } = model.expansion(word, from, '');
      if (text === undefined || !isRefused(text, model.expansion(word, from).text)) continue;
      const pair = model.declaration(variable.name, from)?.pair;
      yield {
        at: word.span,
        message: `Without --build-arg ${variable.name} this ${text === '' ? 'image has no name' : `is ${text}`}, which the builder refuses`,
        severity: facts.context?.mentions?.(variable.name) === true ? 'hint' : undefined,
        fix: pair?.value || more.length > 0 ? undefined : versionFix(facts, word, text, pair),
      };
    }
  },
});

/** @param given the text if every argument has a value: then that value is wrong, which is image-reference-invalid */
function isRefused(text: string, given: string | undefined): boolean {
  if (text === '' || /[:/@]$|\/\//.test(text)) return true;
  return given === undefined && !isReference(text);
}

/** If the variable is the whole tag and its name says so: the version that the image has now. */
function versionFix(facts: Facts, word: Word, text: string, pair: Pair | undefined): Fix | undefined {
  if (!pair || !text.endsWith(':') || !/ver|tag|release/i.test(pair.key.value)) return undefined;
  const image = text.slice(0, -1);
  const what = { title: `Give ${pair.key.value} the version that ${image}:latest is now`, reach: word.span };
  return askFirst(facts, { kind: 'version', image }, what, (version) => [
    insertAfter(pair.key.span, `=${version}`),
  ]);
}
