import { askFirst } from '../core/fixes/ask-first';
import type { Facts } from '../core/lint/facts';
import { defineRule, insertAfter } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model } from '../core/lint/rule';
import { isReference } from '../core/analysis/images/invalid-reference';
import { handlesUnset } from '../core/analysis/symbols/variable-names';
import { presentLine } from '../core/knowledge/images/newer-tags';
import { releaseNamed } from '../core/knowledge/images/releases';
import { isPlatform } from '../core/analysis/text/flag-values';
import type { Pair, VariableReference, Word } from '../core/syntax/nodes';

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
 * Without asking the registry, the version of an official image that is usual now:
 * ```dockerfile bad
 * ARG PHP_VERSION
 * FROM «php:${PHP_VERSION}-cli-alpine»
 * ```
 * > Without --build-arg PHP_VERSION this is php:-cli-alpine, which the builder refuses
 * ```dockerfile fixed
 * ARG PHP_VERSION=8.5
 * FROM php:${PHP_VERSION}-cli-alpine
 * ```
 * ```dockerfile bad
 * ARG RUBY_VERSION
 * FROM «ruby:$RUBY_VERSION»
 * RUN echo "deb http://example.com/apt stretch main" > /etc/apt/sources.list.d/a.list
 * ```
 * > Without --build-arg RUBY_VERSION this is ruby:, which the builder refuses
 * ```dockerfile bad
 * ARG PHP_VERSION
 * FROM «php:$PHP_VERSION-fpm-alpine»
 * RUN apk add --no-cache php7-curl
 * ```
 * > Without --build-arg PHP_VERSION this is php:-fpm-alpine, which the builder refuses
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
 * Of several arguments, the one without a value is named:
 * ```dockerfile bad
 * ARG REPOSITORY=registry.example.com/team/app
 * ARG TAG
 * FROM «${REPOSITORY}:${TAG}»
 * ```
 * > Without --build-arg TAG this is registry.example.com/team/app:, which the builder refuses
 * One argument may take its default from another one:
 * ```dockerfile bad
 * ARG RELEASE
 * ARG TAG=$RELEASE
 * FROM «debian:$TAG»
 * ```
 * > Without --build-arg TAG this is debian:, which the builder refuses
 * The same goes for a platform:
 * ```dockerfile bad
 * ARG PLATFORM
 * ARG SYSTEM=linx
 * FROM --platform=«$PLATFORM» debian:12
 * FROM --platform=«$SYSTEM» debian:12
 * FROM «${PLATFORM:+debian}»
 * ```
 * > Without --build-arg PLATFORM the platform is empty, which the builder refuses
 * > Without --build-arg SYSTEM the platform is linx, which the builder refuses
 * > Without --build-arg PLATFORM this image has no name, which the builder refuses
 * ```dockerfile good
 * ARG PLATFORM=linux/amd64
 * FROM --platform=$PLATFORM debian:12
 * FROM --platform=$TARGETPLATFORM debian:12
 * FROM --platform=linux/$UNDECLARED debian:12
 * FROM --platform=${OTHER:-linux/arm64} debian:12
 * ```
 * A script or pipeline around that names the argument gives it its value:
 * ```dockerfile bad severity="hint" files="main.go" mentions="BASE"
 * ARG BASE
 * FROM «$BASE»
 * COPY main.go /
 * ```
 * > Without --build-arg BASE this image has no name, which the builder refuses
 * ```dockerfile bad severity="hint" files="config.yaml run.sh"
 * ARG BUILD_FROM
 * FROM «$BUILD_FROM»
 * COPY run.sh /
 * CMD ["/run.sh"]
 * ```
 * > Without --build-arg BUILD_FROM this image has no name, which the builder refuses
 * ```dockerfile bad severity="hint" files="main.go" mentions="SYSTEM"
 * ARG SYSTEM
 * FROM --platform=«$SYSTEM» debian:12
 * COPY main.go /
 * ```
 * > Without --build-arg SYSTEM the platform is empty, which the builder refuses
 * ```dockerfile good
 * ARG VARIANT
 * ARG FULL=$VARIANT
 * ARG BOTH=$FULL$FULL
 * FROM busybox:stable$VARIANT
 * FROM busybox:stable$FULL
 * FROM debian:$BOTH
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
  explains: ['bad-reference'],

  *check({ model, facts }) {
    for (const { from, parent, platform } of model.stages) {
      const system = platform?.value;
      if (from && system) yield* platformFinding(model, facts, from, system);
      const [word] = from?.words ?? [];
      const [variable, ...more] = word?.variables ?? [];
      if (!from || !word || !variable || parent) continue;
      // A variable that nothing declares is from-arg-undeclared.
      if ([variable, ...more].some((one) => !isJudgedHere(model, from, one))) continue;
      const text = withDefaults(model, word, from);
      if (text === undefined || !isRefused(text, model.expansion(word, from).text)) continue;
      const empty = [variable, ...more].find((one) => defaultOf(model, from, one) === '') ?? variable;
      const pair = model.declaration(variable.name, from)?.pair;
      const [fix, ...alternatives] =
        !pair || pair.value || more.length > 0
          ? []
          : [versionFix(facts, word, text, pair), knownVersion(model, word, variable, pair)].flatMap(
              (one) => one ?? [],
            );
      yield {
        at: word.span,
        message: `Without --build-arg ${empty.name} this ${text === '' ? 'image has no name' : `is ${text}`}, which the builder refuses`,
        severity: isGiven(facts, empty),
        fix,
        alternatives,
      };
    }
  },

  *buildkit({ model }) {
    for (const { from } of model.stages) {
      const word = from?.words[0];
      const text = from && word && withDefaults(model, word, from);
      if (word && text !== undefined && !isReference(text))
        yield { at: word.span, message: `Without --build-arg this is “${text}”, which names no image` };
    }
  },
});

/** What the builder makes of a word where it has only the defaults; of one variable also if its default reads another one. */
function withDefaults(model: Model, word: Word, from: Instruction): string | undefined {
  const { text } = model.expansion(word, from, '');
  const [variable, ...more] = word.variables;
  if (text !== undefined || !variable || more.length > 0 || variable.modifier !== undefined) return text;
  const declared = model.declaration(variable.name, from);
  const value = declared?.pair?.value && withDefaults(model, declared.pair.value, declared.instruction);
  return value === undefined
    ? undefined
    : word.value.replace(model.document.slice(variable.span), () => value);
}

/** What an argument is by default; undefined if that is not known. */
function defaultOf(model: Model, from: Instruction, { name }: VariableReference): string | undefined {
  const declared = model.declaration(name, from);
  return declared?.pair?.value ? withDefaults(model, declared.pair.value, declared.instruction) : '';
}

/** A variable that nothing declares is from-arg-undeclared, unless the reference says what to put in its place. */
function isJudgedHere(model: Model, from: Instruction, variable: VariableReference): boolean {
  return handlesUnset(variable) || model.isDeclared(variable.name, from) === true;
}

/** A script or pipeline around that names the argument gives it its value, and so does who builds add-ons of Home Assistant. */
function isGiven({ context }: Facts, { name }: VariableReference): 'hint' | undefined {
  const isAddOn = name === 'BUILD_FROM' && context?.entries.some((entry) => addOnFile.test(entry)) === true;
  return isAddOn || context?.mentions?.(name) === true ? 'hint' : undefined;
}

/** What describes an add-on, beside its Dockerfile. */
const addOnFile = /^(?:build|config)\.(?:ya?ml|json)$/;

function* platformFinding(model: Model, facts: Facts, from: Instruction, word: Word): Generator<Finding> {
  const [variable] = word.variables;
  if (!variable || word.variables.some((one) => !isJudgedHere(model, from, one))) return;
  const { text } = model.expansion(word, from, '');
  if (text === undefined || isPlatform(text)) return;
  yield {
    at: word.span,
    message: `Without --build-arg ${variable.name} the platform ${text === '' ? 'is empty' : `is ${text}`}, which the builder refuses`,
    severity: isGiven(facts, variable),
    alsoKnownAs: [],
  };
}

/** @param given the text if every argument has a value: then that value is wrong, which is image-reference-invalid */
function isRefused(text: string, given: string | undefined): boolean {
  if (text === '' || /[:/@]$|\/\//.test(text)) return true;
  return given === undefined && !isReference(text);
}

/** If the variable stands for the version in the tag of an official image: the one that is usual now. */
function knownVersion(
  { document, file }: Model,
  word: Word,
  { name }: VariableReference,
  pair: Pair,
): Fix | undefined {
  // A file for one release does not go with another one.
  if (namesRelease(file.text)) return undefined;
  const [, image, ending = ''] =
    /^([a-z0-9-]+):\$(?:\w+|\{\w+\})(-[a-z-]+)?$/.exec(document.slice(word.span)) ?? [];
  const version = image !== undefined && namesVersion(name) ? presentLine(image, ending) : undefined;
  return version === undefined || image === undefined || namesOther(file.text, image, version)
    ? undefined
    : {
        title: `Give ${name} the default ${version}`,
        safety: 'suggested',
        edits: [insertAfter(pair.key.span, `=${version}`)],
      };
}

/** Whether a text has the name of a release of Debian or Ubuntu that has a number: `bookworm`. */
function namesRelease(text: string): boolean {
  return (text.match(/\b[a-z]+\b/g) ?? []).some((word) => releaseNamed(word)?.version !== undefined);
}

/** Whether a text names another line of an image: `php7-curl` beside PHP 8.5. */
function namesOther(text: string, image: string, version: string): boolean {
  const lines = text.match(new RegExp(`\\b${image}-?\\d+`, 'g')) ?? [];
  return lines.some((line) => !version.startsWith(line.slice(image.length).replace('-', '')));
}

function namesVersion(argument: string): boolean {
  return /ver|tag|release/i.test(argument);
}

/** If the variable is the whole tag and its name says so: the version that the image has now. */
function versionFix(facts: Facts, word: Word, text: string, pair: Pair): Fix | undefined {
  if (!text.endsWith(':') || !namesVersion(pair.key.value)) return undefined;
  const image = text.slice(0, -1);
  const what = { title: `Give ${pair.key.value} the version that ${image}:latest is now`, reach: word.span };
  return askFirst(facts, { kind: 'version', image }, what, (version) => [
    insertAfter(pair.key.span, `=${version}`),
  ]);
}
