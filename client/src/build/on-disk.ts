// What a build needs of the disk: the saved file, and the folder around it.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isThere } from '../../../server/src/io/files/on-disk';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import { rankContextFolders } from '../../../server/src/workflow/build/context-folder';
import { folderPath } from '../../../server/src/workflow/checked-arguments';
import type { FolderPath } from '../../../server/src/workflow/checked-arguments';

const { t } = vscode.l10n;

/** Folders that the build context may be, best first. */
export async function contextFolders(
  uri: vscode.Uri,
  { contextSources }: BuildDescription,
): Promise<readonly FolderPath[]> {
  const question = {
    fileFolder: path.dirname(uri.fsPath),
    workspaceFolder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
    sources: contextSources,
    path,
  };
  const ranked = await rankContextFolders(question, isThere);
  return ranked.map(folderPath).filter((folder) => folder !== undefined);
}

/** @returns false after telling why */
export async function onDisk(document: vscode.TextDocument): Promise<boolean> {
  if (document.uri.scheme === 'file') {
    if (document.isDirty) await document.save();
    return true;
  }
  void vscode.window.showInformationMessage(t('Save the file to a folder first: engines read it from disk.'));
  return false;
}
