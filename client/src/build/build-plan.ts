// Collects what a build needs before it starts: the engine, what the file declares, and the choice.
import { basename, dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import type { BuildChoice, BuildEnd } from '../../../server/src/workflow/build/build-run';
import { completeChoice, toOrder } from '../../../server/src/workflow/build/choices';
import type { SavedChoice } from '../../../server/src/workflow/build/choices';
import { filePath, folderPath } from '../../../server/src/workflow/checked-arguments';
import type { FolderPath } from '../../../server/src/workflow/checked-arguments';
import type { Printed, Run } from '../../../server/src/workflow/run';
import { buildSettings } from '../tool-settings';
import type { ReadyEngine } from './engine-finder';
import { contextFolders } from './on-disk';

export interface BuildPlan extends ReadyEngine {
  readonly description: BuildDescription;
  readonly choice: BuildChoice;
  /** Folders that the context may be, best first. */
  readonly contexts: readonly FolderPath[];
}

/** For a file that the server does not know. */
const nothingDescribed: BuildDescription = {
  version: 0,
  stages: [],
  args: [],
  platforms: [],
  contextSources: [],
  instructions: [],
  builds: [],
  secrets: [],
  needsBuildKit: [],
  mountsContext: false,
};

/** @throws when the file has no path that a builder could be given */
export async function planBuild(
  uri: vscode.Uri,
  saved: SavedChoice,
  engine: ReadyEngine,
  described: BuildDescription | null,
): Promise<BuildPlan> {
  const description = described ?? nothingDescribed;
  const dockerfile = filePath(uri.fsPath);
  const contexts = await contextFolders(uri, description);
  const context = chosenContext(uri, saved.context) ?? contexts[0];
  if (dockerfile === undefined || context === undefined)
    throw new Error(
      vscode.l10n.t('{0} cannot be built. Save the file to a folder on this machine first.', uri.fsPath),
    );
  const names = { fileName: basename(dockerfile), projectName: basename(context) };
  const choice = completeChoice({ dockerfile, context, ...names }, saved, description);
  return { ...engine, description, contexts, choice };
}

/** The command for a plan and a choice. */
export function planRun(
  uri: vscode.Uri,
  { engine, found, description }: BuildPlan,
  choice: BuildChoice,
): Run<BuildEnd, Printed> {
  return engine.commands.build(found, toOrder(choice, description, buildSettings(uri).moreArguments));
}

/** A relative context starts at the workspace folder, or at the file's folder without one. */
function chosenContext(uri: vscode.Uri, context: string | undefined): FolderPath | undefined {
  if (context === undefined) return undefined;
  const base = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
  return folderPath(join(isAbsolute(context) ? '' : base, context));
}
