// Answers our own requests: the description for a build, all pins of a file, and the page of a rule.
import type { CancellationToken } from 'vscode-languageserver/node';
import type { Question } from '../../core/lint/questions';
import type { BuildDescription, DocumentParams, PinAllResult, RulePage, RuleParams } from '../../protocol';
import { describeBuild } from '../build-description';
import type { Context } from '../context';
import { toTextEdits } from '../convert';
import { existingRulePage } from '../../io/files/rule-pages';
import { worldOf } from './choose-action';

export async function buildDescription(
  context: Context,
  params: DocumentParams,
): Promise<BuildDescription | null> {
  const analysis = await context.session.analysisForCommand(params.textDocument.uri);
  return analysis ? describeBuild(analysis) : null;
}

export async function pinAll(
  context: Context,
  params: DocumentParams,
  token: CancellationToken,
): Promise<PinAllResult | null> {
  const analysis = await context.session.analysisForCommand(params.textDocument.uri);
  if (!analysis) return null;
  const { document, version, settings } = analysis;
  const nothing = { version, edits: [], pinned: [], failures: [] };
  const refused = context.answerer.refusal(settings.registry);
  if (refused !== undefined) return { ...nothing, refused };
  const asked = await worldOf(context, token).fixByAsking(analysis, ({ fix }) => fix.asks?.kind === 'digest');
  if (asked.cancelled || token.isCancellationRequested) return nothing;
  return {
    version,
    edits: toTextEdits(document, asked.edits),
    pinned: asked.fixed.map(({ question }) => imageOf(question)),
    failures: [
      ...asked.unanswerable
        .filter(({ question }) => question.kind === 'digest')
        .map(({ question, reason }) => {
          const image = imageOf(question);
          return { image, message: `${image}: ${reason}.` };
        }),
      ...asked.failures.map(({ question, message }) => ({ image: imageOf(question), message })),
    ],
  };
}

function imageOf(question: Question): string {
  return question.kind === 'digest' ? question.reference : question.image;
}

export function explainRule(params: RuleParams): RulePage | null {
  const uri = existingRulePage(params.rule);
  return uri === undefined ? null : { uri };
}
