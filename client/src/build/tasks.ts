// Builds as VS Code tasks: from the command, and from tasks.json. Remembers what was chosen and what was built.
import { basename, dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/protocol';
import { LANGUAGE, SOURCE } from '../../../server/src/protocol';
import { follow, toFollow } from '../../../server/src/workflow/followed-lines';
import type { LineMarks } from '../line-marks';
import type { ServerSession } from '../server-session';
import { requireTrust } from '../trust';
import { askWhatToBuild } from './build-menu';
import { BuildTerminal, type Ended, type Prepared } from './build-terminal';
import {
  completeChoice,
  readSavedChoice,
  type SavedChoice,
} from '../../../server/src/workflow/build/choices';
import {
  asShellText,
  buildCommand,
  canBuildSeveralPlatforms,
  type BuildChoice,
} from '../../../server/src/workflow/build/build-run';
import { buildSettings, EngineFinder } from './engine-finder';
import type { Builder } from '../../../server/src/workflow/find-tools';
import { failureText } from '../../../server/src/workflow/build/failure-text';
import { locateFailure } from '../../../server/src/workflow/build/locate-failure';
import { contextFolders, onDisk } from './on-disk';
import type { BuildFailure } from '../../../server/src/workflow/build/output-parser';

const { t } = vscode.l10n;

const NOTHING: BuildDescription = {
  version: 0,
  stages: [],
  args: [],
  platforms: [],
  contextSources: [],
  instructions: [],
};

/** Instructions that OCI images have no place for. */
const DOCKER_ONLY = new Set(['HEALTHCHECK', 'SHELL', 'ONBUILD']);

export interface BuiltImage {
  readonly tag: string;
  readonly target?: string;
  readonly context: string;
  readonly engine: Builder['engine'];
  readonly program: string;
}

export class BuildTasks implements vscode.Disposable {
  readonly #engines = new EngineFinder();
  readonly #provider: vscode.Disposable;

  readonly onEngine = this.#engines.onChange;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly session: ServerSession,
    private readonly marks: LineMarks,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#provider = vscode.tasks.registerTaskProvider(SOURCE, {
      provideTasks: () =>
        this.#openFiles().map((document) =>
          this.#taskFor(document.uri, { type: SOURCE, dockerfile: this.#nameOf(document.uri) }),
        ),
      resolveTask: (task) => this.#resolve(task),
    });
  }

  get lastBuilder(): Builder | undefined {
    return this.#engines.last;
  }

  lastImage(uri: vscode.Uri): BuiltImage | undefined {
    return this.memory.get<BuiltImage>(`image:${uri.toString()}`);
  }

  /** Asks what to build, then builds. */
  async build(document: vscode.TextDocument): Promise<void> {
    if (!requireTrust() || !(await onDisk(document))) return;
    const builder = await this.#engines.find(document.uri, dirname(document.uri.fsPath));
    if (!builder) return;
    const description = (await this.session.describe(document.uri)) ?? NOTHING;
    const contexts = await contextFolders(document.uri, description);
    const choice = this.#complete(document.uri, this.#remembered(document.uri), description, contexts);
    const severalPlatforms = canBuildSeveralPlatforms(builder);
    const answer = await askWhatToBuild({ description, choice, contexts, severalPlatforms });
    if (!answer) return;
    await this.#remember(document.uri, answer.choice);
    if (answer.action === 'build') await this.#start(document.uri);
    else if (answer.action === 'save') await this.#saveAsTask(document.uri, answer.choice);
    else {
      const command = buildCommand(builder, answer.choice, extras(document.uri, description));
      await vscode.env.clipboard.writeText(asShellText(command));
      vscode.window.setStatusBarMessage(t('Command line copied'), 3000);
    }
  }

  /** Builds what was built last, without a question; asks when there is no last time. */
  async buildAgain(document: vscode.TextDocument): Promise<void> {
    if (this.memory.get(choiceKey(document.uri)) === undefined) return this.build(document);
    if (requireTrust() && (await onDisk(document))) await this.#start(document.uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.#provider, this.#engines).dispose();
  }

  async #start(uri: vscode.Uri): Promise<void> {
    await vscode.tasks.executeTask(this.#taskFor(uri, { type: SOURCE, dockerfile: this.#nameOf(uri) }));
  }

  #openFiles(): vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(
      ({ languageId, uri }) => languageId === LANGUAGE && uri.scheme === 'file',
    );
  }

  /** As a task names the file: seen from its workspace folder, else absolute. */
  #nameOf(uri: vscode.Uri): string {
    return vscode.workspace.getWorkspaceFolder(uri)
      ? vscode.workspace.asRelativePath(uri, false)
      : uri.fsPath;
  }

  #resolve(task: vscode.Task): vscode.Task | undefined {
    const { dockerfile } = task.definition;
    if (typeof dockerfile !== 'string' || dockerfile === '') return undefined;
    const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
    const path = isAbsolute(dockerfile) || !folder ? dockerfile : join(folder.uri.fsPath, dockerfile);
    if (!isAbsolute(path)) return undefined;
    // The definition must be the very one that VS Code handed over.
    return this.#taskFor(vscode.Uri.file(path), task.definition, task.scope);
  }

  /** @param definition only its file: the remembered choice decides the rest */
  #taskFor(uri: vscode.Uri, definition: vscode.TaskDefinition, scope?: vscode.Task['scope']): vscode.Task {
    const own = Object.keys(definition).some((key) => key !== 'type' && key !== 'dockerfile');
    const name = t('build {0}', this.#nameOf(uri));
    const task = new vscode.Task(
      definition,
      scope ?? vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace,
      name,
      SOURCE,
      new vscode.CustomExecution(() => {
        const build = new RunningBuild(uri);
        const prepare = (): Promise<Prepared> =>
          this.#prepare(build, own ? readSavedChoice(definition) : this.#remembered(uri));
        return Promise.resolve(new BuildTerminal(prepare, (ended) => this.#ended(build, ended, name)));
      }),
    );
    task.group = vscode.TaskGroup.Build;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
    return task;
  }

  async #prepare(build: RunningBuild, saved: SavedChoice): Promise<Prepared> {
    const { uri } = build;
    if (!requireTrust()) return undefined;
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty) await document.save();
    const builder = await this.#engines.find(uri, dirname(uri.fsPath));
    if (!builder) return undefined;
    build.description = (await this.session.describe(uri)) ?? NOTHING;
    const contexts = saved.context === undefined ? await contextFolders(uri, build.description) : [];
    build.choice = this.#complete(uri, saved, build.description, contexts);
    build.builder = builder;
    this.marks.clear(uri, 'build');
    this.marks.clear(uri, 'scan');
    const command = buildCommand(builder, build.choice, extras(uri, build.description));
    this.log.info(asShellText(command));
    return { command, cwd: build.choice.context };
  }

  /** @returns lines for the end of the terminal's text */
  async #ended(build: RunningBuild, { exit, failure }: Ended, taskName: string): Promise<readonly string[]> {
    const { uri, choice, builder } = build;
    if (!choice || !builder || exit.cancelled) return [];
    if (!failure) {
      const { tag, target, context } = choice;
      const { engine, program } = builder;
      const image: BuiltImage = {
        tag,
        context,
        engine,
        program,
        ...(target === undefined ? {} : { target }),
      };
      await this.memory.update(`image:${uri.toString()}`, image);
      void offerScan(uri, tag);
      return [];
    }
    const text = failureText(failure, t);
    const line = await this.#markFailure(build, failure, text);
    // Not the file's fault, as far as can be told: perhaps the engine's.
    if (line === undefined) this.#engines.forget();
    void showOutputOf(taskName, t('The build failed: {0}', text));
    return line === undefined ? [] : ['', `${uri.fsPath}:${line + 1}: ${text}`];
  }

  /** @returns the line of the failing instruction, zero-based, if it is known and still there */
  async #markFailure(build: RunningBuild, failure: BuildFailure, text: string): Promise<number | undefined> {
    const at = locateFailure(failure, build.description);
    const failed = at === undefined ? undefined : toFollow(at, build.description);
    if (!failed) return failure.lines?.first;
    // The file may have been edited during the build.
    const now = (await this.session.describe(build.uri)) ?? build.description;
    const instruction = follow(failed, now);
    if (instruction === undefined) return undefined;
    const tail = failure.output.slice(-4).join('\n');
    const message = t('The build fails here: {0}', tail === '' ? text : `${text}\n${tail}`);
    const severity = vscode.DiagnosticSeverity.Error;
    this.marks.set(build.uri, 'build', [{ instruction, severity, message, code: 'build' }], now);
    return now.instructions[instruction]?.mark.start.line;
  }

  #remembered(uri: vscode.Uri): SavedChoice {
    return readSavedChoice(this.memory.get(choiceKey(uri)));
  }

  async #remember(uri: vscode.Uri, { dockerfile: _, ...choice }: BuildChoice): Promise<void> {
    await this.memory.update(choiceKey(uri), choice);
  }

  #complete(
    uri: vscode.Uri,
    saved: SavedChoice,
    description: BuildDescription,
    contexts: readonly string[],
  ): BuildChoice {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const { context } = saved;
    const dockerfile = uri.fsPath;
    const absolute =
      context === undefined
        ? {}
        : { context: join(isAbsolute(context) ? '' : (folder?.uri.fsPath ?? dirname(dockerfile)), context) };
    const question = {
      dockerfile,
      fileName: basename(dockerfile),
      projectName: basename(contexts[0] ?? absolute.context ?? dirname(dockerfile)),
      contexts,
    };
    return completeChoice(question, { ...saved, ...absolute }, description);
  }

  async #saveAsTask(uri: vscode.Uri, { dockerfile: _, context, ...choice }: BuildChoice): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const config = vscode.workspace.getConfiguration('tasks', folder?.uri ?? uri);
    const existing: unknown[] = config.get<unknown[]>('tasks') ?? [];
    const shown = vscode.workspace.asRelativePath(context, false);
    const task = {
      type: SOURCE,
      label: t('Build {0}', choice.tag),
      dockerfile: this.#nameOf(uri),
      context: shown === folder?.uri.fsPath ? '.' : shown,
      ...choice,
    };
    const target = folder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global;
    await config.update('tasks', [...existing, task], target);
    vscode.window.setStatusBarMessage(t('Saved in tasks.json'), 3000);
  }
}

/** What is known of a build once it has been prepared. */
class RunningBuild {
  description: BuildDescription = NOTHING;
  choice: BuildChoice | undefined;
  builder: Builder | undefined;

  constructor(readonly uri: vscode.Uri) {}
}

function choiceKey(uri: vscode.Uri): string {
  return `build:${uri.toString()}`;
}

function extras(uri: vscode.Uri, { instructions }: BuildDescription): Parameters<typeof buildCommand>[2] {
  return {
    needsDockerFormat: instructions.some(({ keyword }) => DOCKER_ONLY.has(keyword)),
    arguments: buildSettings(uri).arguments,
  };
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
