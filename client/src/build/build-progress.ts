// Shows in the status bar which step a build is at, and hands over how long each took.
import * as vscode from 'vscode';
import { BuildProgress, progressText } from '../../../server/src/workflow/build/build-progress';
import type { StepTime } from '../../../server/src/workflow/build/build-progress';
import { isPrinted } from '../../../server/src/workflow/run';
import type { Runner } from '../../../server/src/workflow/run';

/**
 * A runner that follows the build that it runs.
 * @param title what is built
 * @param onTimes is told once, also of a build that fails
 */
export function showingProgress(
  runner: Runner,
  title: string,
  onTimes: (times: readonly StepTime[]) => Promise<void>,
): Runner {
  return {
    run: async (run, options) =>
      vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async (status) => {
        const followed = new BuildProgress();
        const show = (): void => {
          const { running } = followed;
          if (running) status.report({ message: progressText(running, Date.now()) });
        };
        const timer = setInterval(show, 1000);
        const outcome = await runner.run(run, {
          ...options,
          onEvent: (event) => {
            if (isPrinted(event)) followed.push(event.text, event.stream, Date.now());
            options.onEvent?.(event);
          },
        });
        clearInterval(timer);
        followed.end(Date.now());
        await onTimes(followed.times);
        return outcome;
      }),
  };
}
