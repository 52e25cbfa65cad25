// Linting and fixing one file, the only way to either: the language server and the command line both come through here.
// Pure: text and surroundings in, data out. Who calls keeps what lasts longer (versions, caches, bytes).
import type { AppliedFix, FixAllOptions } from '../core/lint/fix';
import type { LintResult } from '../core/lint/run';
import { fixAll, lint } from '../linter';
import type { Surroundings } from './surroundings';

/** A bug of Drydock's own that showed up in a run: a rule that threw, or a fix that had to be dropped. */
export interface Failure {
  readonly ruleId: string;
  /** One sentence without a full stop. */
  readonly message: string;
  /** The same with what a developer needs to find the bug; may have several lines. */
  readonly detail: string;
}

export interface Linted {
  /** The text that the findings are about. */
  readonly text: string;
  readonly result: LintResult;
  readonly failures: readonly Failure[];
}

export interface Fixed extends Linted {
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedFix[];
}

/** Findings on the text of a Dockerfile. Never throws. */
export function lintFile(text: string, { config, facts }: Surroundings): Linted {
  const result = lint(text, config, facts);
  return { text, result, failures: thrownIn(result) };
}

/**
 * The text with every wanted fix applied that may be applied in bulk, and what is left to find in it. Never throws.
 * @param wanted how far fixes are trusted, and which findings they may be for
 */
export function fixFile(text: string, { config, facts }: Surroundings, wanted: FixAllOptions): Fixed {
  const { text: fixed, result, applied, rejected } = fixAll(text, config, facts, wanted);
  const dropped = rejected.map((ruleId): Failure => {
    const message = `A fix of the rule ${ruleId} broke the file or never settled, so it was not applied`;
    return { ruleId, message, detail: message };
  });
  return { text: fixed, result, applied, failures: [...thrownIn(result), ...dropped] };
}

function thrownIn({ failures }: LintResult): Failure[] {
  return failures.map(({ ruleId, error }) => {
    const why = error instanceof Error ? error.message : String(error);
    const where = error instanceof Error ? (error.stack ?? why) : why;
    return {
      ruleId,
      message: `The rule ${ruleId} failed: ${why}`,
      detail: `The rule ${ruleId} failed: ${where}`,
    };
  });
}
