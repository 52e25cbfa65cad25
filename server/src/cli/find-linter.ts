// Finds ShellCheck for a run of `drydock check`. Whoever runs that may start programs.
import { resolve } from 'node:path';
import { thisMachine } from '../io/processes/machine';
import { findShellCheck, pathForAll, shellCheckInEnvironment } from '../io/shellcheck/find-shellcheck';
import type { FoundTool } from '../workflow/tool';

/**
 * @param choice `auto`, `off`, or the path of the program; undefined: what the environment says, else `auto`
 * @returns undefined where it is off or not installed; `problem`: why the named program cannot be used, without a full stop
 */
export async function findLinter(
  choice = shellCheckInEnvironment(),
): Promise<FoundTool | undefined | { readonly problem: string }> {
  if (choice === 'off') return undefined;
  const isNamed = choice !== undefined && choice !== 'auto';
  const linter = await findShellCheck(isNamed ? pathForAll(resolve(choice)) : {}, thisMachine());
  if (linter?.found.version) return linter.found;
  return isNamed ? { problem: `${choice} is not ShellCheck` } : undefined;
}
