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
  VOLUME: 'needs a folder',
  WORKDIR: 'needs a folder',
};

/** A heredoc can only be a source. */
function endsInHeredoc({ heredocs, words }: Instruction): boolean {
  const last = words.at(-1);
  return last !== undefined && heredocs.some(({ operator }) => operator.span.start === last.span.start);
}

/**
 * What an instruction lacks, as the end of a sentence: `needs a destination`. Counts like BuildKit's parser, which
 * accepts an empty RUN, CMD and ENTRYPOINT.
 */
export function missingArgument(instruction: Instruction): string | undefined {
  const { keyword, json, argumentsLogical } = instruction;
  const isEmpty = json ? json.length === 0 : argumentsLogical.start === argumentsLogical.end;
  switch (keyword) {
    case 'FROM': {
      const [image, as, name] = instruction.words;
      if (image?.value === '' || isEmpty) return 'needs an image';
      // Other words behind the image are from-as-keyword.
      return as?.raw.toUpperCase() === 'AS' && !name ? 'needs a stage name after AS' : undefined;
    }
    case 'ADD':
    case 'COPY':
      if (isEmpty) return 'needs a source and a destination';
      return (json ?? instruction.words).length === 1 || endsInHeredoc(instruction)
        ? 'needs a destination'
        : undefined;
    // CMD [] is healthcheck-form-invalid.
    case 'HEALTHCHECK':
      return argumentsLogical.start === argumentsLogical.end ? needed[keyword] : undefined;
    case 'RUN':
      return json && isEmpty ? 'needs a command' : undefined;
    case 'VOLUME':
      if ((json ?? instruction.words).some(({ value }) => value.trim() === '')) return needed[keyword];
      return isEmpty ? needed[keyword] : undefined;
    // An empty array is shell-not-json.
    case 'SHELL':
      return isEmpty && !json ? needed[keyword] : undefined;
    case 'ARG':
    case 'ENV':
    case 'LABEL': {
      const { pairs } = instruction;
      if (pairs.some(({ key }) => key.raw === '')) return 'needs a name before the =';
      // A name without a value is key-value-missing-equals.
      return isEmpty ? needed[keyword] : undefined;
    }
    default:
      return isEmpty ? needed[keyword] : undefined;
  }
}
