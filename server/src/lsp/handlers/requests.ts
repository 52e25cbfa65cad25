// Answers our own requests: the description for a build, all digests of a file, and the page of a rule.
import type { CancellationToken } from 'vscode-languageserver/node';
import { diff } from '../../core/text/diff';
import type { BuildDescription } from '../../workflow/build-description';
import type {
  DigestsResult,
  DocumentParams,
  ExplainFailureParams,
  ExplainedFailure,
  FixAllParams,
  FixAllResult,
  RulePage,
  RuleParams,
} from '../../protocol/messages';
import { renewDigests } from '../actions/digests';
import type { DigestTask } from '../actions/digests';
import type { Context } from '../context';
import { toRange, toTextEdits } from '../convert';
import { describeBuild } from '../../service/build-description';
import { explainFor } from '../../service/explain-failure';
import { LogReader } from '../../workflow/why/read-log';
import { existingRulePage } from '../../io/files/rule-pages';
import { worldOf } from './choose-action';

export async function buildDescription(
  context: Context,
  params: DocumentParams,
): Promise<BuildDescription | null> {
  const analysis = await context.session.analysisForCommand(params.textDocument.uri);
  if (!analysis) return null;
  const { document, version, result, surroundings } = analysis;
  const { builds } = surroundings;
  return describeBuild({ model: result.model, version, builds, toRange: (span) => toRange(document, span) });
}

/** All digests of a file, for a client that applies the edits and shows the messages itself. */
export async function digests(
  context: Context,
  task: DigestTask,
  params: DocumentParams,
  token: CancellationToken,
): Promise<DigestsResult | null> {
  const analysis = await context.session.analysisForCommand(params.textDocument.uri);
  if (!analysis) return null;
  const { document, version, settings } = analysis;
  const nothing = { version, edits: [], summary: '', news: [], failures: [] };
  const refused = context.answerer.refusal(settings.registry);
  if (refused !== undefined) return { ...nothing, refused };
  const done = await renewDigests(task, analysis, worldOf(context, token));
  if (!done || token.isCancellationRequested) return nothing;
  return { ...done, version, edits: toTextEdits(document, done.edits) };
}

export async function fixAll(
  context: Context,
  { textDocument, safety }: FixAllParams,
): Promise<FixAllResult | null> {
  const analysis = await context.session.analysis(textDocument.uri);
  if (!analysis) return null;
  const { text, applied, result } = context.session.fixAll(analysis, { safety });
  return {
    version: analysis.version,
    edits: toTextEdits(analysis.document, diff(analysis.text, text)),
    fixed: applied.length,
    left: result.findings.filter(({ severity }) => severity !== 'hint').length,
  };
}

/** Why a build failed. The edits are made from the text as it is now. */
export async function explainFailure(
  context: Context,
  { textDocument, log }: ExplainFailureParams,
): Promise<ExplainedFailure | null> {
  const analysis = await context.session.analysisForCommand(textDocument.uri);
  const reader = new LogReader();
  reader.push(log);
  const { failure, isEmpty } = reader.end();
  if (!analysis || isEmpty) return null;
  const { document, version, result, surroundings } = analysis;
  const { line, instruction, cause, message, edits } = explainFor(
    failure,
    result.model,
    () => surroundings.facts.context,
  );
  return {
    version,
    ...(line !== undefined && { line }),
    ...(instruction !== undefined && { instruction }),
    cause,
    message,
    edits: edits.map((one) => ({ title: one.title, edits: toTextEdits(document, one.edits) })),
  };
}

export function explainRule(params: RuleParams): RulePage | null {
  const uri = existingRulePage(params.rule);
  return uri === undefined ? null : { uri };
}
