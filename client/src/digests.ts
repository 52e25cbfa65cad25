// "Pin All Images in This File" and "Update All Digests in This File": asks the server, applies its edits, and reports once
// what came out, each message with its line.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { DigestsResult, LineMessage } from '../../server/src/protocol/messages';
import { requireTrust } from './trust';

const { t } = vscode.l10n;

/** How many messages a notification holds; the log has all. */
const shown = 3;

/** @param ask the question to the server */
export async function renewDigests(
  document: vscode.TextDocument,
  ask: (uri: vscode.Uri, token: vscode.CancellationToken) => Promise<DigestsResult | null>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (!requireTrust()) return;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: t('Asking registries for digests'),
    },
    async (_, token) => {
      const answer = await ask(document.uri, token);
      return token.isCancellationRequested ? undefined : answer;
    },
  );
  if (result === undefined) return;
  if (result === null || result.version !== document.version) {
    void vscode.window.showWarningMessage(
      t('The file changed in the meantime, so it was left as it is. Run the command again.'),
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
  await report(result, document, log);
}

async function report(
  { summary, news, failures }: DigestsResult,
  document: vscode.TextDocument,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const name = basename(document.uri.path);
  log.info(`${name}: ${summary}`);
  for (const { line, message } of news) log.info(`${name}:${line + 1}: ${message}`);
  for (const { line, message } of failures) log.warn(`${name}:${line + 1}: ${message}`);
  const told = [...failures, ...news];
  const details = told.slice(0, shown).map(lineText);
  if (told.length > shown) details.push(t('{0} more in the log.', told.length - shown));
  const text = [`${summary}.`, ...details].join(' ');
  const showLog = t('Show Log');
  const choice =
    failures.length > 0
      ? await vscode.window.showWarningMessage(text, showLog)
      : told.length > 0
        ? await vscode.window.showInformationMessage(text, showLog)
        : await vscode.window.showInformationMessage(text);
  if (choice === showLog) log.show();
}

function lineText({ line, message }: LineMessage): string {
  return t('Line {0}: {1}.', line + 1, message);
}
