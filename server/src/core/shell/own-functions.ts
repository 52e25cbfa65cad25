// The functions that a script defines itself: what a call of them runs stands in the script as well.
import { once } from '../text/memo';
import type { Command, ShellScript } from './types';

/** Whether a command calls a function that its own script defines. */
export function callsOwnFunction({ script, program }: Command): boolean {
  return script !== undefined && ownFunctions(script).has(program);
}

const ownFunctions = once((script: ShellScript): ReadonlySet<string> => {
  const names = script.text.matchAll(
    /(?:\bfunction[ \t]+([\w-]+)|(?<![\w$./-])([A-Za-z_][\w-]*)[ \t]*\([ \t]*\))/g,
  );
  return new Set([...names].map((match) => match[1] ?? match[2] ?? ''));
});
