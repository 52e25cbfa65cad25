// How many bytes each instruction added to the image, and how long it took, behind its first line. The editor's own
// provider: the facts lie here, so a hint of the language server would need a message and a second memory.
import * as vscode from 'vscode';
import { dockerfileLanguage, sourceName } from '../../../server/src/protocol/names';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import { costHints } from '../../../server/src/workflow/image/step-costs';
import type { KnownCosts } from '../../../server/src/workflow/image/step-costs';

const { t } = vscode.l10n;

export interface HintParts {
  costs(uri: vscode.Uri): KnownCosts | undefined;
  describe(uri: vscode.Uri): Promise<BuildDescription | null>;
  readonly onCosts: vscode.Event<unknown>;
}

export class SizeHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #parts: HintParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: readonly vscode.Disposable[];

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(parts: HintParts) {
    this.#parts = parts;
    this.#disposables = [
      this.#changed,
      parts.onCosts(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${sourceName}.sizeHints`)) this.#changed.fire();
      }),
      vscode.languages.registerInlayHintsProvider({ language: dockerfileLanguage }, this),
    ];
  }

  /** None for an instruction whose text has changed since the build. */
  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    const { uri } = document;
    const costs = wantsHints(uri) ? this.#parts.costs(uri) : undefined;
    const description = costs && (await this.#parts.describe(uri).catch(() => null));
    // VS Code asks again for the text that is there now.
    if (!costs || !description || description.version !== document.version) return [];
    return costHints(costs, description, t).flatMap(({ instruction, text, details }) => {
      const { end } = description.instructions[instruction]?.mark ?? {};
      if (!end || end.line < range.start.line || end.line > range.end.line) return [];
      const hint = new vscode.InlayHint(new vscode.Position(end.line, end.character), text);
      hint.paddingLeft = true;
      hint.tooltip = details.join('\n\n');
      return [hint];
    });
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }
}

/** Whether the user wants sizes and times beside the lines, and so images read after their build. */
export function wantsHints(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(sourceName, uri).get('sizeHints') !== false;
}
