// Finds ShellCheck on this machine. Whoever calls this may start programs.
import { homedir } from 'node:os';
import { findTool } from '../../workflow/find-tools';
import type { ToolPaths } from '../../workflow/find-tools';
import type { FoundTool, Machine, ScriptLinter } from '../../workflow/tool';
import { scriptLinters } from '../../workflow/tool-list';

/** A tool with where it was found: plain data, for a thread too. */
export interface FoundLinter {
  readonly tool: ScriptLinter;
  readonly found: FoundTool;
}

/** The first that works. @param paths from the settings */
export async function findShellCheck(paths: ToolPaths, machine: Machine): Promise<FoundLinter | undefined> {
  for (const tool of scriptLinters) {
    const found = await findTool(tool, paths, machine, homedir());
    if (found && !found.trouble) return { tool, found };
  }
  return undefined;
}

/** What the environment says, for the command line and for editors: `auto`, `off` or a path; undefined if nothing. */
export function shellCheckInEnvironment(): string | undefined {
  return process.env['DRYDOCK_SHELLCHECK'] || undefined;
}

/** The tool of a program that was found by another thread. */
export function linterOf(found: FoundTool): FoundLinter | undefined {
  const tool = scriptLinters.find(({ id }) => id === found.id);
  return tool && { tool, found };
}

/** Where a path stands for the program of every tool that checks scripts. */
export function pathForAll(path: string): ToolPaths {
  return Object.fromEntries(scriptLinters.map(({ id }) => [id, path]));
}
