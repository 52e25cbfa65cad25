// Says that no tool for a task was found, with a link to get each.
import * as vscode from 'vscode';
import type { Tool } from '../../server/src/workflow/tool';
import { openSettings } from './tool-settings';

const { t } = vscode.l10n;

/**
 * @param message what is missing, in one sentence
 * @param setting the setting with the paths of such tools
 */
export async function tellMissing(
  wanted: readonly Tool[],
  message: string,
  setting: 'build.paths' | 'scan.paths' | 'tools.paths',
): Promise<void> {
  const path = t('Set Path');
  const get = new Map(wanted.map((tool) => [t('Get {0}', tool.title), tool.get]));
  const chosen = await vscode.window.showErrorMessage(message, ...get.keys(), path);
  const page = chosen === undefined ? undefined : get.get(chosen);
  if (page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page));
  else if (chosen === path) openSettings(setting);
}

/** `docker, podman or buildah`, as the programs are called. */
export function oneOf(tools: readonly Tool[]): string {
  const names = tools.map(({ title }) => title);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : t('{0} or {1}', names.slice(0, -1).join(', '), last);
}
