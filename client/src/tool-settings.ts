// The settings about tools as they may be used: values of a wrong type are left out.
import * as vscode from 'vscode';
import type { BuildSettings, ScanSettings } from '../../server/src/protocol';
import { sourceName } from '../../server/src/protocol';
import type { ToolPaths } from '../../server/src/workflow/find-tools';
import { object } from '../../server/src/workflow/foreign-json';
import type { Engine, Scanner } from '../../server/src/workflow/tool';
import { chosen, engines, scanners } from '../../server/src/workflow/tool-list';

export interface CheckedBuildSettings {
  /** One when the user has chosen, else all. */
  readonly wanted: readonly Engine[];
  readonly paths: ToolPaths;
  readonly moreArguments: readonly string[];
}

export interface CheckedScanSettings {
  /** One when the user has chosen, else all. */
  readonly wanted: readonly Scanner[];
  readonly paths: ToolPaths;
}

export function buildSettings(scope: vscode.Uri | undefined): CheckedBuildSettings {
  const settings: BuildSettings = vscode.workspace.getConfiguration(sourceName, scope).get('build') ?? {};
  const given: unknown = settings.arguments;
  return {
    wanted: chosen(engines, settings.engine),
    paths: strings(settings.paths),
    moreArguments: Array.isArray(given) ? given.filter((one) => typeof one === 'string' && one !== '') : [],
  };
}

export function scanSettings(scope: vscode.Uri | undefined): CheckedScanSettings {
  const settings: ScanSettings = vscode.workspace.getConfiguration(sourceName, scope).get('scan') ?? {};
  return { wanted: chosen(scanners, settings.scanner), paths: strings(settings.paths) };
}

function strings(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function openSettings(key: string): void {
  void vscode.commands.executeCommand('workbench.action.openSettings', `${sourceName}.${key}`);
}
