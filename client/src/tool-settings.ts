// Reads the settings about tools. Drops wrong values without a word, because the server reports them.
import * as vscode from 'vscode';
import { readOptions } from '../../server/src/core/lint/option';
import { sourceName } from '../../server/src/protocol/names';
import type { ToolPaths } from '../../server/src/workflow/find-tools';
import {
  buildSettings as buildOptions,
  engineSettings as engineOptions,
  scanSettings as scanOptions,
  toolSettings as toolOptions,
} from '../../server/src/workflow/settings';
import type { ScanPolicy } from '../../server/src/workflow/scan/policy';
import type { Engine, Scanner } from '../../server/src/workflow/tool';
import { chosen, engines, preferred, scanners } from '../../server/src/workflow/tool-list';

export interface CheckedBuildSettings {
  /** One tool if the user chose it, else all. */
  readonly wanted: readonly Engine[];
  readonly paths: ToolPaths;
  readonly moreArguments: readonly string[];
}

export interface CheckedScanSettings {
  /** One tool if the user chose it, else all. */
  readonly wanted: readonly Scanner[];
  readonly paths: ToolPaths;
  /** Whether the scanner may read configuration files of the project. */
  readonly projectConfiguration: boolean;
  /** What of the findings is shown. */
  readonly shown: Pick<ScanPolicy, 'severities' | 'ignoreUnfixed'>;
}

export function buildSettings(scope: vscode.Uri | undefined): CheckedBuildSettings {
  const { values } = readOptions(buildOptions, sectionOf('build', scope), '');
  const { prefer } = readOptions(engineOptions, sectionOf('engine', scope), '').values;
  return {
    wanted: chosen(preferred(engines, prefer), values.engine),
    paths: values.paths,
    moreArguments: values.arguments,
  };
}

export function scanSettings(scope: vscode.Uri | undefined): CheckedScanSettings {
  const { values } = readOptions(scanOptions, sectionOf('scan', scope), '');
  const { scanner, paths, projectConfiguration, severities, ignoreUnfixed } = values;
  return {
    wanted: chosen(scanners, scanner),
    paths,
    projectConfiguration,
    shown: { severities, ignoreUnfixed },
  };
}

/** Paths of all tools that the user set, by the tool's id. */
export function toolPaths(scope: vscode.Uri | undefined): ToolPaths {
  const { values } = readOptions(toolOptions, sectionOf('tools', scope), '');
  return { ...values.paths, ...buildSettings(scope).paths, ...scanSettings(scope).paths };
}

function sectionOf(name: string, scope: vscode.Uri | undefined): unknown {
  return vscode.workspace.getConfiguration(sourceName, scope).get(name);
}

export function openSettings(key: string): void {
  void vscode.commands.executeCommand('workbench.action.openSettings', `${sourceName}.${key}`);
}
