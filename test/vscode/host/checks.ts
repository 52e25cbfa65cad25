// Runs inside the extension host of a real editor in which the packaged extension is installed. It reaches
// the extension through VS Code only.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { serverProcesses } from './processes';

const extensionId = 'drydock.drydock';
const install = 'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*';
const fixed = install.replace('-y curl', '-y --no-install-recommends curl ca-certificates');

/** In this order: what is not there yet is looked at first. */
const checks: Readonly<Record<string, () => Promise<void>>> = {
  'nothing runs before a Dockerfile is open': nothingRunsBefore,
  'a YAML file of others wakes nothing': otherYamlWakesNothing,
  'an opened Dockerfile gets its findings, from one server': findingsAppear,
  'a wrong configuration is marked as it is typed': configurationIsMarked,
  'the fix is offered where the finding is, applies, and can be undone': fixAppliesAndUndoes,
  'saving fixes what is safe to fix, when asked to': savingFixes,
  'a Containerfile is a Dockerfile': containerfileIsDockerfile,
};

/** Called by VS Code. @throws when a check fails */
export async function run(): Promise<void> {
  const failed: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok    ${name}`);
    } catch (error) {
      failed.push(name);
      console.log(`FAIL  ${name}\n${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${Object.keys(checks).length} checks failed`);
}

async function nothingRunsBefore(): Promise<void> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, 'the package is installed');
  await open('notes.txt');
  // Time enough for an activation that should not happen.
  await new Promise((done) => setTimeout(done, 1000));
  assert.equal(extension.isActive, false);
  assert.deepEqual(serverProcesses(), []);
}

async function otherYamlWakesNothing(): Promise<void> {
  const { document } = await open('values.yaml');
  assert.equal(document.languageId, 'yaml');
  await new Promise((done) => setTimeout(done, 1000));
  assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, false);
  assert.deepEqual(serverProcesses(), []);
}

async function configurationIsMarked(): Promise<void> {
  const { document } = await open('configured/.drydock.yaml');
  const marks = (): readonly string[] =>
    vscode.languages
      .getDiagnostics(document.uri)
      .map(({ range, message }) => `${document.getText(range)}: ${message}`);
  await until('a mark', () => marks().length > 0);
  assert.deepEqual(marks(), ['rulez: Unknown key rulez. Did you mean rules?']);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, 0, 5), 'rules');
  assert.equal(await vscode.workspace.applyEdit(edit), true);
  await until('no mark', () => marks().length === 0);
  assert.equal(document.isDirty, true);
  await vscode.commands.executeCommand('undo');
  await until('the mark again', () => marks().length === 1);
  // Nothing else is offered there.
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(0, 2),
  );
  assert.deepEqual(hovers, []);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
}

async function findingsAppear(): Promise<void> {
  const { document } = await open('Dockerfile');
  const found = await findings(document, 'apt-no-install-recommends');
  assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
  assert.deepEqual(
    found.map(({ range, severity, source }) => [document.getText(range), range.start.line, severity, source]),
    [['install', 1, vscode.DiagnosticSeverity.Information, 'drydock']],
  );
  if (process.platform !== 'win32') assert.equal(serverProcesses().length, 1);
}

async function fixAppliesAndUndoes(): Promise<void> {
  const { document } = await open('Dockerfile');
  const original = document.getText();
  const [finding] = await findings(document, 'apt-no-install-recommends');
  assert.ok(finding);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    10,
  );
  const action = actions.find(({ title }) => title.startsWith('Add --no-install-recommends'));
  assert.ok(action?.edit, `among ${actions.map(({ title }) => title).join(', ')}`);
  assert.equal(await vscode.workspace.applyEdit(action.edit), true);
  assert.equal(document.getText(), original.replace(install, fixed));
  await until('the finding is gone', () => ids(document).every((id) => id !== 'apt-no-install-recommends'));

  await vscode.commands.executeCommand('undo');
  assert.equal(document.getText(), original);
  await findings(document, 'apt-no-install-recommends');
}

async function savingFixes(): Promise<void> {
  const { document } = await open('on-save.Dockerfile');
  await findings(document, 'apt-get-yes');
  const settings = vscode.workspace.getConfiguration('editor');
  await settings.update('codeActionsOnSave', { 'source.fixAll.drydock': 'explicit' });
  try {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '# the end\n');
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(await document.save(), true);
    assert.equal(
      document.getText(),
      'FROM debian:12\n# kept\nRUN apt-get install -y curl\nUSER 1000\nCMD ["curl"]\n# the end\n',
    );
    assert.equal(document.isDirty, false);
  } finally {
    await settings.update('codeActionsOnSave', undefined);
  }
}

async function containerfileIsDockerfile(): Promise<void> {
  const { document } = await open('Containerfile');
  assert.equal(document.languageId, 'dockerfile');
  await findings(document, 'apt-no-install-recommends');
}

async function open(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

function ids({ uri }: vscode.TextDocument): string[] {
  return vscode.languages.getDiagnostics(uri).map(ruleOf);
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until the rule has findings in the document, and returns them. */
async function findings(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic[]> {
  await until(`${document.fileName} has a finding of ${rule}`, () => ids(document).includes(rule));
  return vscode.languages.getDiagnostics(document.uri).filter((finding) => ruleOf(finding) === rule);
}

const patience = 30_000;

async function until(what: string, condition: () => boolean): Promise<void> {
  for (const started = Date.now(); !condition();) {
    if (Date.now() - started > patience) throw new Error(`not within ${patience / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
