import { globalNames } from '../core/analysis/symbols/variable-names';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { stopsHere } from '../core/analysis/text/stops';
import { stagesByName } from '../core/fixes/rename-stage';
import { platformVariables } from '../core/knowledge/syntax/predefined-variables';
import { defineRule, replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import type { Span } from '../core/text/span';

/**
 * The builder puts variables into `FROM`, but not into `--from` of `COPY` and not into `from=` of a mount, and stops there.
 * A stage with the name of the image makes up for it.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * ARG UV_VERSION=0.9
 * FROM debian:12
 * COPY --from=«ghcr.io/astral-sh/uv:$UV_VERSION» /uv /bin/
 * COPY --from=«ghcr.io/astral-sh/uv:$UV_VERSION» /uvx /bin/
 * ```
 * > The builder puts no variables into --from, so the build stops here
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * ARG UV_VERSION=0.9
 * FROM ghcr.io/astral-sh/uv:$UV_VERSION AS uv
 * FROM debian:12
 * COPY --from=uv /uv /bin/
 * COPY --from=uv /uvx /bin/
 * ```
 * The argument moves above the first `FROM`:
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM debian:12 AS tools
 * FROM debian:12
 * ARG TOOLS=tools
 * RUN --mount=from=«$TOOLS»,target=/t make
 * ```
 * > The builder puts no variables into from= of a mount, so the build stops here
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * ARG TOOLS=tools
 * FROM debian:12 AS tools
 * FROM $TOOLS AS tools-2
 * FROM debian:12
 * ARG TOOLS=tools
 * RUN --mount=from=tools-2,target=/t make
 * ```
 * Only the author knows the value:
 * ```dockerfile bad
 * FROM debian:12
 * COPY --from=«$UNKNOWN» /a /b
 * ONBUILD COPY --from=«$UNKNOWN» /a /b
 * ```
 * > The builder puts no variables into --from, so the build stops here
 * > The builder puts no variables into --from, so builds on this image stop here
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * ARG NAME=a
 * FROM debian:12 AS build
 * FROM $NAME
 * COPY --from=build /a$NAME /b
 * RUN --mount=from=build,target=/$NAME make
 * RUN --mount=type=cache,target=$NAME make
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ```
 *
 * @skip onbuild the fix would change the build on the image
 */
export default defineRule({
  id: 'copy-from-variable',
  summary: 'A variable stands in --from, where the builder expands none',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const found = [...variableSources(model)];
    for (const source of found) {
      const { instruction, at, isMount } = source;
      const place = isMount ? 'from= of a mount' : '--from';
      yield {
        at,
        message: `The builder puts no variables into ${place}, so ${stopsHere(instruction)}`,
        fix: nameStage(model, source, found),
      };
    }
  },
});

interface VariableSource {
  readonly instruction: Instruction;
  readonly at: Span;
  readonly text: string;
  readonly isMount: boolean;
}

function* variableSources(model: Model): Generator<VariableSource> {
  if (!model.file.text.includes('from=')) return;
  for (const instruction of model.instructionsOf('COPY', 'RUN')) {
    for (const { name, value, options } of instruction.flags) {
      if (instruction.keyword === 'COPY' && name === 'from' && value && value.variables.length > 0)
        yield { instruction, at: value.span, text: value.value, isMount: false };
      for (const { key, value: text = '', valueSpan } of options)
        if (key === 'from' && valueSpan && /\$./.test(text))
          yield { instruction, at: valueSpan, text, isMount: true };
    }
  }
}

/** Above this number of places, each would carry an edit for all of them. */
const mostPlaces = 20;

function nameStage(
  model: Model,
  { instruction, text }: VariableSource,
  found: readonly VariableSource[],
): Fix | undefined {
  const { document, file } = model;
  const from = model.stageOf(instruction)?.from;
  const first = model.stages[0]?.from;
  if (!from || !first || instruction.onbuild || found.length > mostPlaces) return undefined;
  const places = found.filter(
    (other) =>
      other.text === text && model.stageOf(other.instruction)?.from === from && !other.instruction.onbuild,
  );
  const declared = declarations(model, instruction, text);
  if (!declared) return undefined;
  const name = freeName(model, text);
  const stage = `${keywordLike(file, 'FROM')} ${text} ${keywordLike(file, 'AS')} ${name}`;
  const lines = declared.map((pair) => `${keywordLike(file, 'ARG')} ${pair}`);
  const edits: Edit[] = [
    ...(lines.length > 0 ? [document.insertLinesBefore(first.span.start, ...lines)] : []),
    document.insertLinesBefore(from.span.start, stage),
    ...places.map(({ at }) => replace(at, name)),
  ];
  return { title: `Name a stage ${name} with this image`, edits };
}

/** The arguments that FROM does not see yet, as pairs; undefined if one has no value in the file. */
function declarations(model: Model, at: Instruction, text: string): readonly string[] | undefined {
  const known = new Set([...globalNames(model), ...platformVariables.map(({ name }) => name)]);
  const needed: string[] = [];
  for (const [, name = ''] of text.matchAll(/\$\{?(\w+)/g)) {
    if (known.has(name)) continue;
    const pair = model.declaration(name, at)?.pair;
    if (!pair?.value || pair.legacy || pair.value.variables.length > 0) return undefined;
    needed.push(model.document.slice(pair.span));
    known.add(name);
  }
  return needed;
}

/** The last part of the image's name, or else of its variable, with a number if another stage has it. */
function freeName(model: Model, text: string): string {
  const last =
    text
      .replace(/[:@].*$/, '')
      .split('/')
      .at(-1) ?? '';
  const name = /^[a-z][a-z0-9-]*$/.test(last)
    ? last
    : text
        .replace(/[^A-Za-z0-9]+/g, '-')
        .replace(/^[^A-Za-z]+|-+$/g, '')
        .toLowerCase();
  const taken = stagesByName(model);
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  return free;
}
