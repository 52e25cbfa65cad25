// Starts a program in a terminal that stays when it ends, so that its last words can be read.
import * as vscode from 'vscode';
import { sourceName } from '../../server/src/protocol';

export interface InTerminal {
  /** Of the terminal. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Where it starts. */
  readonly folder: string;
}

/** A task, because VS Code closes the terminal of anything else with its program. */
export async function startInTerminal({ name, program, args, folder }: InTerminal): Promise<void> {
  const task = new vscode.Task(
    { type: 'process' },
    vscode.TaskScope.Workspace,
    name,
    sourceName,
    new vscode.ProcessExecution(program, [...args], { cwd: folder }),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, showReuseMessage: false };
  await vscode.tasks.executeTask(task);
}
