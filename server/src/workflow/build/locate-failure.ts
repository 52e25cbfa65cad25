// Finds the instruction of the file that a builder's failure is about. Builders that do not name a line name
// the step; steps are counted differently by each, so text decides and numbers settle what text leaves open.
import type { BuildDescription, DescribedInstruction } from '../build-description';
import { follow, toFollow } from '../followed-lines';
import { hasParts, literalParts, plain } from '../literal-parts';
import { failingCommands } from './failing-command';
import type { BuildFailure, FailedStep } from './output-parser';
import { registryTrouble } from './registry-trouble';

/** Where a failure is in the file. */
export interface FailurePlace {
  /** Zero-based. */
  readonly line: number;
  /** Index into the instructions; undefined when the builder named a line outside of them. */
  readonly instruction: number | undefined;
  /** The commands of the instruction that may have failed: indexes of the first and the last. */
  readonly commands?: { readonly first: number; readonly last: number };
}

/**
 * @param built the file as it was built
 * @param now the file as it is: it may have been edited during the build
 * @returns undefined when the failure is about nothing in the file, or what it is about has been changed
 */
export function placeFailure(
  failure: BuildFailure,
  built: BuildDescription,
  now: BuildDescription,
): FailurePlace | undefined {
  if (registryTrouble(failure)) return undefined;
  const at = locateFailure(failure, built);
  const failed = at === undefined ? undefined : toFollow(at, built);
  if (!failed) return failure.lines && { line: failure.lines.first, instruction: undefined };
  const instruction = follow(failed, now);
  const found = instruction === undefined ? undefined : now.instructions[instruction];
  if (!found) return undefined;
  return placeIn(found, instruction, failure);
}

/** The place in an instruction: its failing command, where that is certain. @param at its index */
export function placeIn(
  found: DescribedInstruction,
  at: number | undefined,
  failure: BuildFailure,
): FailurePlace {
  const { commands = [] } = found;
  const failing = failure.exitCode === undefined ? [] : failingCommands(failure, commands);
  const [first] = failing;
  const last = failing.at(-1);
  if (!first || !last) return { line: found.mark.start.line, instruction: at };
  const place = { first: commands.indexOf(first), last: commands.indexOf(last) };
  return { line: first.range.start.line, instruction: at, commands: place };
}

/** @returns an index into `description.instructions`, or undefined when the failure is about none of them */
export function locateFailure(failure: BuildFailure, description: BuildDescription): number | undefined {
  const { instructions } = description;
  const { step, command, family, message } = failure;
  const line = failure.lines?.first;
  const named =
    line === undefined
      ? -1
      : instructions.findIndex((one) => one.mark.start.line <= line && line <= one.endLine);
  const byText = step && locateStep(step, family, description);
  // The builder's line counts, unless something else stands there: the file has been edited, or its line is that of an
  // ONBUILD in the base image.
  const there = instructions[named];
  if (there) {
    const other = step?.number !== undefined && !printsAs(there, step.text);
    return (other ? (byText ?? fromOfStage(step, description)) : undefined) ?? named;
  }
  return (
    byText ??
    (command === undefined ? undefined : locateCommand(command, description)) ??
    triggered(failure, description) ??
    locateWords(message, description)
  );
}

/** What the parser says: a line, or a word that stands for the instruction. */
function locateWords(message: string, { instructions }: BuildDescription): number | undefined {
  const parsed = /parse error (?:on )?line (\d+)/i.exec(message)?.[1];
  const line = Number(parsed ?? 0) - 1;
  const at = instructions.findIndex((one) => one.mark.start.line <= line && line <= one.endLine);
  if (at >= 0) return at;
  const unknown = /unknown instruction: "?(\w+)/i.exec(message)?.[1]?.toUpperCase();
  const found = instructions.findIndex(({ keyword }) => keyword === unknown);
  return found >= 0 ? found : undefined;
}

/** By the command that the builder repeats, with its shell before it; of a cut log only the end may be there. */
function locateCommand(command: string, { instructions }: BuildDescription): number | undefined {
  const text = plain(command);
  let best: number | undefined;
  let longest = 0;
  for (const [at, one] of instructions.entries()) {
    if (!/^(?:RUN|ONBUILD)$/.test(one.keyword)) continue;
    const script = plain(one.step?.json === undefined ? commandOf(one.text) : one.step.words);
    const shared = commonEnd(text, script);
    // The same to the end, and to the start of one of the two.
    const whole = shared === script.length || shared === text.length || shared > 40;
    if (whole && shared > longest) [best, longest] = [at, shared];
  }
  return best;
}

/** A RUN without its keyword and flags. */
function commandOf(text: string): string {
  return withoutHeredoc(text).replace(/^(?:ONBUILD\s+)?\w+\s+(?:--\w[\w-]*(?:=\S*)?\s+)*/i, '');
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

/** What stands nowhere in the file comes from an ONBUILD of a base image. */
function triggered({ step, command }: BuildFailure, description: BuildDescription): number | undefined {
  if (step) return fromOfStage(step, description);
  const [only, ...others] = description.stages;
  return command === undefined || others.length > 0 ? undefined : only?.from;
}

function fromOfStage(step: FailedStep, description: BuildDescription): number | undefined {
  if (!/^(?:RUN|COPY|ADD|WORKDIR)\b/i.test(step.text)) return undefined;
  const index = stageOf(step, description) ?? (description.stages.length === 1 ? 0 : undefined);
  return description.stages.find((stage) => stage.index === index)?.from;
}

/** Whether the builder may print this instruction so. Variables are put in before a step is printed. */
function printsAs({ text }: DescribedInstruction, printed: string): boolean {
  const said = plain(withoutHeredoc(printed));
  return plain(text) === said || hasParts(said, literalParts(plain(text)));
}

/** @returns an index into the instructions @param step as a builder prints it */
export function locateStep(
  step: Pick<FailedStep, 'text' | 'stageName' | 'stageNumber' | 'number'>,
  family: BuildFailure['family'],
  description: BuildDescription,
): number | undefined {
  const loaded = /^\[internal\] load metadata for (\S+)$/.exec(step.text)?.[1];
  if (loaded !== undefined) return fromOfImage(loaded, description);

  const { instructions } = description;
  const stage = stageOf(step, description);
  const matching = (matches: (one: DescribedInstruction) => boolean): number[] =>
    instructions.flatMap((one, at) =>
      matches(one) && (stage === undefined || one.stage === stage) ? [at] : [],
    );
  const [keyword = ''] = step.text.split(/\s/, 1);
  const text = withoutHeredoc(keyword.toUpperCase() + step.text.slice(keyword.length));
  let found = matching((one) => plain(one.text) === plain(text));
  if (found.length === 0) found = matching((one) => printsAs(one, text));
  if (found.length < 2) return found[0];
  const numbered = found.find((at) => stepNumber(at, family, description) === step.number);
  return numbered ?? found[0];
}

function stageOf(
  { stageName, stageNumber }: Pick<FailedStep, 'stageName' | 'stageNumber'>,
  { stages }: BuildDescription,
): number | undefined {
  if (stageNumber !== undefined) return stages[stageNumber - 1]?.index;
  if (stageName === undefined) return undefined;
  const named = stages.find(({ name }) => name?.toLowerCase() === stageName.toLowerCase());
  const numbered = /^stage-(\d+)$/.exec(stageName)?.[1];
  return named?.index ?? (numbered === undefined ? undefined : stages[Number(numbered)]?.index);
}

/**
 * The number the builder prints in front of the instruction.
 * BuildKit counts in each stage what makes a layer, FROM included unless it names a stage or scratch; docker's
 * old builder counts every instruction of the file; buildah counts every instruction of a stage.
 */
function stepNumber(at: number, family: BuildFailure['family'], description: BuildDescription): number {
  const { instructions, stages } = description;
  if (family === 'legacy') return at + 1;
  const stage = instructions[at]?.stage;
  const before = instructions.slice(0, at + 1).filter((one) => one.stage === stage);
  if (family === 'buildah') return before.length;
  const layers = before.filter(({ keyword }) => ['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(keyword)).length;
  const described = stages.find(({ index }) => index === stage);
  const counted = described && described.parent === undefined && !fromScratch(described.from, instructions);
  return layers + (counted ? 1 : 0);
}

function fromScratch(from: number, instructions: readonly DescribedInstruction[]): boolean {
  return /^FROM\s+(?:--\S+\s+)*scratch(?:\s|$)/i.test(instructions[from]?.text ?? '');
}

function fromOfImage(image: string, { stages, instructions }: BuildDescription): number | undefined {
  const short = familiar(image);
  const stage = stages.find(({ baseImage }) => baseImage !== undefined && familiar(baseImage) === short);
  if (stage) return stage.from;
  // Images of COPY --from and mounts are loaded in the same way.
  const at = instructions.findIndex(({ text }) => text.includes(`from=${short}`));
  return at >= 0 ? at : undefined;
}

/** `docker.io/library/alpine:latest` and `alpine` are one image. */
function familiar(image: string): string {
  return image
    .replace(/^docker\.io\/(?:library\/)?/, '')
    .replace(/@sha256:[0-9a-f]+$/, '')
    .replace(/:latest$/, '');
}

/** BuildKit prints the beginning of a heredoc's body in parentheses. */
function withoutHeredoc(text: string): string {
  return /<<-?["']?\w/.test(text) ? text.replace(/ \(.*$/, '') : text;
}
