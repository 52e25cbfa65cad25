// "Explain Build Log…": says why a build failed whose log is in an editor, on the clipboard or in a file.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { dockerfileLanguage } from '../../../server/src/protocol/names';
import { logLimit } from './explained-builds';
import type { ExplainedBuilds } from './explained-builds';

const { t } = vscode.l10n;

interface LogSource extends vscode.QuickPickItem {
  read(): Promise<string | undefined>;
}

/** Asks for the log and the Dockerfile, marks the line, and shows both. */
export async function explainLog(builds: ExplainedBuilds): Promise<void> {
  const log = await chooseLog();
  if (log === undefined) return;
  if (log.trim() === '') {
    void vscode.window.showInformationMessage(
      t('There is no log there. Copy the output of the build, errors included, and run the command again.'),
    );
    return;
  }
  const uri = await chooseDockerfile();
  if (!uri) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const explained = await builds.explain(uri, log);
  if (!explained) {
    void vscode.window.showWarningMessage(t('{0} could not be read as a Dockerfile.', nameOf(uri)));
    return;
  }
  const { line, message, edits, cause } = explained;
  const isMarked = cause !== 'unknown' && (await builds.mark(uri, explained));
  const editor = await vscode.window.showTextDocument(document);
  if (line !== undefined) {
    const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  const place = line === undefined ? nameOf(uri) : `${nameOf(uri)}:${line + 1}`;
  const fix = t('Show Fixes');
  const choices = isMarked && edits.length > 0 ? [fix] : [];
  const chosen = await vscode.window.showInformationMessage(`${place}: ${message}.`, ...choices);
  if (chosen === fix) await vscode.commands.executeCommand('editor.action.quickFix');
}

async function chooseLog(): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor;
  const fromEditor = active?.document.languageId === dockerfileLanguage ? undefined : active;
  const selection = fromEditor && !fromEditor.selection.isEmpty ? fromEditor.selection : undefined;
  const sources: LogSource[] = [
    ...(fromEditor && selection
      ? [
          {
            label: t('The selection'),
            description: nameOf(fromEditor.document.uri),
            read: () => Promise.resolve(fromEditor.document.getText(selection)),
          },
        ]
      : []),
    ...(fromEditor
      ? [
          {
            label: t('The open document'),
            description: nameOf(fromEditor.document.uri),
            read: () => Promise.resolve(fromEditor.document.getText()),
          },
        ]
      : []),
    { label: t('The clipboard'), read: async () => vscode.env.clipboard.readText() },
    { label: t('A file…'), read: readChosenFile },
  ];
  const chosen = await vscode.window.showQuickPick(sources, { title: t('Where is the log of the build?') });
  return chosen?.read();
}

/** Larger files are not the log of one build. */
const largest = 100_000_000;

async function readChosenFile(): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: t('Log of the build') })) ?? [];
  if (!file) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > largest) {
      void vscode.window.showWarningMessage(
        t('{0} is larger than 100 MB. Keep the end of the log in a file, and choose that.', nameOf(file)),
      );
      return undefined;
    }
    const bytes = await vscode.workspace.fs.readFile(file);
    return new TextDecoder().decode(bytes.subarray(-4 * logLimit)).slice(-logLimit);
  } catch (error) {
    void vscode.window.showWarningMessage(t('{0} cannot be read: {1}', nameOf(file), String(error)));
    return undefined;
  }
}

/** The Dockerfile that is open, else one of the workspace. */
async function chooseDockerfile(): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === dockerfileLanguage) return active.uri;
  const open = vscode.workspace.textDocuments
    .filter(({ languageId }) => languageId === dockerfileLanguage)
    .map(({ uri }) => uri);
  const found = await vscode.workspace.findFiles(
    '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*}',
    undefined,
    200,
  );
  const all = [...new Map([...open, ...found].map((uri) => [uri.toString(), uri])).values()];
  if (all.length < 2) {
    if (all.length === 0) void vscode.window.showInformationMessage(t('Open a Dockerfile first.'));
    return all[0];
  }
  const rows = all.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(rows, { title: t('Which Dockerfile was built?') }))?.uri;
}

function nameOf({ path }: vscode.Uri): string {
  return basename(path);
}
