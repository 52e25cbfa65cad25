// "Pin All Images in This File": asks the server, applies its edits, and reports the result once.
import * as vscode from 'vscode';
import type { ServerSession } from './server-session';
import { requireTrust } from './trust';

const { t } = vscode.l10n;

export async function pinAll(session: ServerSession, document: vscode.TextDocument): Promise<void> {
  if (!requireTrust()) return;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: t('Asking registries for digests'),
    },
    async (_, token) => {
      const answer = await session.pinAll(document.uri, token);
      return token.isCancellationRequested ? undefined : answer;
    },
  );
  if (result === undefined) return;
  if (result === null || result.version !== document.version) {
    void vscode.window.showWarningMessage(
      t('The file changed in the meantime, so nothing was pinned. Run the command again.'),
    );
    return;
  }
  if (result.refused !== undefined) {
    void vscode.window.showWarningMessage(result.refused);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of result.edits) {
    const { start, end } = range;
    edit.replace(
      document.uri,
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  if (result.edits.length > 0) await vscode.workspace.applyEdit(edit);
  const [failure] = result.failures;
  if (failure) {
    const more = result.failures.length - 1;
    void vscode.window.showWarningMessage(
      more === 0 ? failure.message : t('{0} (and {1} more)', failure.message, more),
    );
  } else if (result.edits.length === 0) {
    void vscode.window.showInformationMessage(
      t('Every image in this file that can be pinned already has a digest.'),
    );
  }
}
