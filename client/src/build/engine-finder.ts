// Chooses the builder by the user's settings, remembers it, and tells once how to get one.
import * as vscode from 'vscode';
import type { BuildSettings, Engine } from '../../../server/src/protocol';
import { SOURCE } from '../../../server/src/protocol';
import { detectBuilders, ENGINES, probeIn, type Builder } from '../../../server/src/workflow/find-tools';

const { t } = vscode.l10n;

const HOW_TO_GET: Readonly<Record<Engine, string>> = {
  docker: 'https://docs.docker.com/get-started/get-docker/',
  podman: 'https://podman.io/docs/installation',
  buildah: 'https://github.com/containers/buildah/blob/main/install.md',
};

export class EngineFinder implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #known: { readonly settings: string; readonly builder: Builder } | undefined;

  readonly onChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SOURCE}.build`)) this.forget();
    });
  }

  get last(): Builder | undefined {
    return this.#known?.builder;
  }

  /** After a failure that may be the engine's: look again next time. */
  forget(): void {
    this.#known = undefined;
    this.#changed.fire();
  }

  /**
   * @param folder where the programs are asked
   * @returns undefined after telling what is missing
   */
  async find(scope: vscode.Uri, folder: string): Promise<Builder | undefined> {
    const { engine, paths } = buildSettings(scope);
    const settings = JSON.stringify([engine, paths]);
    if (this.#known?.settings === settings) return this.#known.builder;
    const surroundings = { env: process.env, platform: process.platform };
    const [builder] = await detectBuilders({ engine, paths }, surroundings, probeIn(folder));
    if (builder?.ready) {
      this.#known = { settings, builder };
      this.#changed.fire();
      return builder;
    }
    if (builder) await this.#tellNotReady(builder);
    else await this.#tellMissing(engine);
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#subscription).dispose();
  }

  async #tellNotReady({ engine, program, problem }: Builder): Promise<void> {
    const choose = t('Choose Another Engine');
    const message = t('{0} is installed ({1}) but cannot build now: {2}', engine, program, problem ?? '');
    if ((await vscode.window.showErrorMessage(message, choose)) === choose) openSettings('build.engine');
  }

  async #tellMissing(engine: 'auto' | Engine): Promise<void> {
    const wanted = engine === 'auto' ? ENGINES : [engine];
    const get = wanted.map((one) => t('Get {0}', one));
    const path = t('Set Its Path');
    const message =
      engine === 'auto'
        ? t('To build an image, install docker, podman or buildah: none of them is on the PATH.')
        : t('To build an image with {0}, install it: it is not on the PATH.', engine);
    const chosen = await vscode.window.showErrorMessage(message, ...get, path);
    const at = chosen === undefined ? -1 : get.indexOf(chosen);
    const link = HOW_TO_GET[wanted[at] ?? 'docker'];
    if (at >= 0) await vscode.env.openExternal(vscode.Uri.parse(link));
    else if (chosen === path) openSettings('build.paths');
  }
}

export interface CheckedBuildSettings {
  readonly engine: 'auto' | Engine;
  readonly arguments: readonly string[];
  readonly paths: Readonly<Partial<Record<Engine, string>>>;
}

/** The settings, with the values of a wrong type left out. */
export function buildSettings(scope: vscode.Uri): CheckedBuildSettings {
  const settings: BuildSettings = vscode.workspace.getConfiguration(SOURCE, scope).get('build') ?? {};
  const engine = ENGINES.find((one) => one === settings.engine) ?? 'auto';
  const given: unknown = settings.arguments;
  return {
    engine,
    arguments: Array.isArray(given) ? given.filter((one) => typeof one === 'string' && one !== '') : [],
    paths: strings(settings.paths),
  };
}

export function strings(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function openSettings(key: string): void {
  void vscode.commands.executeCommand('workbench.action.openSettings', `${SOURCE}.${key}`);
}
