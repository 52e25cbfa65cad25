// Shows what the image that was built from a file holds: written out of its engine's store, read, and told as a page.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import { readImages } from '../../../server/src/io/images/read-images';
import type { BuildDescription } from '../../../server/src/protocol';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { fileIn } from '../../../server/src/workflow/checked-arguments';
import { imageTroubleText } from '../../../server/src/workflow/image/image';
import { reportOn } from '../../../server/src/workflow/image/report';
import { reportSheet } from '../../../server/src/workflow/image/report-sheet';
import { sheetMarkdown } from '../../../server/src/workflow/image/sheet';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { CancelSignal } from '../../../server/src/workflow/run';
import type { Engine, Machine } from '../../../server/src/workflow/tool';
import { engineNamed } from '../../../server/src/workflow/tool-list';
import { nameOf } from '../build/save-choice';
import { requireMachine } from '../trust';

const { t } = vscode.l10n;

const scheme = 'drydock-image';

/** How many files each list has, and how long an instruction is shown. */
const shown = { top: 20, width: 80 };

/** What the command needs of the builds and of the server. */
export interface InspectParts {
  lastImage(uri: vscode.Uri): BuiltImage | undefined;
  build(document: vscode.TextDocument): Promise<void>;
  describe(uri: vscode.Uri): Promise<BuildDescription | null>;
}

type Page = { readonly markdown: string } | { readonly problem: string } | undefined;

export class ImageInspector implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #parts: InspectParts;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #pages = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(parts: InspectParts) {
    this.#parts = parts;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#pages.get(uri.toString()) ?? '';
  }

  async inspect(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine) return;
    const { uri } = document;
    const built = this.#parts.lastImage(uri);
    const engine = built && engineNamed(built.engine);
    if (!engine) return this.#offerBuild(document);
    const title = t('Inspecting {0}', built.tag);
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    const page = await vscode.window.withProgress(options, (_, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      return this.#page(machine, uri, engine, built, cancel.signal);
    });
    if (!page) return;
    if ('problem' in page) void vscode.window.showErrorMessage(page.problem);
    else await this.#show(uri, page.markdown);
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#registration).dispose();
  }

  /** @returns undefined if the user cancelled it */
  #page(
    { runner }: Machine,
    uri: vscode.Uri,
    engine: Engine,
    { id, tag, target, program }: BuiltImage,
    signal: CancelSignal,
  ): Promise<Page> {
    return withScratchFolder(async (scratch): Promise<Page> => {
      const file = fileIn(scratch, 'image.tar');
      const save = engine.commands.save({ id: engine.id, program }, id, file);
      const saved = await runner.run(save, { folder: scratch, signal });
      if (saved.kind === 'cancelled') return undefined;
      if (saved.kind !== 'done')
        return { problem: t('{0} could not write out {1}: {2}', engine.title, tag, troubleText(saved, t)) };
      // What gzip makes of the layers takes too long to wait for.
      const read = await readImages(file, { measure: false, signal });
      if ('trouble' in read) {
        if (read.trouble.kind === 'cancelled') return undefined;
        return { problem: t('Drydock cannot read {0}: {1}', tag, imageTroubleText(read.trouble, t)) };
      }
      const description = (await this.#parts.describe(uri)) ?? undefined;
      const sheet = { name: tag, file: nameOf(uri), surface: true, width: shown.width };
      const pages = read.images.map((image) =>
        sheetMarkdown(reportSheet(reportOn(image, { top: shown.top, description, target }), sheet, t)),
      );
      return { markdown: pages.join('\n') };
    });
  }

  /** One page for each file, which a later build renews. */
  async #show(uri: vscode.Uri, markdown: string): Promise<void> {
    const page = uri.with({ scheme, path: `${uri.path}.md`, query: '', fragment: '' });
    this.#pages.set(page.toString(), markdown);
    this.#changed.fire(page);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }

  async #offerBuild(document: vscode.TextDocument): Promise<void> {
    const build = t('Build Image…');
    const message = t('No image has been built from this file yet.');
    if ((await vscode.window.showInformationMessage(message, build)) === build)
      await this.#parts.build(document);
  }
}
