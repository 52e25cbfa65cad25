import { defineRule } from '../core/lint/rule';
import type { Instruction } from '../core/lint/rule';

/**
 * The builder stops at an instruction that lacks what it works on.
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
 * > COPY has no destination, and the build stops here
 * > WORKDIR names no directory, and the build stops here
 * > ENV has a value without a name, and the build stops here
 * > LABEL sets no label, and the build stops here
 * > ENV names MODE without a value, and the build stops here
 * > HEALTHCHECK has no command behind CMD, and the build stops here
 * > HEALTHCHECK has no command behind CMD, and the build stops here
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
 * > COPY has no destination, and the build stops here
 * > COPY has no destination, and the build stops here
 * > FROM has no stage name behind AS, and the build stops here
 * > ENV names DEBUG without a value, and the build stops here
 * > FROM has more words than an image, but no AS with a stage name, and the build stops here
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
 * > FROM names no image, and the build stops here
 * > FROM has more words than one behind AS, and the build stops here
 * > ADD has neither source nor destination, and the build stops here
 * > ARG names no argument, and the build stops here
 * > HEALTHCHECK has neither CMD nor NONE, and the build stops here
 * What is there is enough:
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
  summary: 'An instruction lacks an argument',
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
          message: `${instruction.keyword} ${missing}, and ${instruction.onbuild ? 'builds on this image stop' : 'the build stops'} here`,
        };
    }
  },
});

const needed: Readonly<Record<string, string>> = {
  ARG: 'names no argument',
  ENV: 'sets no variable',
  EXPOSE: 'names no port',
  HEALTHCHECK: 'has neither CMD nor NONE',
  LABEL: 'sets no label',
  MAINTAINER: 'names nobody',
  ONBUILD: 'has no instruction behind it',
  SHELL: 'names no shell',
  STOPSIGNAL: 'names no signal',
  USER: 'names no user',
  VOLUME: 'names no directory',
  WORKDIR: 'names no directory',
};

/** As BuildKit's parser counts; RUN, CMD and ENTRYPOINT may be empty there. */
function whatIsMissing(instruction: Instruction): string | undefined {
  const { keyword, json, argumentsLogical } = instruction;
  const isEmpty = json ? json.length === 0 : argumentsLogical.start === argumentsLogical.end;
  switch (keyword) {
    case 'FROM': {
      if (isEmpty) return 'names no image';
      const { words } = instruction;
      if (words.length === 1) return undefined;
      if (words[1]?.raw.toUpperCase() === 'AS')
        return words.length === 2
          ? 'has no stage name behind AS'
          : words.length > 3
            ? 'has more words than one behind AS'
            : undefined;
      return 'has more words than an image, but no AS with a stage name';
    }
    case 'ADD':
    case 'COPY':
      if (isEmpty) return 'has neither source nor destination';
      return (json ?? instruction.words).length === 1 ? 'has no destination' : undefined;
    case 'ARG':
    case 'ENV':
    case 'LABEL': {
      const { pairs } = instruction;
      if (pairs.some(({ key }) => key.raw === '')) return 'has a value without a name';
      // `ENV NAME value` is the old form of a pair; only ARG does without the value.
      const bare = keyword === 'ARG' ? undefined : pairs.find(({ value }) => value === undefined);
      return bare ? `names ${bare.key.raw} without a value` : isEmpty ? needed[keyword] : undefined;
    }
    case 'HEALTHCHECK': {
      if (json) return json.length === 0 ? 'has no command behind CMD' : undefined;
      const [form, command] = instruction.words;
      const hasNone = form?.value.toUpperCase() === 'CMD' && command === undefined;
      return hasNone ? 'has no command behind CMD' : isEmpty ? needed[keyword] : undefined;
    }
    default:
      return isEmpty ? needed[keyword] : undefined;
  }
}
