// Lints and fixes one file. The language server and the command line both use this and nothing else.
// Pure: text and surroundings in, data out. The caller keeps what lasts longer (versions, caches, bytes).
import type { AppliedFix, FixAllOptions } from '../core/lint/fix';
import type { LintResult } from '../core/lint/run';
import { fixAll, lint, lintEach } from '../linter';
import type { Surroundings } from './surroundings';

/** A bug in Drydock that showed up in a run: a rule that threw, or a fix that had to be dropped. */
export interface Failure {
  readonly ruleId: string;
  /** One sentence without a full stop. */
  readonly message: string;
  /** The same with details for developers; may have several lines. */
  readonly detail: string;
}

export interface Linted {
  /** The text that the findings are about. */
  readonly text: string;
  readonly result: LintResult;
  readonly failures: readonly Failure[];
}

export interface Fixed extends Linted {
  /** In the order of application. */
  readonly applied: readonly AppliedFix[];
}

/** Findings on the text of a Dockerfile. Never throws. */
export function lintFile(text: string, { config, facts }: Surroundings): Linted {
  return withFailures(text, lint(text, config, facts));
}

/** Findings on several files, which takes less time than one after another. Never throws. */
export function lintFiles<F extends FileToLint>(files: readonly F[]): readonly (readonly [F, Linted])[] {
  const subjects = files.map((file) => {
    const { config, facts } = file.surroundings;
    return { file, text: file.text, config, facts };
  });
  return lintEach(subjects).map(([{ file }, result]) => [file, withFailures(file.text, result)]);
}

interface FileToLint {
  readonly text: string;
  readonly surroundings: Surroundings;
}

function withFailures(text: string, result: LintResult): Linted {
  return { text, result, failures: thrownIn(result) };
}

/**
 * Applies every wanted fix that may be applied in bulk, and lints the result. Never throws.
 * @param wanted how far to trust fixes, and which findings to fix
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
