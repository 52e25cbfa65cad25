// Builds as VS Code tasks, from the command and from tasks.json. Asks, shows and marks; workflow/ does the rest.
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { dockerfileLanguage, sourceName } from '../../../server/src/protocol/names';
import type { BuildEnd } from '../../../server/src/workflow/build/build-run';
import type { StepTime } from '../../../server/src/workflow/build/build-progress';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { asStated, readSavedChoice } from '../../../server/src/workflow/build/choices';
import type { SavedChoice } from '../../../server/src/workflow/build/choices';
import { knowsSyntaxOf, oldBuilderText } from '../../../server/src/workflow/build/old-builder';
import { oneAtATime } from '../../../server/src/workflow/build/run-build';
import type { BuildCosts, KnownCosts } from '../../../server/src/workflow/image/step-costs';
import type { Outcome } from '../../../server/src/workflow/run';
import { shellText } from '../../../server/src/workflow/shell-text';
import type { FoundTool, Machine } from '../../../server/src/workflow/tool';
import type { LineMarks } from '../line-marks';
import type { ServerSession } from '../server-session';
import { buildSettings } from '../tool-settings';
import { requireMachine, requireTrust } from '../trust';
import { AfterBuild } from './after-build';
import type { FinishedImage } from './after-build';
import { askWhatToBuild } from './build-menu';
import type { MenuAnswer, MenuQuestion } from './build-menu';
import { BuildMemory } from './build-memory';
import { planBuild, planRun } from './build-plan';
import type { BuildPlan } from './build-plan';
import { showingProgress } from './build-progress';
import { BuildTerminal } from './build-terminal';
import type { Prepared } from './build-terminal';
import { EngineFinder, engineText } from './engine-finder';
import type { ReadyEngine } from './engine-finder';
import type { ExplainedBuilds } from './explained-builds';
import { keptOutput } from './kept-output';
import type { KeptOutput } from './kept-output';
import { askForMounts } from './mount-menu';
import { onDisk } from './on-disk';
import { copyCommand, nameOf, saveAsTask } from './save-choice';

const { t } = vscode.l10n;

export class BuildTasks implements vscode.Disposable {
  readonly #memory: BuildMemory;
  readonly #session: ServerSession;
  readonly #marks: LineMarks;
  readonly #log: vscode.LogOutputChannel;
  readonly #after: AfterBuild;
  readonly #engines = new EngineFinder();
  readonly #built = new vscode.EventEmitter<FinishedImage>();
  readonly #costs = new vscode.EventEmitter<vscode.Uri>();
  readonly #provider: vscode.Disposable;

  readonly onEngine = this.#engines.onChange;
  /** A build has left an image in its engine's store. */
  readonly onBuilt = this.#built.event;
  /** What the instructions of a file cost is known anew. */
  readonly onCosts = this.#costs.event;

  constructor(
    memory: vscode.Memento,
    session: ServerSession,
    marks: LineMarks,
    explained: ExplainedBuilds,
    log: vscode.LogOutputChannel,
  ) {
    this.#memory = new BuildMemory(memory);
    this.#session = session;
    this.#marks = marks;
    this.#log = log;
    this.#after = new AfterBuild(this.#memory, session, marks, explained, (image) => this.#built.fire(image));
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

  times(uri: vscode.Uri): readonly StepTime[] {
    return this.#memory.times(uri);
  }

  costs(uri: vscode.Uri): KnownCosts | undefined {
    return this.#memory.costs(uri);
  }

  async rememberCosts(uri: vscode.Uri, costs: BuildCosts): Promise<void> {
    await this.#memory.rememberCosts(uri, costs);
    this.#costs.fire(uri);
  }

  /** Asks what to build, then builds. */
  async build(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine || !(await onDisk(document))) return;
    const { uri } = document;
    let saved = this.#chosen(uri);
    for (;;) {
      const plan = await this.#plan(machine, uri, saved);
      const answer = plan && (await askWhatToBuild({ ...plan, ...menuFacts(plan) }));
      if (!answer) return;
      if (answer.action === 'like') {
        saved = asStated(answer.build, answer.choice);
        continue;
      }
      if (answer.action === 'builder') {
        const { builder: _, ...choice } = answer.choice;
        const picked = await this.#engines.chooseBuilder(machine, plan, dirname(uri.fsPath));
        saved = picked
          ? { ...choice, ...(picked.name === undefined ? {} : { builder: picked.name }) }
          : answer.choice;
        continue;
      }
      if (answer.action !== 'engine') return this.#carryOut(uri, plan, answer);
      // A builder belongs to its engine.
      const { engine: _, builder: __, ...choice } = answer.choice;
      const chosen = await this.#engines.choose(machine, uri, dirname(uri.fsPath));
      saved = chosen
        ? { ...choice, ...(chosen.id === undefined ? {} : { engine: chosen.id }) }
        : answer.choice;
    }
  }

  /** What was chosen last for the file; undefined if nothing was. */
  #chosen(uri: vscode.Uri): SavedChoice | undefined {
    return this.#memory.hasChoice(uri) ? this.#memory.choice(uri) : undefined;
  }

  async #carryOut(
    uri: vscode.Uri,
    plan: BuildPlan,
    { action, choice: given }: Pick<MenuAnswer, 'action' | 'choice'>,
  ): Promise<void> {
    const choice = await askForMounts(plan.description, given, buildSettings(uri).moreArguments);
    if (!choice) return;
    await this.#memory.rememberChoice(uri, choice);
    if (action === 'build') await this.#start(uri);
    else if (action === 'save') await saveAsTask(uri, choice);
    else await copyCommand(uri, plan, choice);
  }

  /** Builds with the last choice, without asking; asks if there is none. */
  async buildAgain(document: vscode.TextDocument): Promise<void> {
    if (!this.#memory.hasChoice(document.uri)) return this.build(document);
    if (requireTrust() && (await onDisk(document))) await this.#start(document.uri);
  }

  /**
   * What a build of the file would be, for commands that build by themselves.
   * @param change of what was chosen last
   * @returns undefined after telling what is missing, or if the user closed a question
   */
  async planFor(
    machine: Machine,
    document: vscode.TextDocument,
    change: SavedChoice,
  ): Promise<BuildPlan | undefined> {
    if (!(await onDisk(document))) return undefined;
    const { uri } = document;
    const plan = await this.#plan(machine, uri, { ...this.#memory.choice(uri), ...change });
    if (!plan || !(await knowsSyntax(plan))) return undefined;
    const choice = await askForMounts(plan.description, plan.choice, buildSettings(uri).moreArguments);
    return choice && { ...plan, choice };
  }

  /** The engine that the settings choose. @returns undefined after telling what is missing */
  engineFor(machine: Machine, folder: vscode.Uri): Promise<ReadyEngine | undefined> {
    return this.#engines.find(machine, folder, folder.fsPath);
  }

  /** Builds as last time, but asks for newer base images and runs every step again. */
  async buildFresh(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    if (!requireTrust() || !(await onDisk(document))) return;
    const again = { ...this.#memory.choice(uri), pull: true, noCache: true };
    const definition = { ...again, type: sourceName, dockerfile: nameOf(uri) };
    await vscode.tasks.executeTask(this.#taskFor(uri, definition));
  }

  dispose(): void {
    vscode.Disposable.from(this.#provider, this.#engines, this.#built, this.#costs).dispose();
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
        let machine: Machine | undefined;
        const output = keptOutput();
        const prepare = async (): Promise<Prepared> => {
          machine = requireMachine();
          if (!machine) return undefined;
          await saveFile(uri);
          plan = await this.#plan(machine, uri, own ? readSavedChoice(definition) : this.#chosen(uri));
          return plan && this.#prepare(machine, uri, plan, output);
        };
        const onEnd = async (outcome: Outcome<BuildEnd>): Promise<readonly string[]> => {
          if (!plan || !machine) return [];
          const { runner } = machine;
          const build = { uri, plan, outcome, taskName: name, runner, log: output.text() };
          const after = await this.#after.tell(build);
          if (after.suspectsEngine) this.#engines.forget();
          return after.lines;
        };
        return Promise.resolve(new BuildTerminal(prepare, onEnd));
      }),
    );
    task.group = vscode.TaskGroup.Build;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
    return task;
  }

  /**
   * @param saved undefined if nothing was chosen yet: then the nearest file that says something decides
   * @returns undefined after telling what is missing
   */
  async #plan(
    machine: Machine,
    uri: vscode.Uri,
    saved: SavedChoice | undefined,
  ): Promise<BuildPlan | undefined> {
    const engine = await this.#engines.find(machine, uri, dirname(uri.fsPath), saved?.engine);
    if (!engine) return undefined;
    const description = await this.#session.describe(uri);
    const [stated] = description?.builds ?? [];
    const choice = saved ?? (stated ? asStated(stated) : {});
    return planBuild(uri, choice, engine, description);
  }

  /** @returns undefined if the user does not want the build after all */
  async #prepare(machine: Machine, uri: vscode.Uri, plan: BuildPlan, output: KeptOutput): Promise<Prepared> {
    if (!hasBuilder(plan) || !(await knowsSyntax(plan))) return undefined;
    this.#marks.clear(uri, 'build');
    const run = planRun(uri, plan, plan.choice);
    this.#log.info(shellText(run));
    const runner = oneAtATime(machine, plan.choice.dockerfile, t);
    const followed = showingProgress(output.keeping(runner), t('Building {0}', plan.choice.tag), (times) =>
      this.#memory.rememberTimes(uri, times),
    );
    return { run, folder: plan.choice.context, runner: followed };
  }
}

/** Whether the engine has the builder that was chosen; tells it if not. */
function hasBuilder({ engine, found, choice }: BuildPlan): boolean {
  if (choice.builder === undefined || (engine.can.builders?.(found) ?? false)) return true;
  void vscode.window.showErrorMessage(
    t('{0} has no builder {1}: that takes Docker with buildx.', engine.title, choice.builder),
  );
  return false;
}

/** Whether the engine knows what the file uses, or the user wants to try it anyway. */
async function knowsSyntax({ engine, found, description }: BuildPlan): Promise<boolean> {
  if (knowsSyntaxOf(description, engine, found)) return true;
  const get = t('Get buildx');
  const anyway = t('Build Anyway');
  const message = oldBuilderText(description, engine, t);
  const chosen = await vscode.window.showWarningMessage(message, get, anyway);
  if (chosen === get && engine.getBuildKit !== undefined)
    await vscode.env.openExternal(vscode.Uri.parse(engine.getBuildKit));
  return chosen === anyway;
}

function menuFacts(
  plan: BuildPlan,
): Pick<MenuQuestion, 'severalPlatforms' | 'builders' | 'push' | 'engineName'> {
  const { engine, found } = plan;
  return {
    severalPlatforms: engine.can.severalPlatforms?.(found) ?? false,
    builders: engine.can.builders?.(found) ?? false,
    push: engine.can.push?.(found) ?? false,
    engineName: engineText(plan),
  };
}

function openFiles(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ languageId, uri }) => languageId === dockerfileLanguage && uri.scheme === 'file',
  );
}

async function saveFile(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty) await document.save();
}
