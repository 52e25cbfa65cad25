// The only folder where offsets become positions. Here: ranges and edits, findings as diagnostics, and changes of
// files; what each editor feature asks and answers has a file beside this one. Nothing is decided here.
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity, DiagnosticTag } from '../library';
import type { Diagnostic, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Reported } from '../../core/lint/run';
import type { Severity } from '../../core/lint/finding';
import type { Edit } from '../../core/text/edit';
import type { Span } from '../../core/text/span';
import { sourceName } from '../../protocol/names';
import type { Client } from '../capabilities';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toRange(document: TextDocument, at: Span): Range {
  return { start: document.positionAt(at.start), end: document.positionAt(at.end) };
}

/** Positions beyond the end stand for the end. A selection may be sent back to front. */
export function toSpan(document: TextDocument, range: Range): Span {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return { start: Math.min(start, end), end: Math.max(start, end) };
}

export function toTextEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map((edit) => ({ range: toRange(document, edit), newText: edit.text }));
}

export function fromTextEdits(document: TextDocument, edits: readonly TextEdit[]): Edit[] {
  return edits.map(({ range, newText }) => ({ ...toSpan(document, range), text: newText }));
}

/** @param rulePage where a rule is explained */
export function toDiagnostic(
  document: TextDocument,
  finding: Reported,
  client: Client,
  rulePage: (id: string) => string,
): Diagnostic {
  const { own, foreign, id } = finding.rule;
  const page = own ? own.page : (foreign?.page ?? rulePage(id));
  const tag = finding.tag === 'deprecated' ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary;
  return {
    range: toRange(document, finding.at),
    severity: severities[finding.severity],
    code: finding.rule.id,
    source: sourceName,
    message: finding.message,
    ...(client.codeDescription && page !== undefined && { codeDescription: { href: page } }),
    ...(client.tags && finding.tag && { tags: [tag] }),
    ...(client.relatedInformation &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ at, message }) => ({
          location: { uri: document.uri, range: toRange(document, at) },
          message,
        })),
      }),
  };
}

/** A change of another file: creates a new one, replaces the differing part of an existing one. */
export interface FileEdit {
  readonly path: string;
  /** Text on disk; undefined for a new file. */
  readonly before: string | undefined;
  readonly edits: readonly TextEdit[];
}

/** Edits of the document, tied to its version, and of other files. */
export function toWorkspaceEdit(
  document: TextDocument,
  edits: readonly TextEdit[],
  files: readonly FileEdit[],
  client: Client,
): WorkspaceEdit {
  if (!client.versionedEdits) {
    const changes = Object.fromEntries(
      files.map(({ path, edits: other }) => [pathToFileURL(path).href, [...other]]),
    );
    return { changes: edits.length > 0 ? { ...changes, [document.uri]: [...edits] } : changes };
  }
  return {
    documentChanges: [
      ...(edits.length > 0
        ? [{ textDocument: { uri: document.uri, version: document.version }, edits: [...edits] }]
        : []),
      ...files.flatMap(({ path, before, edits: other }) => {
        const uri = pathToFileURL(path).href;
        const change = { textDocument: { uri, version: null }, edits: [...other] };
        return before === undefined
          ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }, change]
          : [change];
      }),
    ],
  };
}
