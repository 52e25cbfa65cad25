import { isPlatform } from '../core/analysis/text/flag-values';
import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { globalNames, handlesUnset, nearestName } from '../core/analysis/symbols/variable-names';
import { platformVariables } from '../core/knowledge/syntax/predefined-variables';
import { isReference } from '../core/analysis/images/invalid-reference';
import { once } from '../core/text/memo';
import type { Word } from '../core/syntax/nodes';
import type { Span } from '../core/text/span';

/**
 * `FROM` sees only the arguments above the first `FROM`, and the platform variables of the builder. Any other variable is
 * empty there, and the build usually stops at an image without a name or tag.
 *
 * ```dockerfile bad severity="error"
 * ARG VERSION=22
 * FROM node:«$VERISON»
 * ```
 * > FROM does not know VERISON, so the builder puts nothing here and stops
 * ```dockerfile fixed
 * ARG VERSION=22
 * FROM node:$VERSION
 * ```
 * ```dockerfile bad severity="error"
 * FROM --platform=«$BULIDPLATFORM» golang:1.23 AS build
 * ```
 * > FROM does not know BULIDPLATFORM, so the builder puts nothing here and stops
 * ```dockerfile fixed
 * FROM --platform=$BUILDPLATFORM golang:1.23 AS build
 * ```
 * An argument of a stage is not seen by the next `FROM`:
 * ```dockerfile bad severity="error"
 * FROM golang:1.23 AS build
 * ARG DEBIAN=12
 * RUN go build
 * FROM debian:«${DEBIAN}»
 * ```
 * > FROM does not know DEBIAN, so the builder puts nothing here and stops
 * ```dockerfile fixed
 * ARG DEBIAN=12
 * FROM golang:1.23 AS build
 * ARG DEBIAN
 * RUN go build
 * FROM debian:${DEBIAN}
 * ```
 * Otherwise the fix leaves the value to you:
 * ```dockerfile bad severity="error" uncovers="from-arg-default-invalid"
 * # the image
 * FROM debian:«$TAG»
 * ```
 * > FROM does not know TAG, so the builder puts nothing here and stops
 * ```dockerfile fixed
 * # the image
 * ARG TAG=
 * FROM debian:$TAG
 * ```
 * Sometimes an image is left:
 * ```dockerfile bad
 * ARG SUFFIX=-slim
 * FROM debian:12«$SUFIX»
 * ```
 * > FROM does not know SUFIX, so the builder puts nothing here
 * ```dockerfile fixed
 * ARG SUFFIX=-slim
 * FROM debian:12$SUFFIX
 * ```
 * ```dockerfile good
 * ARG BASE
 * FROM --platform=$TARGETPLATFORM $BASE
 * FROM debian:${TAG:-12}
 * ```
 * The profile `strict` also asks for a declaration where the reference says what else to take:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:«${TAG:-12}»
 * ```
 * > No ARG declares TAG above the first FROM, so --build-arg TAG changes nothing here
 * ```dockerfile fixed
 * ARG TAG=
 * FROM debian:${TAG:-12}
 * ```
 * ```dockerfile good options="profile: strict"
 * ARG TAG
 * FROM debian:${TAG:-12}
 * FROM debian:12
 * ```
 * ```dockerfile good
 * RUN make
 * ```
 *
 * @skip onbuild a trigger cannot be FROM
 */
export default defineRule({
  id: 'from-arg-undeclared',
  summary: 'FROM reads a variable that no ARG above the first FROM declares',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['buildkit:UndefinedArgInFrom', 'dockerfile-utils:BASE_NAME_EMPTY'],

  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const { from, platform, parent } of model.stages) {
      if (!from) continue;
      const words = [platform?.value, from.words[0]];
      const unknown = words
        .flatMap((word) => word?.variables ?? [])
        .filter((variable) => !handlesUnset(variable) && model.isDeclared(variable.name, from) === false);
      const refused = unknown.length > 0 && !parent && isRefused(model, from);
      if (profile === 'strict') yield* unheard(model, from, words);
      for (const { name, span, nameSpan } of unknown)
        yield {
          at: span,
          message: `FROM does not know ${name}, so the builder puts nothing here${refused ? ' and stops' : ''}`,
          severity: refused ? 'error' : undefined,
          fix: moveUp(model, name) ?? rename(model, name, nameSpan) ?? declare(model, name),
        };
    }
  },

  *buildkit({ model }) {
    for (const { from, platform, parent } of model.stages) {
      for (const word of [platform?.value, from?.words[0]]) {
        const names = new Set<string>();
        for (const variable of word?.variables ?? []) {
          const { name, span } = variable;
          if (!from || names.has(name) || model.isDeclared(name, from) !== false) continue;
          names.add(name);
          const refused = !handlesUnset(variable) && !parent && isRefused(model, from);
          yield { at: span, message: `FROM does not know ${name}`, severity: refused ? 'error' : undefined };
        }
      }
    }
  },
});

/** `${TAG:-12}`, where nothing declares TAG: the image has a name, and no `--build-arg` changes it. */
function* unheard(model: Model, from: Instruction, words: readonly (Word | undefined)[]): Generator<Finding> {
  for (const word of words)
    for (const variable of word?.variables ?? []) {
      const { name, span } = variable;
      if (!handlesUnset(variable) || model.isDeclared(name, from) !== false) continue;
      yield {
        at: span,
        message: `No ARG declares ${name} above the first FROM, so --build-arg ${name} changes nothing here`,
        severity: 'hint',
        fix: moveUp(model, name) ?? declare(model, name),
      };
    }
}

/** Whether nothing in the place of the unknown variables leaves a text that is not an image or a platform. */
function isRefused(model: Model, from: Instruction): boolean {
  const [image] = from.words;
  const text = image && model.expansion(image, from, '').text;
  const platform = from.flags.find(({ name }) => name === 'platform')?.value;
  const system = platform?.variables.length ? model.expansion(platform, from, '').text : undefined;
  if (system !== undefined && !isPlatform(system)) return true;
  return text !== undefined && (text === '' || !isReference(text));
}

/** Declares the argument with the value that an ARG of a stage gives it. That ARG then takes its value from above. */
function moveUp(model: Model, name: string): Fix | undefined {
  const { document } = model;
  const pair = argsOf(model).get(name);
  const first = firstFrom(model);
  if (!pair?.value || !first || pair.value.variables.length > 0) return undefined;
  const text = document.slice(pair.span);
  return {
    title: `Declare ${name} above the first FROM`,
    edits: [
      document.insertLinesBefore(first.span.start, `${keywordLike(model.file, 'ARG')} ${text}`),
      { start: pair.key.span.end, end: pair.span.end, text: '' },
    ],
  };
}

function rename(model: Model, name: string, at: Span): Fix | undefined {
  const near = nearestName(name, namesInFrom(model));
  return near === undefined ? undefined : { title: `Change ${name} to ${near}`, edits: [replace(at, near)] };
}

function declare(model: Model, name: string): Fix | undefined {
  const first = firstFrom(model);
  return (
    first && {
      title: `Add ARG ${name}= above the first FROM`,
      edits: [
        model.document.insertLinesBefore(first.span.start, `${keywordLike(model.file, 'ARG')} ${name}=`),
      ],
      safety: 'manual',
    }
  );
}

function* namesInFrom(model: Model): Generator<string> {
  yield* globalNames(model);
  for (const { name } of platformVariables) yield name;
}

const firstFrom = (model: Model): Instruction | undefined => model.stages[0]?.from;

/** The first ARG of each name inside the stages. */
const argsOf = once((model: Model) => {
  const pairs = model.stages
    .flatMap(({ instructions }) => instructions)
    .flatMap((one) => (one.keyword === 'ARG' ? one.pairs : []));
  return new Map(pairs.reverse().map((pair) => [pair.key.value, pair] as const));
});
