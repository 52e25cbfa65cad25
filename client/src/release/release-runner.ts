// The commands for the image that was built last from a file: push it, list what it holds. workflow/release does the work.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { partsOf, plainText } from '../../../server/src/workflow/checked-arguments';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Outlet } from '../../../server/src/workflow/release/compare-targets';
import type { Target } from '../../../server/src/workflow/release/tags';
import { findCataloguer, listContents, listing } from '../../../server/src/workflow/release/list-contents';
import { pushImage } from '../../../server/src/workflow/release/push-image';
import type { PushReport } from '../../../server/src/workflow/release/push-image';
import { pushLines, tagLines } from '../../../server/src/workflow/release/push-text';
import { tagImage } from '../../../server/src/workflow/release/tag-image';
import type { TagReport } from '../../../server/src/workflow/release/tag-image';
import type { Sbom } from '../../../server/src/workflow/release/sbom';
import type { CancelSignal, Outcome } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { engineNamed } from '../../../server/src/workflow/tool-list';
import type { Translate } from '../../../server/src/workflow/translate';
import type { BuildTasks } from '../build/tasks';
import { reporting, tellFailure } from '../reporting';
import { tellMissing, oneOf } from '../tell-missing';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { outletFor } from './outlet';
import { projectFacts } from './project-facts';
import { askForTargets } from './push-menu';

const { t } = vscode.l10n;

/** Under this key the workspace remembers the repository of the last push. */
const repositoryKey = 'release.repository';

/** An image, and the names that the user chose for it. */
interface Chosen {
  readonly machine: Machine;
  readonly built: BuiltImage;
  readonly targets: readonly Target[];
  readonly outlet: Outlet;
}

/** What pushing and tagging do each in their own way. */
interface Naming<R> {
  readonly title: string;
  run(signal: CancelSignal, force: boolean): Promise<Outcome<R>>;
  failure(trouble: string): string;
  readonly lines: (report: R, words: Parameters<typeof pushLines>[1], t: Translate) => readonly string[];
}

function namesOf(targets: readonly Target[]): string {
  return targets.map(({ name }) => name).join(', ');
}

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
    const chosen = await this.#choose('push', document);
    if (!chosen) return;
    const { built, targets, outlet } = chosen;
    await this.#carryOut(chosen, {
      title: t('Pushing {0} with {1}', namesOf(targets), outlet.engine.title),
      run: (signal, force) => pushImage({ image: built.id, targets, force }, { ...outlet, signal }),
      failure: (trouble) => t('{0} was not pushed: {1}', built.tag, trouble),
      lines: pushLines,
    });
  }

  /** Names the image that was built last from the file by its version and its commit. */
  async tag(document: vscode.TextDocument): Promise<void> {
    const chosen = await this.#choose('tag', document);
    if (!chosen) return;
    const { built, targets, outlet } = chosen;
    await this.#carryOut(chosen, {
      title: t('Tagging {0}', namesOf(targets)),
      run: (signal, force) => tagImage(built.id, targets, force, { ...outlet, signal }),
      failure: (trouble) => t('{0} was not tagged: {1}', built.tag, trouble),
      lines: tagLines,
    });
  }

  /** @returns undefined if there is no image, or if the user closed a question */
  async #choose(purpose: 'push' | 'tag', document: vscode.TextDocument): Promise<Chosen | undefined> {
    const machine = requireMachine();
    const built = machine && (await this.#lastImage(document));
    if (!machine || !built) return undefined;
    const last = this.#memory.get<string>(repositoryKey);
    const targets = await askForTargets(purpose, built.tag, await projectFacts(machine, document.uri), last);
    const [first] = targets ?? [];
    const outlet = targets && (await this.#outlet(machine, document.uri, built));
    if (!targets || !first || !outlet) return undefined;
    await this.#memory.update(repositoryKey, partsOf(first.name).repository);
    return { machine, built, targets, outlet };
  }

  /** Gives the names and says what came of it. @param force whether a name may be taken from another image */
  async #carryOut<R extends PushReport | TagReport>(
    chosen: Chosen,
    naming: Naming<R>,
    force = false,
  ): Promise<void> {
    const { machine, outlet } = chosen;
    const outcome = await reporting(machine, this.#log).run(naming.title, (_, signal) =>
      naming.run(signal, force),
    );
    if (outcome.kind === 'cancelled') return;
    if (outcome.kind !== 'done') {
      void tellFailure(this.#log, naming.failure(troubleText(outcome, t)));
      return;
    }
    const words = { program: outlet.found.id, asker: outlet.registry?.tool.id ?? outlet.found.id };
    const lines = naming.lines(outcome.value, words, t);
    this.#log.info(lines.join('\n'));
    await this.#tellNamed(outcome.value, lines, () => this.#carryOut(chosen, naming, true));
  }

  async #tellNamed(
    { targets }: PushReport | TagReport,
    lines: readonly string[],
    overwrite: () => Promise<void>,
  ): Promise<void> {
    const text = lines.join('. ');
    if (targets.some(({ state }) => state.kind === 'failed')) return void tellFailure(this.#log, text);
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
    const outcome = await reporting(machine, this.#log).run(title, (runner, signal) =>
      withScratchFolder(async (scratch): Promise<Outcome<Sbom>> => {
        const order = { format: 'spdx', name } as const;
        return (
          (await listContents(contents, order, ready, scratch, runner, { folder: scratch, signal })) ?? {
            kind: 'cancelled',
          }
        );
      }),
    );
    if (outcome.kind === 'cancelled') return;
    if (outcome.kind !== 'done') {
      void tellFailure(
        this.#log,
        t('{0} could not list {1}: {2}', ready.tool.title, built.tag, troubleText(outcome, t)),
      );
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
    const { runner } = reporting(machine, this.#log);
    const outlet = await outletFor(machine, uri, built, runner);
    if (!outlet) void tellFailure(this.#log, t('{0} cannot push images.', built.engine));
    return outlet;
  }
}
