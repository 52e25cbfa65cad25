// Our own requests: what a build needs to know, all pins of a file, and the page of a rule.
import type { CancellationToken } from 'vscode-languageserver/node';
import { findPins } from '../../core/analysis/images/pins';
import type { Pin } from '../../core/analysis/images/pins';
import type { BuildDescription, DocumentParams, PinAllResult, RulePage, RuleParams } from '../../protocol';
import { describeBuild } from '../build-description';
import type { Context } from '../context';
import { toTextEdits } from '../convert';
import { existingRulePage } from '../rule-pages';

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
  const { document, version, settings, result } = analysis;
  const nothing = { version, edits: [], pinned: [], failures: [] };
  const refused = context.pinner.refusal(settings.registry);
  if (refused !== undefined) return { ...nothing, refused };
  const { pins, refused: impossible } = findPins(result.model);
  const answers = await Promise.all(
    pins.map((pin) => context.pinner.digest(pin.reference, settings.registry, token)),
  );
  if (token.isCancellationRequested) return nothing;
  const pinned: Pin[] = [];
  const edits: { start: number; end: number; text: string }[] = [];
  const failures = impossible.map(({ use, reason }) => ({
    image: use.image.text,
    message: `${use.image.text}: ${reason}.`,
  }));
  pins.forEach((pin, index) => {
    const answer = answers[index];
    if (answer?.kind === 'digest') {
      pinned.push(pin);
      edits.push({ start: pin.at.end, end: pin.at.end, text: `@${answer.digest}` });
    } else if (answer?.kind === 'failed') failures.push({ image: pin.reference, message: answer.message });
  });
  return {
    version,
    edits: toTextEdits(document, edits),
    pinned: pinned.map(({ reference }) => reference),
    failures,
  };
}

export function explainRule(params: RuleParams): RulePage | null {
  const uri = existingRulePage(params.rule);
  return uri === undefined ? null : { uri };
}
