// Text that the builder cannot read, by kinds of problems that different rules report.
import type { Model } from '../../model/model';
import type { Instruction, SyntaxProblem } from '../../syntax/nodes';
import { once } from '../../text/memo';

export interface RefusedText {
  readonly problem: SyntaxProblem;
  /** The instruction that holds it, for a trigger its ONBUILD; undefined above the first one. */
  readonly instruction: Instruction | undefined;
  /** Whether only builds on this image read it, as the words of a trigger. */
  readonly later: boolean;
}

/** What the builder has to read to find the instructions, also behind ONBUILD. */
const readAtOnce: ReadonlySet<SyntaxProblem['kind']> = new Set(['heredoc-unterminated', 'line-too-long']);

/** The problems of some kinds, in file order. */
export function* refusedText(
  { file }: Model,
  kinds: ReadonlySet<SyntaxProblem['kind']>,
): Generator<RefusedText> {
  if (file.problems.length === 0) return;
  const { instructions } = file;
  let next = 0;
  for (const problem of file.problems) {
    if (!kinds.has(problem.kind)) continue;
    while ((instructions[next]?.span.end ?? Infinity) < problem.at.start) next += 1;
    const instruction = instructions[next];
    const inside = instruction && instruction.span.start <= problem.at.start ? instruction : undefined;
    const trigger = inside?.trigger;
    const later =
      trigger !== undefined && trigger.span.start <= problem.at.start && !readAtOnce.has(problem.kind);
    yield { problem, instruction: inside, later };
  }
}

const every: ReadonlySet<SyntaxProblem['kind']> = new Set([
  'open-quote',
  'flag-malformed',
  'variable-malformed',
  'json-not-strings',
]);

/** The instructions and triggers with words that cannot be read, so that nobody knows where they end. */
export const unreadable = once(
  (model: Model): ReadonlySet<Instruction> =>
    new Set(
      [...refusedText(model, every)].flatMap(({ instruction }) => instruction?.trigger ?? instruction ?? []),
    ),
);
