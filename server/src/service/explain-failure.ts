// Why a build failed, for the text of a Dockerfile: the place, the cause, and the edits that answer it.
import type { ContextFacts } from '../core/analysis/context/context-sources';
import { defaultConfig } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import { buildModel } from '../core/model/model';
import type { Model } from '../core/model/model';
import { parse } from '../core/syntax/parse';
import { TextFile } from '../core/text/document';
import type { Span } from '../core/text/span';
import { lint } from '../linter';
import type { BuildFailure } from '../workflow/build/failure';
import { editsFor } from '../workflow/why/edits';
import { explain } from '../workflow/why/explain';
import type { Explanation } from '../workflow/why/explanation';
import { describeBuild } from './build-description';
import { explainEmptyArgument } from './empty-argument';
import { harmlessEdits } from './harmless-edits';
import { explainMissingSource } from './missing-source';
import { toRange } from './report';
import { explainUnreadHeredoc } from './unread-heredoc';
import type { ReportRange } from './report';

/** Looks at the build context, which is asked for only where it may say more. */
export type LookAtContext = () => ContextFacts | undefined;

/** @param text of the Dockerfile that was built */
export function explainFailure(failure: BuildFailure, text: string, look?: LookAtContext): Explanation {
  return explainFor(failure, buildModel(parse(text), new TextFile(text)), look);
}

/** Causes of which the build context may say more. */
const asksContext: ReadonlySet<string> = new Set([
  'cargo-failed',
  'composer-failed',
  'copied-file-missing',
  'file-missing',
  'gemfile-missing',
  'go-dependency-missing',
  'go-too-old',
  'jvm-build-failed',
  'npm-lock-out-of-date',
  'package-json-missing',
  'requirements-file-missing',
]);

/** The same for a model that is there already. */
export function explainFor(failure: BuildFailure, model: Model, look?: LookAtContext): Explanation {
  const range = (span: Span): ReportRange => toRange(model.document, span);
  const file = describeBuild({ model, version: 0, builds: [], toRange: range });
  const seen = explain(failure, file);
  const step = seen.instruction === undefined ? undefined : model.file.instructions[seen.instruction];
  const own = step?.trigger ?? step;
  const told = own ? explainUnreadHeredoc(explainEmptyArgument(seen, failure, own, model), own) : seen;
  const context = asksContext.has(told.cause) ? look?.() : undefined;
  const explained =
    context && told.cause === 'copied-file-missing' ? explainMissingSource(told, context) : told;
  // The user's own settings may hide what the log has shown to be true.
  const facts = { ...noFacts, context };
  const result = lint(model.file.text, defaultConfig, facts);
  const failed =
    explained.instruction === undefined ? undefined : result.model.file.instructions[explained.instruction];
  const edits = editsFor(explained.cause, explained.facts, failed, result.model, result.findings, context);
  return { ...explained, edits: harmlessEdits(result, edits, { config: defaultConfig, facts }) };
}
