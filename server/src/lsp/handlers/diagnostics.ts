// Findings as diagnostics: pulled by clients that pull, pushed to the others.
import { DocumentDiagnosticReportKind } from '../library';
import type {
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
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

function diagnosticsOf(context: Context, { document, result }: Analysis): Diagnostic[] {
  return result.findings.map((finding) => toDiagnostic(document, finding, context.client, context.rulePage));
}
