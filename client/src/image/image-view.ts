// The view "Image", in a place of its own that is there once an image was read: what the image that was read last holds, by instruction. A click goes to the line.
import * as vscode from 'vscode';
import { clientCommand, dockerfileLanguage } from '../../../server/src/protocol/names';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import { follow, toFollow } from '../../../server/src/workflow/followed-lines';
import type { ImageNode } from '../../../server/src/workflow/image/image-tree';

const { t } = vscode.l10n;

export interface ShownImage {
  readonly uri: vscode.Uri;
  readonly nodes: readonly ImageNode[];
  /** The file as it was when the image was read. */
  readonly description: BuildDescription;
  readonly text: string;
}

const icons: Readonly<Record<ImageNode['kind'], string | undefined>> = {
  summary: 'package',
  group: undefined,
  step: 'layers',
  file: 'file',
  hidden: 'trash',
  waste: 'flame',
  note: 'info',
};

export class ImageView implements vscode.TreeDataProvider<ImageNode>, vscode.Disposable {
  readonly #describe: (uri: vscode.Uri) => Promise<BuildDescription | null>;
  readonly #images = new Map<string, ShownImage>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<ImageNode>;
  readonly #subscriptions: readonly vscode.Disposable[];
  #shown: ShownImage | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(describe: (uri: vscode.Uri) => Promise<BuildDescription | null>) {
    this.#describe = describe;
    this.#view = vscode.window.createTreeView('drydock.image', { treeDataProvider: this });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const image = editor && this.#images.get(editor.document.uri.toString());
        if (image && image !== this.#shown) this.#show(image);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === this.#shown?.uri.toString()) this.#tellAge(document);
      }),
      vscode.commands.registerCommand(clientCommand.showInstruction, (uri: string, line: number) =>
        this.#goTo(vscode.Uri.parse(uri), line),
      ),
    ];
  }

  /** Shows an image, also in place of an earlier one of the same file. */
  set(image: ShownImage): void {
    this.#images.set(image.uri.toString(), image);
    void vscode.commands.executeCommand('setContext', 'drydock.hasImage', true);
    this.#show(image);
  }

  getChildren(node?: ImageNode): ImageNode[] {
    return [...(node ? node.children : (this.#shown?.nodes ?? []))];
  }

  getTreeItem(node: ImageNode): vscode.TreeItem {
    const { kind, label, detail, tooltip = `${label} ${detail}`, line, children } = node;
    const item = new vscode.TreeItem(label, stateOf(node));
    const icon = kind === 'step' && children.length === 0 ? 'circle-small' : icons[kind];
    item.description = detail;
    item.tooltip = tooltip;
    if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
    if (line !== undefined && this.#shown)
      item.command = {
        command: clientCommand.showInstruction,
        title: t('Go to the Instruction'),
        arguments: [this.#shown.uri.toString(), line - 1],
      };
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #show(image: ShownImage): void {
    this.#shown = image;
    this.#changed.fire();
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === image.uri.toString());
    if (open) this.#tellAge(open);
  }

  #tellAge(document: vscode.TextDocument): void {
    this.#view.message =
      document.getText() === this.#shown?.text
        ? ''
        : t('The file has changed since this image was read. Build it again to see what that does.');
  }

  /** @param line as it was when the image was read, counted from 0 */
  async #goTo(uri: vscode.Uri, line: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    const read = this.#images.get(uri.toString())?.description;
    const now = document.languageId === dockerfileLanguage ? await this.#describe(uri) : null;
    const before = read?.instructions.findIndex(({ mark }) => mark.start.line === line) ?? -1;
    const followed = read && toFollow(before, read);
    const at = followed && now ? follow(followed, now) : undefined;
    const there = at === undefined ? undefined : now?.instructions[at]?.mark.start.line;
    if (followed && now && there === undefined)
      vscode.window.setStatusBarMessage(t('This instruction has changed since the image was read'), 5000);
    const { range } = document.lineAt(Math.min(there ?? line, document.lineCount - 1));
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

function stateOf({ children, isOpen }: ImageNode): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
