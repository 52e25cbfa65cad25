// What a build needs of the disk: the saved file, and the folder around it.
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/protocol';
import { rankContextFolders } from '../../../server/src/workflow/build/context-folder';

const { t } = vscode.l10n;

/** Folders that the build context may be, best first. */
export async function contextFolders(
  uri: vscode.Uri,
  { contextSources }: BuildDescription,
): Promise<readonly string[]> {
  const question = {
    fileFolder: dirname(uri.fsPath),
    workspaceFolder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
    sources: contextSources,
    platform: process.platform,
  };
  const there = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  return rankContextFolders(question, there);
}

/** @returns false after telling why */
export async function onDisk(document: vscode.TextDocument): Promise<boolean> {
  if (document.uri.scheme === 'file') {
    if (document.isDirty) await document.save();
    return true;
  }
  void vscode.window.showInformationMessage(
    t('Save the file in a folder first: builders read it from the disk.'),
  );
  return false;
}
