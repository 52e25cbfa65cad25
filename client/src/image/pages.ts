// Pages that commands show as rendered Markdown, without a file behind them.
import * as vscode from 'vscode';

const scheme = 'drydock-image';

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #pages = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#pages.get(uri.toString()) ?? '';
  }

  /** Opens the page of a file, or renews it. @param kind of the page: a file may have several */
  async show(file: vscode.Uri, markdown: string, kind = ''): Promise<void> {
    const page = file.with({ scheme, path: `${file.path}${kind}.md`, query: '', fragment: '' });
    this.#pages.set(page.toString(), markdown);
    this.#changed.fire(page);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#registration).dispose();
  }
}
