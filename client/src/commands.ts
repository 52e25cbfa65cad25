// Registers the commands. Each is a few lines; other files do the work.
import * as vscode from 'vscode';
import { clientCommand, dockerfileLanguage, sourceName } from '../../server/src/protocol/names';
import type { ActionChoice } from '../../server/src/protocol/names';
import { explainLog } from './build/explain-log';
import type { ExplainedBuilds } from './build/explained-builds';
import { buildOther } from './build/other-build';
import type { BuildTasks } from './build/tasks';
import { checkTools } from './check-tools';
import { debugContainer } from './debug/debug-container';
import { renewDigests } from './digests';
import { chooseAction, fixAll, showFile } from './fixes';
import { checkReproducible } from './image/check-reproducible';
import { compareWith } from './image/compare-images';
import { dietOf } from './image/diet';
import type { ImageInspector } from './image/inspect-image';
import type { Pages } from './image/pages';
import { newFromPattern, Proposals } from './new-from-pattern';
import { showRebuilds, whatRebuilds } from './rebuilds';
import { sampleDockerfile } from './sample';
import { tellFailure } from './reporting';
import { cleanUp } from './release/clean-up';
import type { CycleRunner } from './release/cycle-runner';
import { runBuilt } from './release/run-image';
import type { SigningCommands } from './release/signing';
import type { ReleaseRunner } from './release/release-runner';
import type { ScanActions, VulnerabilityChoice } from './scan/scan-actions';
import type { ScanRunner } from './scan/scan-runner';
import type { ServerSession } from './server-session';

export interface Parts {
  readonly session: ServerSession;
  readonly builds: BuildTasks;
  readonly explained: ExplainedBuilds;
  readonly scans: ScanRunner;
  readonly scanActions: ScanActions;
  readonly releases: ReleaseRunner;
  readonly images: ImageInspector;
  readonly signing: SigningCommands;
  readonly cycles: CycleRunner;
  readonly pages: Pages;
  readonly log: vscode.LogOutputChannel;
}

export function registerCommands({
  session,
  builds,
  explained,
  scans,
  scanActions,
  releases,
  images,
  signing,
  cycles,
  pages,
  log,
}: Parts): vscode.Disposable[] {
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
        void tellFailure(log, vscode.l10n.t('The command failed: {0}', String(error)));
      }
    });
  const { proposals, registration } = Proposals.register();
  return [
    registration,
    onFile('build', (document) => builds.build(document)),
    onFile('buildAgain', (document) => builds.buildAgain(document)),
    onFile('inspectImage', (document) => images.inspect(document)),
    onFile('scan', (document) => scans.scanBuilt(document)),
    onFile('scanBase', (document) => scans.scanBase(document)),
    onFile('push', (document) => releases.push(document)),
    onFile('listContents', (document) => releases.list(document)),
    onFile('tag', (document) => releases.tag(document)),
    onFile('sign', (document) => signing.sign(document)),
    onFile('attest', (document) => signing.attest(document)),
    onFile('verify', (document) => signing.verify(document)),
    onFile('run', async (document) => {
      const built = await images.lastOrBuild(document);
      if (built) await runBuilt(built, await session.describe(document.uri));
    }),
    onFile('cleanUp', async (document) => {
      const built = await images.lastOrBuild(document);
      if (built) await cleanUp(document.uri, built, log);
    }),
    onFile('compareImages', async (document) => {
      const built = await images.lastOrBuild(document);
      if (built) await compareWith(document.uri, built, pages, log);
    }),
    onFile('checkReproducible', (document) => checkReproducible(document, builds, pages, log)),
    onFile('cycle', (document) => cycles.run(document)),
    onFile('pinAll', (document) => renewDigests(document, (uri, token) => session.pinAll(uri, token), log)),
    onFile('updateDigests', (document) =>
      renewDigests(document, (uri, token) => session.updateDigests(uri, token), log),
    ),
    onFile('fixAll', (document) => fixAll(session, document, 'safe')),
    onFile('fixAllSuggested', (document) => fixAll(session, document, 'suggested')),
    vscode.commands.registerCommand('drydock.explainRule', (...given: unknown[]) =>
      explainRule(
        session,
        given.filter((id) => typeof id === 'string'),
      ),
    ),
    // Behind entries of the light bulb, so the palette has no use for them.
    vscode.commands.registerCommand(clientCommand.chooseAction, (...choices: ActionChoice[]) =>
      chooseAction(session, choices),
    ),
    vscode.commands.registerCommand(
      clientCommand.ignoreVulnerability,
      (uri: vscode.Uri, choices: readonly VulnerabilityChoice[]) => scanActions.ignore(uri, choices),
    ),
    vscode.commands.registerCommand(clientCommand.patchImage, (uri: vscode.Uri) => scanActions.patch(uri)),
    vscode.commands.registerCommand(clientCommand.buildFresh, async (uri: vscode.Uri) =>
      builds.buildFresh(await vscode.workspace.openTextDocument(uri)),
    ),
    vscode.commands.registerCommand(clientCommand.showFile, (uri: string) => showFile(uri)),
    vscode.commands.registerCommand('drydock.whatRebuilds', (given?: unknown) =>
      whatRebuilds(session, given),
    ),
    vscode.commands.registerCommand(clientCommand.showRebuilds, (uri: string, line: number) =>
      showRebuilds(session, uri, line),
    ),
    vscode.commands.registerCommand('drydock.newFromPattern', (given?: unknown) =>
      newFromPattern(session, proposals, given),
    ),
    vscode.commands.registerCommand('drydock.chooseBuilder', (given?: unknown) =>
      newFromPattern(session, proposals, given, 'builders'),
    ),
    vscode.commands.registerCommand('drydock.diet', (given?: unknown) => dietOf(given, session, builds, log)),
    vscode.commands.registerCommand('drydock.buildOther', (given?: unknown) => buildOther(given)),
    vscode.commands.registerCommand('drydock.debugContainer', () => debugContainer(log)),
    vscode.commands.registerCommand('drydock.explainLog', () => explainLog(explained)),
    vscode.commands.registerCommand('drydock.checkTools', () => checkTools()),
    vscode.commands.registerCommand('drydock.openSample', () => openSample()),
    vscode.commands.registerCommand('drydock.restart', () => session.restart()),
    vscode.commands.registerCommand('drydock.showLog', () => log.show()),
  ];
}

/** @param given the file, if the command comes from its menu; undefined from the palette */
async function documentFor(given: unknown): Promise<vscode.TextDocument | undefined> {
  if (given instanceof vscode.Uri) return vscode.workspace.openTextDocument(given);
  return currentEditor()?.document;
}

/** The editor of a Dockerfile that is active, or the only one in sight: beside the walkthrough, no editor is active. */
function currentEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  const [seen, ...more] = active
    ? [active]
    : visibleTextEditors.filter(({ document }) => document.languageId === dockerfileLanguage);
  return more.length === 0 && seen?.document.languageId === dockerfileLanguage ? seen : undefined;
}

/** Beside the walkthrough that asks for it, so that both stay in sight. */
async function openSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: dockerfileLanguage,
    content: sampleDockerfile,
  });
  const { activeTextEditor } = vscode.window;
  await vscode.window.showTextDocument(document, {
    viewColumn: activeTextEditor ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
  });
}

/** @param given ids of rules; without any, those of the findings at the cursor */
async function explainRule(session: ServerSession, given: readonly string[]): Promise<void> {
  const items = given.length > 0 ? given.map((label) => ({ label })) : rulesNearCursor();
  if (!items) return;
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This file has no findings to explain.'));
    return;
  }
  const title = vscode.l10n.t('Explain which rule?');
  const chosen =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  if (!chosen) return;
  const page = await session.explainRule(chosen.label);
  if (page) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(page.uri));
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No page found for the rule {0}. Check the rule id.', chosen.label),
    );
}

/** The rules of the findings at the cursor; without any there, all of the file, the nearest first. */
function rulesNearCursor(): vscode.QuickPickItem[] | undefined {
  const editor = currentEditor();
  if (!editor) return undefined;
  const cursor = editor.selection.active;
  const findings = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source }) => source === sourceName)
    .sort((a, b) => Math.abs(a.range.start.line - cursor.line) - Math.abs(b.range.start.line - cursor.line));
  const here = findings.filter(({ range }) => range.contains(cursor));
  const onLine = findings.filter(
    ({ range }) => range.start.line <= cursor.line && cursor.line <= range.end.line,
  );
  for (const some of [here, onLine, findings]) {
    const items = new Map<string, vscode.QuickPickItem>();
    for (const { code, message } of some) {
      // Marks of builds and scans have a code, but no page.
      const id = typeof code === 'object' ? String(code.value) : '';
      if (id !== '' && !items.has(id)) items.set(id, { label: id, detail: message });
    }
    if (items.size > 0) return [...items.values()];
  }
  return [];
}
