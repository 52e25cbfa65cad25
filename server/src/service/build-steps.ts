// Describes what single instructions do in a build: how an image's history names them, which of their commands can fail,
// and whether they need BuildKit.
import { guardOf } from '../core/analysis/commands/guard';
import { flagInfo } from '../core/knowledge/syntax/instructions';
import type { Model } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';
import type { Span } from '../core/text/span';
import type { DescribedCommand, DescribedStep, Range } from '../workflow/build-description';

export type ToRange = (span: Span) => Range;

/** @returns undefined for instructions that make no layer */
export function describeStep(model: Model, instruction: Instruction): DescribedStep | undefined {
  switch (instruction.keyword) {
    case 'RUN':
      return { words: runWords(instruction), ...(instruction.json && { json: argumentsOf(instruction) }) };
    case 'WORKDIR':
      return { words: instruction.words[0]?.value ?? '' };
    case 'COPY':
    case 'ADD': {
      const copy = model.copyOf(instruction);
      if (!copy) return undefined;
      const { sources, destination } = copy;
      const words = [
        ...sources.map(({ kind, value }) => (kind === 'heredoc' ? heredocWord(value) : value)),
        destination.value,
      ];
      return { words: words.join(' '), destination: destination.value };
    }
    default:
      return undefined;
  }
}

/** BuildKit names the file of a heredoc without the dash and the quotes of its operator. */
function heredocWord(operator: string): string {
  return `<<${operator.replace(/^<<-?/, '').replace(/["']/g, '')}`;
}

function argumentsOf({ line, argumentsLogical }: Instruction): string {
  return line.text.slice(argumentsLogical.start, argumentsLogical.end);
}

function runWords(instruction: Instruction): string {
  const { json, heredocs } = instruction;
  if (json) return json.map(({ value }) => value).join(' ');
  const said = argumentsOf(instruction);
  const [only] = heredocs;
  if (!only) return said;
  // A heredoc alone is the script itself; beside a command its body stands below the line.
  if (heredocs.length === 1 && only.operator.raw === said)
    return only.content.startsWith('#!') ? `/dev/pipes/${only.name}` : only.content;
  return [said, ...heredocs.map(({ content, name }) => content + name)].join('\n');
}

/** The commands in the script of a RUN whose failure stops it; where that is not known, it might. */
export function describeCommands(
  model: Model,
  instruction: Instruction,
  toRange: ToRange,
): DescribedCommand[] {
  if (instruction.keyword !== 'RUN') return [];
  return model
    .commandsOf(instruction)
    .filter(
      (command) =>
        command.script && command.editable && /^(?:stops|unknown)$/.test(guardOf(model, command).kind),
    )
    .map(({ program, name, args, fullSpan }) => ({
      name: program === '' ? name.text : program,
      words: args.flatMap(({ value }) => (value === undefined ? [] : [value])),
      range: toRange(fullSpan),
    }));
}

/** What of an instruction docker's old builder refuses. */
export function needsBuildKit(instruction: Instruction): string[] {
  const { keyword, flags, heredocs } = instruction.trigger ?? instruction;
  if (keyword === 'HEALTHCHECK') return [];
  const newer = flags.filter(({ name }) => flagInfo(keyword, name)?.since !== undefined);
  return [
    ...newer.map(({ name }) => `${keyword} --${name}`),
    ...(heredocs.length > 0 ? [`${keyword} <<${heredocs[0]?.name ?? ''}`] : []),
  ];
}
