// Finds the tool that builds from another file than a Dockerfile, and plans what it runs.
import { fileIn } from '../checked-arguments';
import type { FolderPath } from '../checked-arguments';
import { locateProgram } from '../find-tools';
import type { ToolPaths } from '../find-tools';
import type { Program } from '../run';
import type { Machine, OtherBuilder } from '../tool';
import type { OtherBuild, OtherOrder } from './other-build';

/** How to start a tool for a file: by the wrapper of the project, else by the program of this machine. */
export interface OtherPlan {
  readonly tool: OtherBuilder;
  readonly found: Program;
  readonly build: Extract<OtherBuild, { readonly run: unknown }>;
}

/**
 * Finds the tool of a build file, and plans what it runs.
 * @param folders those that may hold the wrapper, the nearest first
 * @returns `missing`: the tool is not here
 */
export async function planOther(
  tool: OtherBuilder,
  order: OtherOrder,
  folders: readonly FolderPath[],
  paths: ToolPaths,
  machine: Machine,
): Promise<OtherPlan | { readonly problem: string } | { readonly missing: OtherBuilder }> {
  const found = (await findWrapper(tool, folders, machine)) ?? (await locateProgram(tool, paths, machine));
  if (!found) return { missing: tool };
  const build = tool.commands.build(found, order);
  return 'problem' in build ? build : { tool, found, build };
}

async function findWrapper(
  { id, wrapper }: OtherBuilder,
  folders: readonly FolderPath[],
  machine: Machine,
): Promise<Program | undefined> {
  for (const folder of wrapper === undefined ? [] : folders) {
    const program = fileIn(folder, wrapper ?? '');
    if (await machine.isProgram(program)) return { id, program };
  }
  return undefined;
}
