import { defineRule } from '../core/lint/rule';
import type { Instruction } from '../core/lint/rule';

/**
 * The builder stops at an instruction without a required argument.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «COPY» package.json
 * «WORKDIR»
 * «ENV» =production
 * «LABEL»
 * «ENV» MODE
 * «HEALTHCHECK» --interval=5s CMD
 * «HEALTHCHECK» CMD []
 * ```
 * > COPY needs a destination, so the build stops here
 * > WORKDIR needs a directory, so the build stops here
 * > ENV needs a name before the =, so the build stops here
 * > LABEL needs a label, so the build stops here
 * > ENV needs a value for MODE, so the build stops here
 * > HEALTHCHECK needs a command after CMD, so the build stops here
 * > HEALTHCHECK needs a command after CMD, so the build stops here
 * ```dockerfile bad
 * FROM debian:12
 * «COPY» ["package.json"]
 * «COPY» <<EOF
 * text
 * EOF
 * «FROM» debian:12 AS
 * «ENV» MODE=production DEBUG
 * «FROM» debian:12 build
 * ```
 * > COPY needs a destination, so the build stops here
 * > COPY needs a destination, so the build stops here
 * > FROM needs a stage name after AS, so the build stops here
 * > ENV needs a value for DEBUG, so the build stops here
 * > FROM has words after the image, but no AS with a stage name, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * COPY package.json ./
 * COPY <<EOF /etc/motd
 * text
 * EOF
 * RUN <<EOF
 * echo one
 * EOF
 * CMD []
 * ```
 * ```dockerfile bad
 * «FROM»
 * «FROM» debian:12 AS build stage
 * «ADD»
 * «ARG»
 * «HEALTHCHECK»
 * ```
 * > FROM needs an image, so the build stops here
 * > FROM has more than one word after AS, so the build stops here
 * > ADD needs a source and a destination, so the build stops here
 * > ARG needs a name, so the build stops here
 * > HEALTHCHECK needs CMD or NONE, so the build stops here
 * These have all they need:
 * ```dockerfile good
 * FROM debian:12
 * ENV MODE=production
 * HEALTHCHECK NONE
 * HEALTHCHECK CMD ["/app", "--check"]
 * ARG VERSION
 * ```
 * ```dockerfile good
 * FROM debian:12 AS build
 * ```
 */
export default defineRule({
  id: 'instruction-argument-missing',
  summary: 'An instruction lacks a required argument',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const instruction of model.instructions) {
      const missing = whatIsMissing(instruction);
      if (missing)
        yield {
          at: instruction.keywordSpan,
          message: `${instruction.keyword} ${missing}, so ${instruction.onbuild ? 'builds on this image stop' : 'the build stops'} here`,
        };
    }
  },
});

const needed: Readonly<Record<string, string>> = {
  ARG: 'needs a name',
  ENV: 'needs a variable',
  EXPOSE: 'needs a port',
  HEALTHCHECK: 'needs CMD or NONE',
  LABEL: 'needs a label',
  MAINTAINER: 'needs a name',
  ONBUILD: 'needs an instruction',
  SHELL: 'needs a shell',
  STOPSIGNAL: 'needs a signal',
  USER: 'needs a user',
  VOLUME: 'needs a directory',
  WORKDIR: 'needs a directory',
};

/** Counts like BuildKit's parser, which accepts an empty RUN, CMD and ENTRYPOINT. */
function whatIsMissing(instruction: Instruction): string | undefined {
  const { keyword, json, argumentsLogical } = instruction;
  const isEmpty = json ? json.length === 0 : argumentsLogical.start === argumentsLogical.end;
  switch (keyword) {
    case 'FROM': {
      if (isEmpty) return 'needs an image';
      const { words } = instruction;
      if (words.length === 1) return undefined;
      if (words[1]?.raw.toUpperCase() === 'AS')
        return words.length === 2
          ? 'needs a stage name after AS'
          : words.length > 3
            ? 'has more than one word after AS'
            : undefined;
      return 'has words after the image, but no AS with a stage name';
    }
    case 'ADD':
    case 'COPY':
      if (isEmpty) return 'needs a source and a destination';
      return (json ?? instruction.words).length === 1 ? 'needs a destination' : undefined;
    case 'ARG':
    case 'ENV':
    case 'LABEL': {
      const { pairs } = instruction;
      if (pairs.some(({ key }) => key.raw === '')) return 'needs a name before the =';
      // `ENV NAME value` is the old form of a pair. Only ARG works without a value.
      const bare = keyword === 'ARG' ? undefined : pairs.find(({ value }) => value === undefined);
      return bare ? `needs a value for ${bare.key.raw}` : isEmpty ? needed[keyword] : undefined;
    }
    case 'HEALTHCHECK': {
      if (json) return json.length === 0 ? 'needs a command after CMD' : undefined;
      const [form, command] = instruction.words;
      const hasNone = form?.value.toUpperCase() === 'CMD' && command === undefined;
      return hasNone ? 'needs a command after CMD' : isEmpty ? needed[keyword] : undefined;
    }
    default:
      return isEmpty ? needed[keyword] : undefined;
  }
}
