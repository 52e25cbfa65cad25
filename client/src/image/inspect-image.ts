// What the image that was built from a file holds. Inspect shows it as a page; a build that ended well has it read in the
// background. Both fill the sizes beside the lines, the view "Image", and the mark on a line that grew.
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import type { StepTime } from '../../../server/src/workflow/build/build-progress';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import type { ReadImage } from '../../../server/src/workflow/image/image';
import { imageTree } from '../../../server/src/workflow/image/image-tree';
import { reportOn } from '../../../server/src/workflow/image/report';
import type { ImageReport } from '../../../server/src/workflow/image/report';
import { reportSheet } from '../../../server/src/workflow/image/report-sheet';
import { sheetMarkdown } from '../../../server/src/workflow/image/sheet';
import { costsOf, secondsText } from '../../../server/src/workflow/image/step-costs';
import type { BuildCosts } from '../../../server/src/workflow/image/step-costs';
import { nameOf } from '../build/save-choice';
import type { LineMarks } from '../line-marks';
import { requireMachine, requireTrust } from '../trust';
import type { ImageView } from './image-view';
import type { Pages } from './pages';
import { readBuilt } from './read-built';
import { findBaseline, growthMarks } from './size-baseline';
import { wantsHints } from './size-hints';

const { t } = vscode.l10n;

/** How many files each list has, how many a layer names, and how long an instruction is shown. */
const shown = { top: 20, perStep: 10, width: 80 };

/** In bytes. A larger image is read when somebody asks for it, not after each build. */
const largestUnasked = 2_000_000_000;

/** What the command needs of the builds and of the server. */
export interface InspectParts {
  lastImage(uri: vscode.Uri): BuiltImage | undefined;
  build(document: vscode.TextDocument): Promise<void>;
  times(uri: vscode.Uri): readonly StepTime[];
  rememberCosts(uri: vscode.Uri, costs: BuildCosts): Promise<void>;
  describe(uri: vscode.Uri): Promise<BuildDescription | null>;
  readonly view: Pick<ImageView, 'set'>;
  readonly marks: Pick<LineMarks, 'set' | 'clear'>;
  readonly pages: Pages;
  readonly log: Pick<vscode.LogOutputChannel, 'info'>;
}

export class ImageInspector implements vscode.Disposable {
  readonly #parts: InspectParts;
  /** The reading that runs after a build, by file. */
  readonly #reading = new Map<string, AbortController>();

  constructor(parts: InspectParts) {
    this.#parts = parts;
  }

  /** Shows the image that was built last from the file. */
  async inspect(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine) return;
    const { uri } = document;
    const built = this.#parts.lastImage(uri);
    if (!built) return this.#offerBuild(document);
    const title = t('Inspecting {0}', built.tag);
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    const read = await vscode.window.withProgress(options, (_, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      return readBuilt(machine, built, { measure: false, signal: cancel.signal });
    });
    if (!read) return;
    if ('problem' in read) {
      void vscode.window.showErrorMessage(read.problem);
      return;
    }
    const description = (await this.#parts.describe(uri)) ?? undefined;
    const sheet = { name: built.tag, file: nameOf(uri), surface: true, width: shown.width };
    const pages = read.images.map((image) =>
      sheetMarkdown(
        reportSheet(reportOn(image, { top: shown.top, description, target: built.target }), sheet, t),
      ),
    );
    await this.#take(uri, built, read.images);
    await this.#parts.pages.show(uri, pages.join('\n'));
  }

  /** Reads the image of a build that has just ended well, without a word if that fails: nobody asked. */
  async afterBuild(uri: vscode.Uri, bytes: number | undefined): Promise<void> {
    const built = this.#parts.lastImage(uri);
    if (!built || !vscode.workspace.isTrusted || !wantsHints(uri) || (bytes ?? 0) > largestUnasked) return;
    const machine = requireMachine();
    if (!machine) return;
    const key = uri.toString();
    this.#reading.get(key)?.abort();
    const cancel = new AbortController();
    this.#reading.set(key, cancel);
    const { signal } = cancel;
    const baseline = await findBaseline(uri, built.tag);
    const options = { location: vscode.ProgressLocation.Window, title: t('Reading {0}', built.tag) };
    const read = await vscode.window.withProgress(options, () =>
      // A baseline has compressed sizes, and only a project with one waits for them.
      readBuilt(machine, built, { measure: baseline !== undefined, signal }),
    );
    if (signal.aborted || !read) return;
    this.#reading.delete(key);
    if ('problem' in read) this.#parts.log.info(read.problem);
    else await this.#take(uri, built, read.images);
  }

  dispose(): void {
    for (const cancel of this.#reading.values()) cancel.abort();
  }

  /** What a list of platforms says is said of the first. */
  async #take(uri: vscode.Uri, built: BuiltImage, [image]: readonly ReadImage[]): Promise<void> {
    const description = await this.#parts.describe(uri);
    if (!image || !description) return;
    const { target } = built;
    const report = reportOn(image, { top: shown.top, perStep: shown.perStep, description, target });
    const costs = costsOf(built.id, report, this.#parts.times(uri), description, target);
    await this.#parts.rememberCosts(uri, costs);
    await this.#showTree(uri, built, report, costs, description);
    const baseline = await findBaseline(uri, built.tag);
    const marks = baseline ? growthMarks(image, baseline, description, target) : [];
    if (marks.length > 0) this.#parts.marks.set(uri, 'size', marks, description);
    else this.#parts.marks.clear(uri, 'size');
  }

  async #showTree(
    uri: vscode.Uri,
    { tag }: BuiltImage,
    report: ImageReport,
    { steps }: BuildCosts,
    description: BuildDescription,
  ): Promise<void> {
    const seconds = new Map(steps.map(({ line, seconds }) => [line + 1, seconds]));
    const timeOf = (line: number): string => {
      const known = seconds.get(line);
      return known === undefined ? '' : secondsText(known, t);
    };
    const document = await vscode.workspace.openTextDocument(uri);
    const nodes = imageTree(tag, report, timeOf, t);
    this.#parts.view.set({ uri, nodes, description, text: document.getText() });
  }

  /** The image that was built last from the file; without one, a build is offered. Nothing without trust. */
  async lastOrBuild(document: vscode.TextDocument): Promise<BuiltImage | undefined> {
    if (!requireTrust()) return undefined;
    const built = this.#parts.lastImage(document.uri);
    if (!built) await this.#offerBuild(document);
    return built;
  }

  async #offerBuild(document: vscode.TextDocument): Promise<void> {
    const build = t('Build Image…');
    const message = t('No image has been built from this file yet.');
    if ((await vscode.window.showInformationMessage(message, build)) === build)
      await this.#parts.build(document);
  }
}
