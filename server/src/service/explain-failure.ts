// Why a build failed, for the text of a Dockerfile: the place, the cause, and the edits that answer it.
import type { ContextFacts } from '../core/analysis/context/context-sources';
import { defaultConfig } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import type { LintResult } from '../core/lint/run';
import type { Span } from '../core/text/span';
import { lint } from '../linter';
import type { BuildFailure } from '../workflow/build/failure';
import { editsFor } from '../workflow/why/edits';
import { explain } from '../workflow/why/explain';
import type { Explanation } from '../workflow/why/explanation';
import { describeBuild } from './build-description';
import { explainMissingSource } from './missing-source';
import { toRange } from './report';
import type { ReportRange } from './report';

/** Looks at the build context, which is asked for only where it may say more. */
export type LookAtContext = () => ContextFacts | undefined;

/** @param text of the Dockerfile that was built */
export function explainFailure(failure: BuildFailure, text: string, look?: LookAtContext): Explanation {
  return explainFor(failure, lint(text, defaultConfig, noFacts), look);
}

/** The same for a file that was linted already: the fixes of rules that know the cause are among the edits. */
export function explainFor(
  failure: BuildFailure,
  { model, findings }: LintResult,
  look?: LookAtContext,
): Explanation {
  const range = (span: Span): ReportRange => toRange(model.document, span);
  const file = describeBuild({ model, version: 0, builds: [], toRange: range });
  const told = explain(failure, file);
  const context = told.cause === 'copied-file-missing' ? look?.() : undefined;
  const explained = context ? explainMissingSource(told, context) : told;
  const { cause, facts, instruction } = explained;
  const failed = instruction === undefined ? undefined : model.file.instructions[instruction];
  return { ...explained, edits: editsFor(cause, facts, failed, model, findings) };
}
