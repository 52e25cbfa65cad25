// Commands about fixes: all of a file, with or without the suggested ones, and what stands behind entries of the light
// bulb.
import * as vscode from 'vscode';
import type { FixAllParams } from '../../server/src/protocol/messages';
import type { ActionChoice } from '../../server/src/protocol/names';
import type { ServerSession } from './server-session';

const { t } = vscode.l10n;

/** Applies every fix that may be applied in bulk, and says how many findings remain. Suggested ones are shown first. */
export async function fixAll(
  session: ServerSession,
  document: vscode.TextDocument,
  safety: FixAllParams['safety'],
): Promise<void> {
  const result = await session.fixAll(document.uri, safety);
  if (result === null) return;
  if (result.version !== document.version) {
    tell(t('The file changed in the meantime, so nothing was fixed. Run the command again.'));
    return;
  }
  const { edits, fixed, left } = result;
  if (edits.length === 0) {
    tell(left === 0 ? t('Nothing to fix.') : t('Nothing can be fixed automatically. {0} need you.', left));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  const metadata = { label: t('Fixes of Drydock'), needsConfirmation: true };
  for (const { range, newText } of edits) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    if (safety === 'safe') edit.replace(document.uri, place, newText);
    else edit.replace(document.uri, place, newText, metadata);
  }
  // The preview says what it does, and the user may leave out parts of it.
  if (!(await vscode.workspace.applyEdit(edit)) || safety === 'suggested') return;
  tell(left === 0 ? t('{0} fixed.', fixed) : t('{0} fixed, {1} need you.', fixed, left));
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}

/** Lets the user choose one of the changes behind an entry of the light bulb, and makes it. */
export async function chooseAction(session: ServerSession, choices: readonly ActionChoice[]): Promise<void> {
  const [first] = choices;
  const options = { title: first?.question ?? '', matchOnDescription: true, matchOnDetail: true };
  const chosen = await vscode.window.showQuickPick([...choices], options);
  const edit = chosen && (await session.editOf(chosen));
  if (!edit) return;
  // As part of a refactoring, VS Code saves files that nobody has open.
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  for (const [uri] of edit.entries()) {
    if (uri.toString() === active) continue;
    const name = vscode.workspace.asRelativePath(uri);
    vscode.window.setStatusBarMessage(t('Ignored in {0}', name), 5000);
  }
}

/** Opens a file that a fix has created or changed, beside nothing and without taking the focus. */
export async function showFile(uri: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { preserveFocus: true, preview: false });
}
