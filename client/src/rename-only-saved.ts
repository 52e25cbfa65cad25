// Renaming where other files have the name too: Compose files, workflows, scripts.
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/** The server reads other files from the disk: its edits would not fit what is typed in them and not saved. */
export const renameOnlySaved: NonNullable<Middleware['provideRenameEdits']> = async (
  document,
  position,
  newName,
  token,
  next,
) => {
  const edit = await next(document, position, newName, token);
  const changed = new Set((edit?.entries() ?? []).map(([uri]) => uri.toString()));
  const unsaved = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) =>
      isDirty && uri.toString() !== document.uri.toString() && changed.has(uri.toString()),
  );
  if (!unsaved) return edit;
  const name = vscode.workspace.asRelativePath(unsaved.uri);
  throw new Error(vscode.l10n.t('{0} has the name too. Save it first, then rename again.', name));
};
