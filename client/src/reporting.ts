// Runs of programs that a person waits for: what they print goes to the log, a notification shows that they run and cancels
// them, and a failure leads to the log.
import * as vscode from 'vscode';
import { watched } from '../../server/src/workflow/runners';
import type { Runner } from '../../server/src/workflow/run';
import type { Machine } from '../../server/src/workflow/tool';

export interface Reporting {
  /** Whose output goes to the log. */
  readonly runner: Runner;
  /** @param work stops soon after its signal */
  run<T>(
    title: string,
    work: (runner: Runner, signal: AbortSignal, say: (text: string) => void) => Promise<T>,
  ): Promise<T>;
}

export function reporting({ runner: plain }: Machine, log: vscode.LogOutputChannel): Reporting {
  const runner = watched(plain, {
    onStart: (command) => log.info(command),
    onPrinted: ({ text }) => {
      if (text.trim() !== '') log.info(text.trim());
    },
  });
  return {
    runner,
    run: async (title, work) =>
      vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, cancellable: true, title },
        (progress, token) => {
          const cancel = new AbortController();
          token.onCancellationRequested(() => cancel.abort());
          return work(runner, cancel.signal, (message) => progress.report({ message }));
        },
      ),
  };
}

/** A failure, with a way to what the programs printed. */
export async function tellFailure(log: vscode.LogOutputChannel, message: string): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, show)) === show) log.show();
}
