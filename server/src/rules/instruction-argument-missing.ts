import { missingArgument } from '../core/analysis/text/missing-argument';
import { defineRule } from '../core/lint/rule';

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
      const missing = missingArgument(instruction);
      if (missing)
        yield {
          at: instruction.keywordSpan,
          message: `${instruction.keyword} ${missing}, so ${instruction.onbuild ? 'builds on this image stop' : 'the build stops'} here`,
        };
    }
  },
});
