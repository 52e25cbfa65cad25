// Builds as VS Code tasks, from the command and from tasks.json. Asks, shows and marks; workflow/ does the rest.
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { dockerfileLanguage, sourceName } from '../../../server/src/protocol';
import type { BuildChoice, BuildEnd } from '../../../server/src/workflow/build/build-run';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { readSavedChoice } from '../../../server/src/workflow/build/choices';
import type { SavedChoice } from '../../../server/src/workflow/build/choices';
import { failureMark, failureText } from '../../../server/src/workflow/build/failure-text';
import { placeFailure } from '../../../server/src/workflow/build/locate-failure';
import type { BuildFailure } from '../../../server/src/workflow/build/output-parser';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Outcome } from '../../../server/src/workflow/run';
import { printer, shellText } from '../../../server/src/workflow/runners';
import type { FoundTool, Machine } from '../../../server/src/workflow/tool';
import type { LineMarks } from '../line-marks';
import type { ServerSession } from '../server-session';
import { requireMachine, requireTrust } from '../trust';
import { askWhatToBuild } from './build-menu';
import { BuildMemory } from './build-memory';
import { planBuild, planRun } from './build-plan';
import type { BuildPlan } from './build-plan';
import { BuildTerminal } from './build-terminal';
import type { Prepared } from './build-terminal';
import { EngineFinder } from './engine-finder';
import { onDisk } from './on-disk';

const { t } = vscode.l10n;

export class BuildTasks implements vscode.Disposable {
  readonly #memory: BuildMemory;
  readonly #session: ServerSession;
  readonly #marks: LineMarks;
  readonly #log: vscode.LogOutputChannel;
  readonly #engines = new EngineFinder();
  readonly #provider: vscode.Disposable;

  readonly onEngine = this.#engines.onChange;

  constructor(
    memory: vscode.Memento,
    session: ServerSession,
    marks: LineMarks,
    log: vscode.LogOutputChannel,
  ) {
    this.#memory = new BuildMemory(memory);
    this.#session = session;
    this.#marks = marks;
    this.#log = log;
    this.#provider = vscode.tasks.registerTaskProvider(sourceName, {
      provideTasks: () =>
        openFiles().map((document) =>
          this.#taskFor(document.uri, { type: sourceName, dockerfile: nameOf(document.uri) }),
        ),
      resolveTask: (task) => this.#resolve(task),
    });
  }

  get lastEngine(): FoundTool | undefined {
    return this.#engines.last;
  }

  lastImage(uri: vscode.Uri): BuiltImage | undefined {
    return this.#memory.image(uri);
  }

  /** Asks what to build, then builds. */
  async build(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine || !(await onDisk(document))) return;
    const { uri } = document;
    const plan = await this.#plan(machine, uri, this.#memory.choice(uri));
    if (!plan) return;
    const answer = await askWhatToBuild({
      ...plan,
      severalPlatforms: plan.engine.can.severalPlatforms?.(plan.found) ?? false,
    });
    if (!answer) return;
    await this.#memory.rememberChoice(uri, answer.choice);
    if (answer.action === 'build') await this.#start(uri);
    else if (answer.action === 'save') await saveAsTask(uri, answer.choice);
    else await copyCommand(uri, plan, answer.choice);
  }

  /** Builds with the last choice, without asking; asks if there is none. */
  async buildAgain(document: vscode.TextDocument): Promise<void> {
    if (!this.#memory.hasChoice(document.uri)) return this.build(document);
    if (requireTrust() && (await onDisk(document))) await this.#start(document.uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.#provider, this.#engines).dispose();
  }

  async #start(uri: vscode.Uri): Promise<void> {
    await vscode.tasks.executeTask(this.#taskFor(uri, { type: sourceName, dockerfile: nameOf(uri) }));
  }

  #resolve(task: vscode.Task): vscode.Task | undefined {
    const { dockerfile } = task.definition;
    if (typeof dockerfile !== 'string' || dockerfile === '') return undefined;
    const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
    const path = isAbsolute(dockerfile) || !folder ? dockerfile : join(folder.uri.fsPath, dockerfile);
    if (!isAbsolute(path)) return undefined;
    // VS Code wants its own definition object back.
    return this.#taskFor(vscode.Uri.file(path), task.definition, task.scope);
  }

  /** @param definition only its file: the remembered choice decides the rest */
  #taskFor(uri: vscode.Uri, definition: vscode.TaskDefinition, scope?: vscode.Task['scope']): vscode.Task {
    const own = Object.keys(definition).some((key) => key !== 'type' && key !== 'dockerfile');
    const name = t('build {0}', nameOf(uri));
    const task = new vscode.Task(
      definition,
      scope ?? vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace,
      name,
      sourceName,
      new vscode.CustomExecution(() => {
        let plan: BuildPlan | undefined;
        const prepare = async (): Promise<Prepared> => {
          const machine = requireMachine();
          if (!machine) return undefined;
          await saveFile(uri);
          plan = await this.#plan(machine, uri, own ? readSavedChoice(definition) : this.#memory.choice(uri));
          return plan && this.#prepare(machine, uri, plan);
        };
        const onEnd = async (outcome: Outcome<BuildEnd>): Promise<readonly string[]> =>
          plan ? this.#ended(uri, plan, outcome, name) : [];
        return Promise.resolve(new BuildTerminal(prepare, onEnd));
      }),
    );
    task.group = vscode.TaskGroup.Build;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
    return task;
  }

  /** @returns undefined after telling what is missing */
  async #plan(machine: Machine, uri: vscode.Uri, saved: SavedChoice): Promise<BuildPlan | undefined> {
    const engine = await this.#engines.find(machine, uri, dirname(uri.fsPath));
    return engine && planBuild(uri, saved, engine, await this.#session.describe(uri));
  }

  #prepare({ runner }: Machine, uri: vscode.Uri, plan: BuildPlan): Prepared {
    this.#marks.clear(uri, 'build');
    this.#marks.clear(uri, 'scan');
    const run = planRun(uri, plan, plan.choice);
    this.#log.info(shellText(run));
    return { run, folder: plan.choice.context, runner };
  }

  /** @returns lines for the end of the terminal's text */
  async #ended(
    uri: vscode.Uri,
    plan: BuildPlan,
    outcome: Outcome<BuildEnd>,
    taskName: string,
  ): Promise<readonly string[]> {
    if (outcome.kind === 'cancelled') return [];
    if (outcome.kind !== 'done') {
      this.#engines.forget();
      void showOutputOf(taskName, t('The build failed: {0}', troubleText(outcome, t)));
      return [];
    }
    if (outcome.value.kind === 'built') {
      const { tag, target, context } = plan.choice;
      const { id: engine, program } = plan.found;
      const stage = target === undefined ? {} : { target };
      await this.#memory.rememberImage(uri, { tag, context, engine, program, ...stage });
      void offerScan(uri, tag);
      return [];
    }
    const { failure } = outcome.value;
    const text = failureText(failure, t);
    const line = await this.#markFailure(uri, plan, failure);
    // The file does not seem to be the cause; perhaps the engine is.
    if (line === undefined) this.#engines.forget();
    void showOutputOf(taskName, t('The build failed: {0}', text));
    return line === undefined ? [] : ['', `${uri.fsPath}:${line + 1}: ${text}`];
  }

  /** @returns the line of the failing instruction, zero-based, if it is known and still there */
  async #markFailure(
    uri: vscode.Uri,
    { description }: BuildPlan,
    failure: BuildFailure,
  ): Promise<number | undefined> {
    const now = (await this.#session.describe(uri)) ?? description;
    const place = placeFailure(failure, description, now);
    if (place?.instruction !== undefined) {
      const severity = vscode.DiagnosticSeverity.Error;
      const mark = {
        instruction: place.instruction,
        severity,
        message: failureMark(failure, t),
        code: 'build',
      };
      this.#marks.set(uri, 'build', [mark], now);
    }
    return place?.line;
  }
}

function openFiles(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ languageId, uri }) => languageId === dockerfileLanguage && uri.scheme === 'file',
  );
}

/** The path of the file in a task: relative to its workspace folder, else absolute. */
function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri, false) : uri.fsPath;
}

async function saveFile(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty) await document.save();
}

async function copyCommand(uri: vscode.Uri, plan: BuildPlan, choice: BuildChoice): Promise<void> {
  let text = '';
  const copier = printer((command) => {
    text = command;
  });
  await copier.run(planRun(uri, plan, choice), { folder: choice.context });
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t('Command line copied'), 3000);
}

async function saveAsTask(
  uri: vscode.Uri,
  { dockerfile: _, context, ...choice }: BuildChoice,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const config = vscode.workspace.getConfiguration('tasks', folder?.uri ?? uri);
  const existing: unknown[] = config.get<unknown[]>('tasks') ?? [];
  const shown = vscode.workspace.asRelativePath(context, false);
  const task = {
    type: sourceName,
    label: t('Build {0}', choice.tag),
    dockerfile: nameOf(uri),
    context: shown === folder?.uri.fsPath ? '.' : shown,
    ...choice,
  };
  const target = folder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global;
  await config.update('tasks', [...existing, task], target);
  vscode.window.setStatusBarMessage(t('Saved in tasks.json'), 3000);
}

async function offerScan(uri: vscode.Uri, tag: string): Promise<void> {
  const scan = t('Scan for Vulnerabilities');
  const chosen = await vscode.window.showInformationMessage(t('Built {0}.', tag), scan);
  if (chosen === scan) await vscode.commands.executeCommand('drydock.scan', uri);
}

async function showOutputOf(terminalName: string, message: string): Promise<void> {
  const show = t('Show Output');
  if ((await vscode.window.showErrorMessage(message, show)) !== show) return;
  vscode.window.terminals.find(({ name }) => name.includes(terminalName))?.show();
}
