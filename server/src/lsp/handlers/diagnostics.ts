// Findings as diagnostics: pulled by clients that pull, pushed to the others.
import { DiagnosticSeverity, DocumentDiagnosticReportKind } from '../library';
import type {
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Reported } from '../../core/lint/run';
import type { Analysis } from '../session';
import { toDiagnostic } from '../convert';
import type { Context } from '../context';

export async function pullDiagnostics(
  context: Context,
  params: DocumentDiagnosticParams,
): Promise<DocumentDiagnosticReport> {
  const analysis = await context.session.analysis(params.textDocument.uri);
  if (!analysis) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  if (params.previousResultId === analysis.id)
    return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: analysis.id };
  return {
    kind: DocumentDiagnosticReportKind.Full,
    resultId: analysis.id,
    items: diagnosticsOf(context, analysis),
  };
}

/** Sends one push for several changes in the same turn of the event loop. */
export function schedulePush(context: Context, uri: string): void {
  if (context.client.pullDiagnostics || context.pending.has(uri)) return;
  context.pending.add(uri);
  setImmediate(() => {
    context.pending.delete(uri);
    push(context, uri).catch((error: unknown) => context.calls.log(`Diagnostics failed: ${String(error)}`));
  });
}

async function push(context: Context, uri: string): Promise<void> {
  const analysis = await context.session.analysis(uri);
  const document = context.document(uri);
  if (!document) return;
  await context.connection.sendDiagnostics({
    uri,
    version: analysis?.version ?? document.version,
    diagnostics: analysis ? diagnosticsOf(context, analysis) : [],
  });
}

/** VS Code shows no more of one file either, and every one of them costs it time at each key. */
const mostShown = 1000;

function diagnosticsOf(context: Context, { document, result }: Analysis): Diagnostic[] {
  const { findings } = result;
  const shown = findings.length > mostShown ? worst(findings) : findings;
  const items = shown.map((finding) => toDiagnostic(document, finding, context.client, context.rulePage));
  if (shown.length < findings.length) items.unshift(unlisted(findings.length - shown.length));
  return items;
}

/** The most severe ones, in the order of the file. */
function worst(findings: readonly Reported[]): readonly Reported[] {
  const chosen = new Set<Reported>();
  for (const severity of ['error', 'warning', 'info', 'hint'] as const)
    for (const finding of findings)
      if (finding.severity === severity && chosen.size < mostShown) chosen.add(finding);
  return findings.filter((finding) => chosen.has(finding));
}

function unlisted(count: number): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: 'drydock',
    message: `${count} more findings are not shown. drydock check lists them all`,
  };
}
