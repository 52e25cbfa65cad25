// The commands for the image that was built last from a file: push it, list what it holds. workflow/release does the work.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { partsOf, plainText } from '../../../server/src/workflow/checked-arguments';
import { locateProgram } from '../../../server/src/workflow/find-tools';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Outlet, Target } from '../../../server/src/workflow/release/compare-targets';
import { findCataloguer, listContents, listing } from '../../../server/src/workflow/release/list-contents';
import { pushImage } from '../../../server/src/workflow/release/push-image';
import type { PushReport } from '../../../server/src/workflow/release/push-image';
import { pushLines } from '../../../server/src/workflow/release/push-text';
import type { Outcome } from '../../../server/src/workflow/run';
import { watched } from '../../../server/src/workflow/runners';
import type { Machine } from '../../../server/src/workflow/tool';
import { engineNamed, registryTools } from '../../../server/src/workflow/tool-list';
import type { BuildTasks } from '../build/tasks';
import { tellMissing, oneOf } from '../tell-missing';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { projectFacts } from './project-facts';
import { askForTargets } from './push-menu';

const { t } = vscode.l10n;

/** Under this key the workspace remembers the repository of the last push. */
const repositoryKey = 'release.repository';

export class ReleaseRunner {
  readonly #builds: BuildTasks;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;

  constructor(builds: BuildTasks, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#builds = builds;
    this.#memory = memory;
    this.#log = log;
  }

  /** Sends the image that was built last from the file to a registry. */
  async push(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    const built = machine && (await this.#lastImage(document));
    if (!machine || !built) return;
    const last = this.#memory.get<string>(repositoryKey);
    const targets = await askForTargets(built.tag, await projectFacts(machine, document.uri), last);
    const [first] = targets ?? [];
    const outlet = targets && (await this.#outlet(machine, document.uri, built));
    if (!targets || !first || !outlet) return;
    await this.#memory.update(repositoryKey, partsOf(first.name).repository);
    await this.#send(built, targets, outlet, false);
  }

  async #send(built: BuiltImage, targets: readonly Target[], outlet: Outlet, force: boolean): Promise<void> {
    const title = t('Pushing {0} with {1}', targets.map(({ name }) => name).join(', '), outlet.engine.title);
    const outcome = await this.#withProgress(title, (signal) =>
      pushImage({ image: built.id, targets, force }, { ...outlet, signal }),
    );
    if (outcome.kind === 'cancelled') return;
    if (outcome.kind !== 'done') {
      void this.#fail(t('{0} was not pushed: {1}', built.tag, troubleText(outcome, t)));
      return;
    }
    const words = { program: outlet.found.id, asker: outlet.registry?.tool.id ?? outlet.found.id };
    const lines = pushLines(outcome.value, words, t);
    this.#log.info(lines.join('\n'));
    await this.#tellPushed(outcome.value, lines, () => this.#send(built, targets, outlet, true));
  }

  async #tellPushed(
    { targets }: PushReport,
    lines: readonly string[],
    overwrite: () => Promise<void>,
  ): Promise<void> {
    const text = lines.join('. ');
    if (targets.some(({ state }) => state.kind === 'failed')) return void this.#fail(text);
    if (targets.every(({ state }) => state.kind !== 'refused')) {
      void vscode.window.showInformationMessage(text);
      return;
    }
    const anyway = t('Overwrite');
    // A question that stops everything: others may rely on what the name stands for.
    const chosen = await vscode.window.showWarningMessage(text, { modal: true }, anyway);
    if (chosen === anyway) await overwrite();
  }

  /** Shows what the image that was built last from the file holds, as a new document. */
  async list(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    const built = machine && (await this.#lastImage(document));
    const engine = built && engineNamed(built.engine);
    const name = built && plainText(built.tag);
    if (!machine || !engine || name === undefined) return;
    const ready = await findCataloguer(undefined, toolPaths(document.uri), machine);
    if (!ready) {
      const tools = listing.map(([tool]) => tool);
      const missing = t('No tool that lists contents was found. Install {0}, or set its path.', oneOf(tools));
      void tellMissing(tools, missing, 'tools.paths');
      return;
    }
    const title = t('Listing what {0} holds with {1}', built.tag, ready.tool.title);
    const contents = {
      kind: 'stored',
      image: built.id,
      engine,
      program: { id: built.engine, program: built.program },
    } as const;
    const outcome = await this.#withProgress(title, (signal) =>
      withScratchFolder(async (scratch) => {
        const order = { format: 'spdx', name } as const;
        const runner = this.#watched(machine);
        return (
          (await listContents(contents, order, ready, scratch, runner, { folder: scratch, signal })) ?? {
            kind: 'cancelled',
          }
        );
      }),
    );
    if (outcome.kind === 'cancelled') return;
    if (outcome.kind !== 'done') {
      void this.#fail(t('{0} could not list {1}: {2}', ready.tool.title, built.tag, troubleText(outcome, t)));
      return;
    }
    const content = JSON.stringify(JSON.parse(outcome.value.text), undefined, 2);
    const opened = await vscode.workspace.openTextDocument({ language: 'json', content });
    await vscode.window.showTextDocument(opened);
  }

  async #lastImage(document: vscode.TextDocument): Promise<BuiltImage | undefined> {
    const built = this.#builds.lastImage(document.uri);
    if (built) return built;
    const build = t('Build Image…');
    const message = t('No image has been built from this file yet.');
    if ((await vscode.window.showInformationMessage(message, build)) === build)
      await this.#builds.build(document);
    return undefined;
  }

  async #outlet(machine: Machine, uri: vscode.Uri, built: BuiltImage): Promise<Outlet | undefined> {
    const engine = engineNamed(built.engine);
    const store = engine?.commands.store;
    if (!engine || !store) {
      void this.#fail(t('{0} cannot push images.', built.engine));
      return undefined;
    }
    return {
      engine,
      store,
      found: { id: built.engine, program: built.program, version: '', way: '' },
      registry: await registryToolOn(machine, uri),
      runner: this.#watched(machine),
      folder: dirname(uri.fsPath),
      insecure: false,
      digestOf: (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`,
    };
  }

  #watched({ runner }: Machine): Machine['runner'] {
    return watched(runner, {
      onStart: (command) => this.#log.info(command),
      onPrinted: ({ text }) => {
        if (text.trim() !== '') this.#log.info(text.trim());
      },
    });
  }

  #withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<Outcome<T>>): Thenable<Outcome<T>> {
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    return vscode.window.withProgress(options, (_, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      return work(cancel.signal);
    });
  }

  async #fail(message: string): Promise<void> {
    const show = t('Show Log');
    if ((await vscode.window.showErrorMessage(message, show)) === show) this.#log.show();
  }
}

async function registryToolOn(machine: Machine, uri: vscode.Uri): Promise<Outlet['registry']> {
  for (const tool of registryTools) {
    const found = await locateProgram(tool, toolPaths(uri), machine);
    if (found) return { tool, found };
  }
  return undefined;
}
