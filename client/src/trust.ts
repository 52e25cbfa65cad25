// The gate before everything that starts a program or uses the network. Starting a program needs the machine that this
// file hands out, and without trust it hands out none.
import * as vscode from 'vscode';
import { endRunning } from '../../server/src/io/processes/endings';
import { thisMachine } from '../../server/src/io/processes/machine';
import type { Machine } from '../../server/src/workflow/tool';

/** Asks the programs that run to end: nobody is there any more to cancel them. */
export function endPrograms(): void {
  endRunning();
}

/** @returns undefined after telling the user why */
export function requireMachine(): Machine | undefined {
  return requireTrust() ? thisMachine() : undefined;
}

/** @returns false after telling the user why */
export function requireTrust(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  vscode.window
    .showWarningMessage(
      vscode.l10n.t('Drydock starts programs and contacts registries only in a trusted workspace.'),
      manage,
    )
    .then((chosen) => {
      if (chosen === manage) void vscode.commands.executeCommand('workbench.trust.manage');
    });
  return false;
}
