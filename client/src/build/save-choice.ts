// What else can be done with a choice than building: copy its command line, or save it as a task.
import * as vscode from 'vscode';
import { sourceName } from '../../../server/src/protocol/names';
import type { BuildChoice } from '../../../server/src/workflow/build/build-run';
import { printer } from '../../../server/src/workflow/runners';
import { pasteShell } from '../../../server/src/workflow/shell-text';
import { planRun } from './build-plan';
import type { BuildPlan } from './build-plan';

const { t } = vscode.l10n;

/** The path of the file in a task: relative to its workspace folder, else absolute. */
export function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri, false) : uri.fsPath;
}

export async function copyCommand(uri: vscode.Uri, plan: BuildPlan, choice: BuildChoice): Promise<void> {
  let text = '';
  const copier = printer((command) => {
    text = command;
  }, pasteShell(vscode.env.shell));
  await copier.run(planRun(uri, plan, choice), { folder: choice.context });
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t('Command line copied'), 3000);
}

export async function saveAsTask(
  uri: vscode.Uri,
  { dockerfile: _, context, platforms, buildArgs, ...choice }: BuildChoice,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const config = vscode.workspace.getConfiguration('tasks', folder?.uri ?? uri);
  const existing: unknown[] = config.get<unknown[]>('tasks') ?? [];
  const shown = vscode.workspace.asRelativePath(context, false);
  const task = {
    type: sourceName,
    label: t('Build {0}', choice.tag),
    dockerfile: nameOf(uri),
    context: shown === folder?.uri.fsPath ? '.' : shown,
    ...(platforms.length === 0 ? {} : { platforms }),
    ...(Object.keys(buildArgs).length === 0 ? {} : { buildArgs }),
    ...choice,
  };
  const target = folder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global;
  await config.update('tasks', [...existing, task], target);
  vscode.window.setStatusBarMessage(t('Saved in tasks.json'), 3000);
  if (!folder) {
    await vscode.commands.executeCommand('workbench.action.tasks.openUserTasks');
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'tasks.json');
  const editor = await vscode.window.showTextDocument(file);
  const at = editor.document.getText().lastIndexOf(JSON.stringify(task.label));
  if (at >= 0)
    editor.revealRange(new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at)));
}
