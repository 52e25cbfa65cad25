// Why a build failed, for the text of a Dockerfile: the place, the cause, and the edits that answer it.
import { defaultConfig } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import type { LintResult } from '../core/lint/run';
import { lint } from '../linter';
import type { BuildFailure } from '../workflow/build/output-parser';
import { editsFor } from '../workflow/why/edits';
import { explain } from '../workflow/why/explain';
import type { Explanation } from '../workflow/why/explanation';
import { describeBuild } from './build-description';
import { toRange } from './report';

/** @param text of the Dockerfile that was built */
export function explainFailure(failure: BuildFailure, text: string): Explanation {
  return explainFor(failure, lint(text, defaultConfig, noFacts));
}

/** The same for a file that was linted already: the fixes of rules that know the cause are among the edits. */
export function explainFor(failure: BuildFailure, { model, findings }: LintResult): Explanation {
  const range = (span: Parameters<typeof toRange>[1]): ReturnType<typeof toRange> =>
    toRange(model.document, span);
  const description = describeBuild({ model, version: 0, builds: [], toRange: range });
  const explained = explain(failure, description);
  const { cause, facts, instruction } = explained;
  const failed = instruction === undefined ? undefined : model.file.instructions[instruction];
  return { ...explained, edits: editsFor(cause, facts, failed, model, findings) };
}
