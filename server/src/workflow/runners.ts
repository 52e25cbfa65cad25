// Runners that start nothing themselves: one prints the command, one shows what another runner does.
import { isPrinted } from './run';
import type { Printed, Run, Runner } from './run';

/** The command line for people to paste into a shell (POSIX quoting, also understood by PowerShell for plain words). */
export function shellText({ tool, args, env }: Run<unknown, unknown>): string {
  const quote = (word: string): string =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  return [...variables, quote(tool.program), ...args.map(quote)].join(' ');
}

/** Prints the command instead of running it. Its runs end as cancelled. */
export function printer(print: (command: string) => void): Runner {
  return {
    run: (run) => {
      print(shellText(run));
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
