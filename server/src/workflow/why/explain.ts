// From a failed build to its instruction and cause. What changes the file is made by `edits.ts`, which needs its model.
import type { BuildDescription } from '../../protocol';
import { locateFailure, placeIn } from '../build/locate-failure';
import type { BuildFailure } from '../build/output-parser';
import { causes } from './causes';
import type { Cause, Evidence } from './cause';
import type { Explanation, Facts } from './explanation';

/** The cause is most likely told of in this many last lines; above them commands speak that did not fail. */
const lastLines = 40;

/** @returns the place and the cause, without edits */
export function explain(failure: BuildFailure, file: BuildDescription): Explanation {
  const instruction = locateFailure(failure, file);
  const found = instruction === undefined ? undefined : file.instructions[instruction];
  const { cause, message, facts } = causeOf(evidenceOf(failure, found?.text, file));
  const line =
    found === undefined
      ? failure.lines?.first
      : placeIn(found, instruction, withSaidLast(failure, facts)).line;
  return { line, instruction, text: found?.text, cause, message, facts, edits: [] };
}

/** The line that says it points at a command better than what comes after. */
function withSaidLast(failure: BuildFailure, { said }: Facts): BuildFailure {
  return said === undefined ? failure : { ...failure, output: [...failure.output, said] };
}

function evidenceOf(
  { output, message, exitCode, step }: BuildFailure,
  instruction: string | undefined,
  { stages }: BuildDescription,
): Evidence {
  return {
    printed: output.filter((line) => !/^\++ /.test(line)),
    message,
    exitCode,
    instruction: instruction ?? step?.text,
    images: stages.flatMap(({ baseImage }) => (baseImage === undefined ? [] : [baseImage])),
  };
}

interface Named {
  readonly cause: string;
  readonly message: string;
  readonly facts: Facts;
}

/** The first cause that is told of: near the end, then anywhere; those that say little come last. */
function causeOf(evidence: Evidence): Named {
  const { printed, exitCode, message } = evidence;
  const near = printed.slice(-lastLines);
  const tries: readonly (readonly [readonly string[], boolean])[] = [
    [near, false],
    ...(near.length < printed.length ? [[printed, false] as const] : []),
    [printed, true],
  ];
  for (const [lines, weak] of tries) {
    for (const cause of causes) {
      if ((cause.weak ?? false) !== weak) continue;
      const facts = factsOf(cause, lines, evidence);
      if (facts) return { cause: cause.id, message: cause.message(facts), facts };
    }
  }
  const said = message || printed.at(-1);
  const facts = {
    ...(exitCode !== undefined && { exit: String(exitCode) }),
    ...(said !== undefined && { said }),
  };
  return { cause: 'unknown', message: unknown(facts), facts };
}

function unknown({ exit, said }: Facts): string {
  if (exit !== undefined) return `The command ended with exit code ${exit}, and its output does not say why`;
  return said === undefined ? 'The log does not say why the build failed' : `The build stopped: ${said}`;
}

/** @returns undefined if no line tells of the cause */
function factsOf(cause: Cause, printed: readonly string[], evidence: Evidence): Facts | undefined {
  const { message, exitCode } = evidence;
  const said = message === '' ? [] : [message];
  const lines = cause.said === 'builder' ? said : cause.said === 'anywhere' ? [...printed, ...said] : printed;
  const exit = exitCode === undefined ? {} : { exit: String(exitCode) };
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    for (const sign of cause.signs) {
      const found = sign.exec(line);
      if (!found) continue;
      const facts = { ...exit, ...named(found), said: line.trim() };
      const all = cause.more
        ? cause.more(collected(cause, lines, facts), evidence)
        : collected(cause, lines, facts);
      if (all) return all;
    }
  }
  return undefined;
}

function named(found: RegExpExecArray): Facts {
  const groups: Readonly<Record<string, string | undefined>> = found.groups ?? {};
  const told: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) if (value) told[name] = value;
  return told;
}

/** With the values that other lines have for the facts that the cause collects, each once. */
function collected(cause: Cause, lines: readonly string[], facts: Facts): Facts {
  if (!cause.collects) return facts;
  const values = new Map<keyof Facts, Set<string>>(cause.collects.map((fact) => [fact, new Set()]));
  for (const line of lines) {
    const found = cause.signs.map((sign) => sign.exec(line)).find(Boolean);
    if (found) for (const [fact, all] of values) if (found.groups?.[fact]) all.add(found.groups[fact]);
  }
  const joined: Record<string, string> = {};
  for (const [fact, all] of values) if (all.size > 0) joined[fact] = [...all].join(' ');
  return { ...facts, ...joined };
}
