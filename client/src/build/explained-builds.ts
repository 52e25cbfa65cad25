// Why the last build of each file failed: asks the server with what the builder printed, marks the line, and offers the
// edits on that mark. Starts nothing, so it also works where nobody trusts the workspace.
import * as vscode from 'vscode';
import { dockerfileLanguage, sourceName } from '../../../server/src/protocol/names';
import type { ExplainedEdit, ExplainedFailure } from '../../../server/src/protocol/messages';
import type { LineMarks } from '../line-marks';
import type { ServerSession } from '../server-session';

const { t } = vscode.l10n;

/** Characters of a log that are kept: the failure is told of at its end. */
export const logLimit = 1_000_000;

/** The code of the marks of a failed build. */
export const buildCode = 'build';

export class ExplainedBuilds implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #session: ServerSession;
  readonly #marks: LineMarks;
  readonly #logs = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  constructor(session: ServerSession, marks: LineMarks) {
    this.#session = session;
    this.#marks = marks;
    this.#registration = vscode.languages.registerCodeActionsProvider(
      { language: dockerfileLanguage },
      this,
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    );
  }

  /**
   * Remembers the log of a failed build, for the light bulb.
   * @returns undefined if the server does not know the file, or the log is blank
   */
  async explain(uri: vscode.Uri, log: string): Promise<ExplainedFailure | undefined> {
    const kept = log.slice(-logLimit);
    this.#logs.set(uri.toString(), kept);
    return (await this.#session.explainFailure(uri, kept)) ?? undefined;
  }

  forget(uri: vscode.Uri): void {
    this.#logs.delete(uri.toString());
  }

  /** Marks the line of an explanation. @returns whether there is one */
  async mark(uri: vscode.Uri, { instruction, message }: ExplainedFailure): Promise<boolean> {
    const now = instruction === undefined ? null : await this.#session.describe(uri);
    if (instruction === undefined || !now) return false;
    const severity = vscode.DiagnosticSeverity.Error;
    const text = t('The build fails here: {0}', message);
    this.#marks.set(uri, 'build', [{ instruction, severity, message: text, code: buildCode }], now);
    return true;
  }

  /** The edits for the marks of a failed build, made from the text as it is now. */
  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const marks = diagnostics.filter(({ source, code }) => source === sourceName && code === buildCode);
    const log = this.#logs.get(document.uri.toString());
    if (marks.length === 0 || log === undefined) return [];
    const explained = await this.#session.explainFailure(document.uri, log);
    if (explained?.version !== document.version) return [];
    return explained.edits.map((one, at) => {
      const action = new vscode.CodeAction(one.title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = marks;
      action.isPreferred = at === 0;
      action.edit = toEdit(document.uri, one);
      return action;
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function toEdit(uri: vscode.Uri, { edits }: ExplainedEdit): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    edit.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  }
  return edit;
}
