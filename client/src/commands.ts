// Registers the commands. Each is a few lines; other files do the work.
import * as vscode from 'vscode';
import { fixAllKind, dockerfileLanguage, sourceName } from '../../server/src/protocol';
import type { BuildTasks } from './build/tasks';
import { checkTools } from './check-tools';
import { renewDigests } from './digests';
import type { ScanRunner } from './scan/scan-runner';
import type { ServerSession } from './server-session';

export interface Parts {
  readonly session: ServerSession;
  readonly builds: BuildTasks;
  readonly scans: ScanRunner;
  readonly log: vscode.LogOutputChannel;
}

export function registerCommands({ session, builds, scans, log }: Parts): vscode.Disposable[] {
  const onFile = (
    id: string,
    action: (document: vscode.TextDocument) => Promise<unknown>,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`drydock.${id}`, async (given?: unknown) => {
      const document = await documentFor(given);
      if (!document) {
        void vscode.window.showInformationMessage(vscode.l10n.t('Open a Dockerfile first.'));
        return;
      }
      try {
        await action(document);
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void showFailure(log, vscode.l10n.t('The command failed: {0}', String(error)));
      }
    });
  return [
    onFile('build', (document) => builds.build(document)),
    onFile('buildAgain', (document) => builds.buildAgain(document)),
    onFile('scan', (document) => scans.scanBuilt(document)),
    onFile('scanBase', (document) => scans.scanBase(document)),
    onFile('pinAll', (document) => renewDigests(document, (uri, token) => session.pinAll(uri, token), log)),
    onFile('updateDigests', (document) =>
      renewDigests(document, (uri, token) => session.updateDigests(uri, token), log),
    ),
    onFile('fixAll', (document) => fixAll(document)),
    vscode.commands.registerCommand('drydock.explainRule', (rule?: unknown) =>
      explainRule(session, typeof rule === 'string' ? rule : undefined),
    ),
    vscode.commands.registerCommand('drydock.checkTools', () => checkTools()),
    vscode.commands.registerCommand('drydock.restart', () => session.restart()),
    vscode.commands.registerCommand('drydock.showLog', () => log.show()),
  ];
}

/** @param given the file, if the command comes from its menu; undefined from the palette */
async function documentFor(given: unknown): Promise<vscode.TextDocument | undefined> {
  if (given instanceof vscode.Uri) return vscode.workspace.openTextDocument(given);
  const active = vscode.window.activeTextEditor?.document;
  return active?.languageId === dockerfileLanguage ? active : undefined;
}

export async function showFailure(log: vscode.LogOutputChannel, message: string): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, show)) === show) log.show();
}

async function fixAll(document: vscode.TextDocument): Promise<void> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
    fixAllKind,
    1,
  );
  const edit = actions.find(({ kind }) => kind?.value === fixAllKind)?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No problem in this file can be fixed automatically.'),
    );
}

async function explainRule(session: ServerSession, given: string | undefined): Promise<void> {
  const rule = given ?? (await pickRule());
  if (rule === undefined) return;
  const page = await session.explainRule(rule);
  if (page) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(page.uri));
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No page found for the rule {0}. Check the rule id.', rule),
    );
}

/** The rules with findings in the active file, those under the cursor first. */
async function pickRule(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== dockerfileLanguage) return undefined;
  const line = editor.selection.active.line;
  const items = new Map<string, vscode.QuickPickItem>();
  const findings = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source }) => source === sourceName)
    .sort((a, b) => Math.abs(a.range.start.line - line) - Math.abs(b.range.start.line - line));
  for (const { code, message } of findings) {
    // Marks of builds and scans have a code, but no page.
    const id = typeof code === 'object' ? String(code.value) : '';
    if (id !== '' && !items.has(id)) items.set(id, { label: id, detail: message });
  }
  if (items.size === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This file has no findings to explain.'));
    return undefined;
  }
  const title = vscode.l10n.t('Explain which rule?');
  return (await vscode.window.showQuickPick([...items.values()], { title, matchOnDetail: true }))?.label;
}
