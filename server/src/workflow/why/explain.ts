// From a failed build to its instruction and cause. What changes the file is made by `edits.ts`, which needs its model.
import type { BuildDescription } from '../build-description';
import { locateFailure, placeIn } from '../build/locate-failure';
import type { BuildFailure } from '../build/output-parser';
import { causes } from './causes';
import type { Cause, Evidence } from './cause';
import type { Explanation, Facts } from './explanation';

/** Commands that `set -x` shows, and warnings that stop nothing. */
const aside =
  /^\++ |^debconf: \(|^npm WARN|^warning |^\[WARNING\]|^WARNING: (?:The certificate|cannot verify)/;

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

/** On a terminal, new versions of apt write out what is `E:` and `W:` elsewhere. */
function withShortMarks(line: string): string {
  const [word, letter] =
    /^(?:(E)rror|(W)arning): (?:The repository '|Failed to fetch |Unable to (?:locate|find a source|fetch|correct|lock)|Package '|Version '|Couldn't find any package|Can't select|Release file |Sub-process |Some (?:index|packages)|There were unauth|GPG error|OpenPGP |Unmet dependencies|Broken packages|An error occurred during the signature|Could not (?:open|get) lock)/
      .exec(line)
      ?.flatMap((group) => group ?? []) ?? [];
  return letter === undefined || word === undefined ? line : `${letter}${line.slice(line.indexOf(':'))}`;
}

function evidenceOf(
  { output, message, exitCode, step }: BuildFailure,
  instruction: string | undefined,
  { stages }: BuildDescription,
): Evidence {
  return {
    printed: output.filter((line) => !aside.test(line)).map(withShortMarks),
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
    // A command that says nothing leaves its exit code.
    [printed.length > 0 ? printed : [''], true],
  ];
  for (const [lines, weak] of tries) {
    for (const cause of causes) {
      if ((cause.weak ?? false) !== weak) continue;
      const facts = factsOf(cause, lines, evidence);
      if (facts) return { cause: cause.id, message: withoutStop(cause.message(facts)), facts };
    }
  }
  const failed = message !== '' || exitCode !== undefined;
  const said = failed ? message || printed.at(-1) : undefined;
  const facts = {
    ...(exitCode !== undefined && { exit: String(exitCode) }),
    ...(said !== undefined && { said }),
  };
  return { cause: 'unknown', message: withoutStop(unknown(facts)), facts };
}

/** The words of a log may bring one along. */
function withoutStop(message: string): string {
  return message
    .trimEnd()
    .replace(/[.\s]{1,20}$/, '')
    .replace(/([^.])\.\. (?=[A-Z])/g, '$1. ');
}

function unknown({ exit, said }: Facts): string {
  if (exit !== undefined)
    return said === undefined
      ? `The command ended with exit code ${exit}, and printed nothing that says why`
      : `The command ended with exit code ${exit}. The last it said is: ${said}`;
  return said === undefined
    ? 'The log does not tell of a failed build. Give the whole output of the build, errors included'
    : `The build stopped: ${said}`;
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
      // What silent commands leave is in no line.
      const told = found[0] === '' ? {} : { said: line.trim() };
      const facts = { ...exit, ...named(found), ...told };
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
    if (found)
      for (const [fact, all] of values)
        if (found.groups?.[fact]) for (const value of found.groups[fact].trim().split(/\s+/)) all.add(value);
  }
  const joined: Record<string, string> = {};
  for (const [fact, all] of values) if (all.size > 0) joined[fact] = [...all].join(' ');
  return { ...facts, ...joined };
}
