// The gate in front of everything that starts a program or asks the network. A program can be started only with
// the machine that comes out of here: without trust there is none.
import * as vscode from 'vscode';
import { thisMachine } from '../../server/src/io/processes/machine';
import type { Machine } from '../../server/src/workflow/tool';

/** @returns undefined after telling why, in one sentence */
export function requireMachine(): Machine | undefined {
  return requireTrust() ? thisMachine() : undefined;
}

/** @returns false after telling why, in one sentence */
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
