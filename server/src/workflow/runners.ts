// Runners that start nothing themselves: one prints the command, one shows what another runner does.
import { isPrinted } from './run';
import type { Printed, Runner } from './run';
import { shellText } from './shell-text';
import type { PasteShell } from './shell-text';

/** Prints the command instead of running it, for a shell. Its runs end as cancelled. */
export function printer(print: (command: string) => void, shell: PasteShell): Runner {
  return {
    run: (run) => {
      print(shellText(run, shell));
      return Promise.resolve({ kind: 'cancelled' });
    },
  };
}

export interface Watcher {
  onStart(command: string): void;
  onPrinted(printed: Printed): void;
}

/** Shows the commands of another runner and what they print. */
export function watched(runner: Runner, watcher: Watcher): Runner {
  return {
    run: (run, options) => {
      watcher.onStart(shellText(run));
      return runner.run(run, {
        ...options,
        onEvent: (event) => {
          if (isPrinted(event)) watcher.onPrinted(event);
          options.onEvent?.(event);
        },
      });
    },
  };
}
