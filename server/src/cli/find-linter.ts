// Finds ShellCheck for a run of `drydock check`. Whoever runs that may start programs.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { thisMachine } from '../io/processes/machine';
import { findTool } from '../workflow/find-tools';
import type { FoundTool } from '../workflow/tool';
import { scriptLinters } from '../workflow/tool-list';

/** Takes the place of `--shellcheck` where that is not given. */
const variable = 'DRYDOCK_SHELLCHECK';

/**
 * @param choice `auto`, `off`, or the path of the program; undefined: what the environment says, else `auto`
 * @returns undefined where it is off or not installed; `problem`: why the named program cannot be used, without a full stop
 */
export async function findLinter(
  choice = process.env[variable],
): Promise<FoundTool | undefined | { readonly problem: string }> {
  if (choice === 'off') return undefined;
  const isNamed = choice !== undefined && choice !== '' && choice !== 'auto';
  const [tool] = scriptLinters;
  if (!tool) return undefined;
  const paths = isNamed ? { [tool.id]: resolve(choice) } : {};
  const found = await findTool(tool, paths, thisMachine(), homedir());
  if (found && !found.trouble) return found;
  return isNamed ? { problem: `${choice} is not a program of ${tool.title}` } : undefined;
}
