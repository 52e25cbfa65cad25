// Arguments without which the builder stops.
import type { Instruction } from '../../syntax/nodes';

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

/**
 * What an instruction lacks, as the end of a sentence: `needs a destination`. Counts like BuildKit's parser, which
 * accepts an empty RUN, CMD and ENTRYPOINT.
 */
export function missingArgument(instruction: Instruction): string | undefined {
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
