// Which command of a RUN failed. Builders tell the exit code of the whole script alone, so what it printed has to tell.
import type { DescribedCommand } from '../build-description';
import type { BuildFailure } from './output-parser';

const tail = 8;

/**
 * @param commands those whose failure stops the step, in order
 * @returns the one that failed; all of them if nothing tells
 */
export function failingCommands(
  { exitCode, output }: Pick<BuildFailure, 'exitCode' | 'output'>,
  commands: readonly DescribedCommand[],
): readonly DescribedCommand[] {
  if (commands.length < 2) return commands;
  const ending = commands.filter(({ name, words }) => name === 'exit' && words[0] === String(exitCode));
  if (ending.length === 1) return ending;
  // What is printed far above the end belongs to a command before.
  const lines = output.slice(-tail).reverse();
  const traced = lines.find((line) => /^\++ /.test(line));
  const signs: ((command: DescribedCommand) => boolean)[] = [
    ...(traced === undefined ? [] : [isTraced(traced)]),
    ...lines.flatMap((line) => [isNamed(line), hasWord(line)]),
  ];
  for (const sign of signs) {
    const found = commands.filter(sign);
    if (found.length === 1) return found;
  }
  return commands;
}

/** `set -x` prints each command before it runs: `+ make all`. */
function isTraced(line: string): (command: DescribedCommand) => boolean {
  const [program = '', ...words] = line.replace(/^\++ /, '').split(' ');
  const name = baseName(program);
  return (command) => command.name === name && command.words.every((word) => words.includes(word));
}

/** `ls: cannot access …`, `npm error …`, `make[1]: ***`, `/bin/sh: 1: foo: not found`. */
function isNamed(line: string): (command: DescribedCommand) => boolean {
  const missing = /(?:^|[:\s])([^\s:]+): (?:command )?not found$/.exec(line)?.[1];
  const [, first, rest = ''] = /^([^\s:[]+)(.*)$/.exec(line) ?? [];
  const complains = /^(?::|\[\d+\]:| ERR!| error\b)/.test(rest);
  return ({ name }) =>
    name ===
    (missing === undefined ? complains && first !== undefined && baseName(first) : baseName(missing));
}

/** The line names an argument: `E: Unable to locate package nosuch`. Short words and options may mean anything. */
function hasWord(line: string): (command: DescribedCommand) => boolean {
  const said = new Set(line.split(/[\s'"`,;:()]+/));
  return ({ words }) => words.some((word) => word.length > 2 && !word.startsWith('-') && said.has(word));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
