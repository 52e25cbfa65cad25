// The light bulb on what a scan has found: update the base image or the package, patch the image, or ignore it with a reason.
import * as vscode from 'vscode';
import { clientCommand, dockerfileLanguage, sourceName } from '../../../server/src/protocol/names';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import { imageName, partsOf, tagName } from '../../../server/src/workflow/checked-arguments';
import { locateProgram } from '../../../server/src/workflow/find-tools';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Vulnerability } from '../../../server/src/workflow/scan/report';
import { ranked } from '../../../server/src/workflow/scan/summary';
import { upgrades } from '../../../server/src/workflow/scan/upgrade';
import { patchers } from '../../../server/src/workflow/tool-list';
import type { Patcher } from '../../../server/src/workflow/tool';
import type { BuildTasks } from '../build/tasks';
import { reporting } from '../reporting';
import type { ServerSession } from '../server-session';
import { oneOf, tellMissing } from '../tell-missing';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { scanCode } from './scan-runner';
import type { ScannedLine, ScanRunner } from './scan-runner';

const { t } = vscode.l10n;

export class ScanActions implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #session: ServerSession;
  readonly #scans: ScanRunner;
  readonly #builds: BuildTasks;
  readonly #log: vscode.LogOutputChannel;
  readonly #registration: vscode.Disposable;

  constructor(session: ServerSession, scans: ScanRunner, builds: BuildTasks, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#scans = scans;
    this.#builds = builds;
    this.#log = log;
    this.#registration = vscode.languages.registerCodeActionsProvider(
      { language: dockerfileLanguage },
      this,
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    );
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const marks = diagnostics.filter(({ source, code }) => source === sourceName && code === scanCode);
    const lines = this.#scans.linesOf(document.uri);
    const found = marks.flatMap((mark) => {
      // One that is out of date says so behind its message.
      const line = lines.find(({ message }) => mark.message.startsWith(message));
      return line ? [{ mark, line }] : [];
    });
    if (found.length === 0) return [];
    const description = await this.#session.describe(document.uri);
    if (description?.version !== document.version) return [];
    const isDocker = this.#builds.lastImage(document.uri)?.engine === 'docker';
    return found.flatMap(({ mark, line }) => actionsFor(document, mark, line, description, isDocker));
  }

  /** Asks for a reason and for how long it holds, and writes both into the configuration of the project. */
  async ignore(uri: vscode.Uri, choices: readonly VulnerabilityChoice[]): Promise<void> {
    const entry = await askForIgnore(choices);
    const change = entry && (await this.#session.ignoreVulnerability(uri, entry));
    if (!entry || !change) return;
    if (change.problem !== undefined) {
      void vscode.window.showErrorMessage(change.problem);
      return;
    }
    const { path, before, after } = change;
    const file = vscode.Uri.file(path);
    const edit = new vscode.WorkspaceEdit();
    if (before === undefined) edit.createFile(file, { contents: new TextEncoder().encode(after) });
    else {
      const document = await vscode.workspace.openTextDocument(file);
      if (document.getText() !== before) {
        void vscode.window.showWarningMessage(
          t(
            '{0} has changes that are not saved. Save it, and try again.',
            vscode.workspace.asRelativePath(file),
          ),
        );
        return;
      }
      const end = document.lineAt(document.lineCount - 1).range.end;
      edit.replace(file, new vscode.Range(new vscode.Position(0, 0), end), after);
    }
    if (!(await vscode.workspace.applyEdit(edit))) return;
    await (await vscode.workspace.openTextDocument(file)).save();
    await this.#scans.judgeAgain(uri);
    const show = t('Show');
    const message = t('{0} is ignored in {1}.', entry.id, vscode.workspace.asRelativePath(file));
    if ((await vscode.window.showInformationMessage(message, show)) === show)
      await vscode.window.showTextDocument(file);
  }

  /** Updates the packages of the image that was built from the file, without a build. */
  async patch(uri: vscode.Uri): Promise<void> {
    const machine = requireMachine();
    const built = this.#builds.lastImage(uri);
    if (!machine || !built) return;
    const ready = await firstPatcher(uri, machine);
    if (!ready) {
      const missing = t(
        'No tool that patches images was found. Install {0}, or set its path.',
        oneOf(patchers),
      );
      return tellMissing(patchers, missing, 'tools.paths');
    }
    const { repository, tag: before = 'latest' } = partsOf(built.tag);
    const tag = tagName(`${before}-patched`);
    const patched = imageName(`${repository}:${tag ?? ''}`);
    if (tag === undefined || patched === undefined) return;
    const { tool, found } = ready;
    const title = t('Patching {0} with {1}', built.tag, tool.title);
    const outcome = await reporting(machine, this.#log).run(title, (runner, signal) =>
      runner.run(tool.commands.patch(found, { image: built.tag, tag }), { folder: built.context, signal }),
    );
    if (outcome.kind === 'done')
      void vscode.window.showInformationMessage(
        t('Patched {0} as {1}. The next build of the file has the old packages again.', built.tag, patched),
      );
    else if (outcome.kind !== 'cancelled')
      void vscode.window.showErrorMessage(
        t('{0} could not patch {1}: {2}', tool.title, built.tag, troubleText(outcome, t)),
      );
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

async function firstPatcher(
  uri: vscode.Uri,
  machine: NonNullable<ReturnType<typeof requireMachine>>,
): Promise<
  | { readonly tool: Patcher; readonly found: NonNullable<Awaited<ReturnType<typeof locateProgram>>> }
  | undefined
> {
  for (const tool of patchers) {
    const found = await locateProgram(tool, toolPaths(uri), machine);
    if (found) return { tool, found };
  }
  return undefined;
}

/** What a mark knows of a vulnerability, for the question which one to ignore. */
export type VulnerabilityChoice = Pick<Vulnerability, 'id' | 'name' | 'version' | 'severity'>;

/** Entries of the menu, those that fix something first. */
function actionsFor(
  document: vscode.TextDocument,
  mark: vscode.Diagnostic,
  { origin, vulnerabilities }: ScannedLine,
  { instructions }: BuildDescription,
  isDocker: boolean,
): vscode.CodeAction[] {
  const { uri } = document;
  const isBase = origin === 'base';
  const fixable = ranked(vulnerabilities).filter(({ fixedIn }) => fixedIn !== undefined);
  const at = instructions.find(({ mark: place }) => place.start.line === mark.range.start.line);
  const actions: vscode.CodeAction[] = [];
  const add = (title: string, command: string, ...rest: readonly unknown[]): void => {
    const action = quickFix(title, mark);
    action.command = { title, command, arguments: [uri, ...rest] };
    actions.push(action);
  };
  if (at && !isBase) actions.push(...upgradeActions(document, mark, at, fixable));
  if (isBase && at?.text.includes('@sha256:'))
    add(t('Update the digest of the base image'), 'drydock.updateDigests');
  if (fixable.length > 0)
    add(
      isBase
        ? t('Build again with the newest base image of this name')
        : t('Build again without the cache, which installs what is newest'),
      clientCommand.buildFresh,
    );
  if (fixable.length > 0 && isDocker && !isBase)
    add(t('Patch the built image with {0}', oneOf(patchers)), clientCommand.patchImage);
  const choices = ranked(vulnerabilities).map(({ id, name, version, severity }): VulnerabilityChoice => {
    return { id, name, version, severity };
  });
  const [only, ...others] = new Set(choices.map(({ id }) => id));
  const title =
    only !== undefined && others.length === 0
      ? t('Ignore {0} in the project, with a reason…', only)
      : t('Ignore a vulnerability in the project, with a reason…');
  add(title, clientCommand.ignoreVulnerability, choices);
  return actions;
}

/** One for each package that the instruction pins, and before them one for all. */
function upgradeActions(
  document: vscode.TextDocument,
  mark: vscode.Diagnostic,
  { mark: place, endLine }: BuildDescription['instructions'][number],
  fixable: readonly Vulnerability[],
): vscode.CodeAction[] {
  const start = new vscode.Position(place.start.line, place.start.character);
  const text = document.getText(new vscode.Range(start, document.lineAt(endLine).range.end));
  const found = upgrades(text, fixable);
  const offset = document.offsetAt(start);
  const action = (title: string, which: typeof found): vscode.CodeAction => {
    const made = quickFix(title, mark);
    made.edit = new vscode.WorkspaceEdit();
    for (const one of which) {
      const range = new vscode.Range(
        document.positionAt(offset + one.start),
        document.positionAt(offset + one.end),
      );
      made.edit.replace(document.uri, range, one.to);
    }
    return made;
  };
  const names = [...new Map(found.map((one) => [one.name, one.to]))];
  const single = names.map(([name, to]) =>
    action(
      t('Upgrade {0} to {1}', name, to),
      found.filter((one) => one.name === name),
    ),
  );
  const all =
    names.length > 1 ? [action(t('Upgrade {0} packages that have a fix', names.length), found)] : [];
  const [first] = [...all, ...single];
  if (first) first.isPreferred = true;
  return [...all, ...single];
}

function quickFix(title: string, mark: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [mark];
  return action;
}

interface Ignore {
  readonly id: string;
  readonly reason: string;
  readonly until: string;
  readonly package: string;
}

/** @returns undefined if the user closed a question */
async function askForIgnore(choices: readonly VulnerabilityChoice[]): Promise<Ignore | undefined> {
  const rows = choices.map((choice) => ({
    label: choice.id,
    description: `${choice.name} ${choice.version}`,
    detail: choice.severity,
    choice,
  }));
  const row =
    rows.length === 1
      ? rows[0]
      : await vscode.window.showQuickPick(rows, {
          title: t('Ignore which vulnerability?'),
          matchOnDescription: true,
        });
  if (!row) return undefined;
  const { id, name } = row.choice;
  const reason = await vscode.window.showInputBox({
    title: t('Why is {0} harmless here?', id),
    prompt: t('Reports show the reason, and the next reader needs it.'),
    validateInput: (text) => (text.trim() === '' ? t('Give a reason.') : undefined),
  });
  if (reason === undefined || reason.trim() === '') return undefined;
  const ends = [30, 90, 180, 365].map((days) => ({ label: t('{0} days', days), until: dayAfter(days) }));
  const until = await vscode.window.showQuickPick(
    [...ends.map((one) => ({ ...one, description: one.until })), { label: t('For good'), until: '' }],
    { title: t('How long should it be ignored?'), placeHolder: t('After that day it is reported again.') },
  );
  return until && { id, reason: reason.trim(), until: until.until, package: name };
}

/** As `2027-01-31`. */
function dayAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
