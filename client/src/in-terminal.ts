// Starts a program in a terminal that stays when it ends, so that its last words can be read.
import * as vscode from 'vscode';
import { sourceName } from '../../server/src/protocol/names';

export interface InTerminal {
  /** Of the terminal. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Where it starts. */
  readonly folder: string;
  /** Variables to set. */
  readonly env?: Readonly<Record<string, string>>;
  /** The workspace folder that the task belongs to. */
  readonly scope?: vscode.WorkspaceFolder | undefined;
  /** Whether people start it again as a build: its terminal is emptied before, and does not take the keyboard. */
  readonly isBuild?: boolean;
}

/** A task, because VS Code closes the terminal of anything else with its program. */
export async function startInTerminal(what: InTerminal): Promise<void> {
  const { name, program, args, folder, env = {}, scope, isBuild = false } = what;
  const task = new vscode.Task(
    // Not of our own type, whose tasks build a Dockerfile when they run again.
    { type: 'process' },
    scope ?? vscode.TaskScope.Workspace,
    name,
    sourceName,
    new vscode.ProcessExecution(program, [...args], { cwd: folder, env: { ...env } }),
  );
  if (isBuild) task.group = vscode.TaskGroup.Build;
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    clear: isBuild,
    focus: !isBuild,
    showReuseMessage: false,
  };
  await vscode.tasks.executeTask(task);
}
