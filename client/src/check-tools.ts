// "Check Tools": lists the tools that build and scan images. A row opens the page to get the tool, or the setting with
// its path; the last row copies the list, for a question or a bug report.
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import {
  doctorText,
  examineTools,
  headingText,
  notesOn,
  pathSettings,
} from '../../server/src/workflow/doctor';
import type { ToolReport } from '../../server/src/workflow/doctor';
import { tools } from '../../server/src/workflow/tool-list';
import { openSettings, toolPaths } from './tool-settings';
import { requireMachine } from './trust';

const { t } = vscode.l10n;

type Row = vscode.QuickPickItem & { readonly act?: () => unknown };

const icons: Readonly<Record<ToolReport['state'], string>> = {
  ready: '$(check)',
  notReady: '$(warning)',
  missing: '$(circle-slash)',
};

export async function checkTools(): Promise<void> {
  const machine = requireMachine();
  if (!machine) return;
  const scope = vscode.window.activeTextEditor?.document.uri;
  // Not the workspace folder, because some tools read a configuration from the folder they start in.
  const reports = examineTools(tools, toolPaths(scope), machine, homedir(), t);
  const options = { location: vscode.ProgressLocation.Window, title: t('Looking for tools') };
  const rows = toRows(await vscode.window.withProgress(options, () => reports));
  const title = t('Tools that Drydock can use');
  const row = await vscode.window.showQuickPick(rows, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await row?.act?.();
}

function toRows(reports: readonly ToolReport[]): Row[] {
  const rows: Row[] = [];
  for (const kind of new Set(reports.map((report) => report.kind))) {
    const members = reports.filter((report) => report.kind === kind);
    rows.push({ label: headingText(kind, members, t), kind: vscode.QuickPickItemKind.Separator });
    rows.push(...members.map(toRow));
  }
  const copy = async (): Promise<void> => {
    await vscode.env.clipboard.writeText(doctorText(reports, t));
    vscode.window.setStatusBarMessage(t('List of tools copied'), 3000);
  };
  return [
    ...rows,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(copy) ${t('Copy as text')}`, act: copy },
  ];
}

function toRow(report: ToolReport): Row {
  const { kind, state, title, get, version = '', program } = report;
  const setting = pathSettings[kind];
  return {
    label: `${icons[state]} ${title}`,
    description: version,
    detail: [...(program === undefined ? [] : [program]), ...notesOn(report, t)].join(' · '),
    act: () => (state === 'missing' ? vscode.env.openExternal(vscode.Uri.parse(get)) : openSettings(setting)),
  };
}
