// What the project of a file says of its version and its commit.
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { gitState } from '../../../server/src/workflow/release/git-state';
import type { ProjectFacts } from '../../../server/src/workflow/release/resolve-tags';
import { versionFiles } from '../../../server/src/workflow/release/version-source';
import type { Machine } from '../../../server/src/workflow/tool';

/** In bytes. Files of this kind are smaller. */
const longestFile = 5_000_000;

/** @param uri of the Dockerfile; the workspace folder around it is the project */
export async function projectFacts(machine: Machine, uri: vscode.Uri): Promise<ProjectFacts> {
  const workspace = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const folder = workspace?.fsPath ?? dirname(uri.fsPath);
  const program = await machine.findProgram('git');
  const git =
    program === undefined ? undefined : await gitState({ id: 'git', program }, machine.runner, folder);
  const files: Record<string, string> = {};
  for (const name of workspace ? versionFiles : []) {
    const content = workspace && (await read(vscode.Uri.joinPath(workspace, name)));
    if (content !== undefined) files[name] = content;
  }
  return { git, files };
}

async function read(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > longestFile) return undefined;
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    // It is not there: then it says no version.
    return undefined;
  }
}
