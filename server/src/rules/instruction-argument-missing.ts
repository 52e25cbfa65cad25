import { builtText } from '../core/analysis/symbols/variable-names';
import { missingArgument } from '../core/analysis/text/missing-argument';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';

/**
 * The builder stops at an instruction without a required argument.
 *
 * ```dockerfile bad
 * FROM debian:12
 * «COPY» package.json
 * «COPY» package.json <<EOF
 * text
 * EOF
 * «WORKDIR»
 * «ENV» =production
 * «LABEL»
 * «SHELL»
 * «VOLUME» ["/data", ""]
 * «VOLUME» ""
 * «VOLUME» $UNSET
 * «RUN» []
 * «COPY» ["package.json"]
 * «COPY» <<EOF
 * text
 * EOF
 * ```
 * > COPY needs a destination, so the build stops here
 * > COPY needs a destination, so the build stops here
 * > WORKDIR needs a folder, so the build stops here
 * > ENV needs a name before the =, so the build stops here
 * > LABEL needs a label, so the build stops here
 * > SHELL needs a shell, so the build stops here
 * > VOLUME needs a folder, so the build stops here
 * > VOLUME needs a folder, so the build stops here
 * > VOLUME needs a folder, and $UNSET is empty, so the build stops here
 * > RUN needs a command, so the build stops here
 * > COPY needs a destination, so the build stops here
 * > COPY needs a destination, so the build stops here
 * ```dockerfile bad
 * «FROM»
 * «FROM» ""
 * «FROM» debian:12 AS
 * «ADD»
 * «ARG»
 * «HEALTHCHECK»
 * «VOLUME»
 * ```
 * > FROM needs an image, so the build stops here
 * > FROM needs an image, so the build stops here
 * > FROM needs a stage name after AS, so the build stops here
 * > ADD needs a source and a destination, so the build stops here
 * > ARG needs a name, so the build stops here
 * > HEALTHCHECK needs CMD or NONE, so the build stops here
 * > VOLUME needs a folder, so the build stops here
 * ```dockerfile good
 * FROM debian:12 AS build
 * COPY package.json ./
 * COPY <<EOF /etc/motd
 * text
 * EOF
 * RUN <<EOF
 * echo one
 * EOF
 * ENV MODE=production
 * SHELL []
 * ARG DATA
 * VOLUME /data $DATA ["$UNSET"]
 * HEALTHCHECK NONE
 * ARG VERSION
 * CMD []
 * ```
 */
export default defineRule({
  id: 'instruction-argument-missing',
  summary: 'An instruction lacks a required argument',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL1000',
    'dockerfile-utils:ARGUMENT_MISSING',
    'dockerfile-utils:ARGUMENT_REQUIRES_ONE',
    'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE',
    'dockerfile-utils:ARGUMENT_REQUIRES_TWO',
    'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO',
    'dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE',
    'dockerfile-utils:SYNTAX_MISSING_NAMES',
  ],

  *check({ model }) {
    for (const instruction of model.instructions) {
      const missing = missingArgument(instruction) ?? emptyVolume(model, instruction);
      if (missing)
        yield {
          at: instruction.keywordSpan,
          message: `${instruction.keyword} ${missing}, so ${stopsHere(instruction)}`,
        };
    }
  },

  *hadolint({ model }) {
    for (const instruction of model.instructions) {
      const missing = instruction.json?.length === 0 ? undefined : missingArgument(instruction);
      if (missing) yield { at: instruction.keywordSpan, message: `${instruction.keyword} ${missing}` };
    }
  },
});

/** A variable without a value leaves nothing of a word. */
function emptyVolume(model: Model, instruction: Instruction): string | undefined {
  if (instruction.keyword !== 'VOLUME' || instruction.json) return undefined;
  const empty = instruction.words.find(
    (word) => word.variables.length > 0 && builtText(model, word, instruction)?.trim() === '',
  );
  return empty && `needs a folder, and ${empty.raw} is empty`;
}
