// Chooses the engine by the settings, remembers it, and says how to get one.
import * as vscode from 'vscode';
import { sourceName } from '../../../server/src/protocol/names';
import {
  driverText,
  listBuilders,
  platformsOf,
  stateText,
} from '../../../server/src/workflow/build/builders';
import type { BuilderName } from '../../../server/src/workflow/checked-arguments';
import { findEngines } from '../../../server/src/workflow/find-tools';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Runner, Trouble } from '../../../server/src/workflow/run';
import type { Engine, FoundTool, Machine } from '../../../server/src/workflow/tool';
import { chosen, engineNamed, engines } from '../../../server/src/workflow/tool-list';
import { oneOf, tellMissing } from '../tell-missing';
import { buildSettings, openSettings } from '../tool-settings';

const { t } = vscode.l10n;

/** An engine, and how it was found on this machine. */
export interface ReadyEngine {
  readonly engine: Engine;
  readonly found: FoundTool;
}

export class EngineFinder implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #known: ({ readonly settings: string } & ReadyEngine) | undefined;

  readonly onChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${sourceName}.build`)) this.forget();
    });
  }

  get last(): FoundTool | undefined {
    return this.#known?.found;
  }

  /** After a failure that may be the engine's: look again next time. */
  forget(): void {
    this.#known = undefined;
    this.#changed.fire();
  }

  /**
   * @param folder where the programs are asked
   * @param id of an engine that was chosen; without it the settings decide
   * @returns undefined after telling what is missing
   */
  async find(
    machine: Machine,
    scope: vscode.Uri,
    folder: string,
    id?: string,
  ): Promise<ReadyEngine | undefined> {
    const { wanted: preferred, paths } = buildSettings(scope);
    const wanted = id === undefined ? preferred : chosen(engines, id);
    const settings = JSON.stringify([wanted.map(({ id }) => id), paths]);
    if (this.#known?.settings === settings) return this.#known;
    const [found] = await findEngines(wanted, paths, machine, folder);
    const engine = found && engineNamed(found.id);
    if (!engine) {
      await this.#tellMissing(wanted);
      return undefined;
    }
    if (found.trouble) {
      await this.#tellNotReady(engine, found, found.trouble);
      return undefined;
    }
    this.#known = { settings, engine, found };
    this.#changed.fire();
    return this.#known;
  }

  /** Asks which of the engines of this machine is to build. @returns undefined if the user closed the list */
  async choose(
    machine: Machine,
    scope: vscode.Uri,
    folder: string,
  ): Promise<{ readonly id: string | undefined } | undefined> {
    const found = await findEngines(engines, buildSettings(scope).paths, machine, folder);
    const rows = found.map((one) => ({
      label: engineNamed(one.id)?.title ?? one.id,
      description: versionText(one),
      detail: one.trouble ? t('cannot be used now: {0}', troubleText(one.trouble, t)) : one.program,
      id: one.id,
    }));
    const usual = { label: t('As the settings say'), description: '', detail: '', id: undefined };
    const options = { title: t('Build with which engine?'), matchOnDescription: true };
    return vscode.window.showQuickPick([...rows, usual], options);
  }

  /** Asks which of buildx's builders is to build. @returns undefined if the user closed the list, or there is none */
  async chooseBuilder(
    { runner }: Machine,
    { found }: ReadyEngine,
    folder: string,
  ): Promise<{ readonly name: BuilderName | undefined } | undefined> {
    const title = t('Build with which builder?');
    const rows = askBuilders(runner, found, folder);
    const picked = await vscode.window.showQuickPick(rows, {
      title,
      placeHolder: t('The one in use comes first'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return picked && { name: picked.name };
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#subscription).dispose();
  }

  async #tellNotReady({ title }: Engine, { program }: FoundTool, trouble: Trouble): Promise<void> {
    const choose = t('Choose Another Engine');
    const why = troubleText(trouble, t);
    const message = t('{0} is installed ({1}) but cannot build now: {2}', title, program, why);
    if ((await vscode.window.showErrorMessage(message, choose)) === choose) openSettings('build.engine');
  }

  async #tellMissing(wanted: readonly Engine[]): Promise<void> {
    const names = oneOf(wanted);
    const message =
      wanted.length > 1
        ? t('No build engine found. Install {0}, or set its path.', names)
        : t('{0} was not found on the PATH. Install it, or set its path.', names);
    await tellMissing(wanted, message, 'build.paths');
  }
}

type BuilderRow = vscode.QuickPickItem & { readonly name: BuilderName | undefined };

async function askBuilders(runner: Runner, found: FoundTool, folder: string): Promise<BuilderRow[]> {
  const asked = await listBuilders(found, runner, { folder });
  const builders = asked.kind === 'done' ? asked.value : [];
  const inUse = builders.find(({ isCurrent }) => isCurrent);
  const usual: BuilderRow = {
    label: t('The builder in use'),
    description: inUse?.name ?? '',
    detail: asked.kind === 'done' ? '' : t('buildx did not list the others: {0}', troubleText(asked, t)),
    name: undefined,
  };
  return [
    usual,
    ...builders.map((one) => ({
      label: one.name,
      description: `${driverText(one, t)}, ${stateText(one, t)}`,
      detail: platformsOf(one).join(', '),
      name: one.name,
    })),
  ];
}

/** `28.2.2, buildx` */
function versionText({ id, version, way }: FoundTool): string {
  const kinds: Readonly<Record<string, string>> = {
    buildx: t('with buildx'),
    buildkit: t('with its own BuildKit'),
    legacy: t('with its old builder'),
    podman: id === 'podman' ? '' : t('which is podman here'),
  };
  return [version, kinds[way] ?? ''].filter((part) => part !== '').join(', ');
}

/** `Docker 28.2.2, with buildx` */
export function engineText({ engine, found }: ReadyEngine): string {
  return `${engine.title} ${versionText(found)}`.trim();
}
