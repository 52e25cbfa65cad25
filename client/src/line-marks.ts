// The diagnostics that builds and scans put on instructions. They move with their instruction and go away when it
// changes, because a report about text that is gone is worse than none.
import * as vscode from 'vscode';
import type {
  BuildDescription,
  DescribedInstruction,
  Range,
} from '../../server/src/workflow/build-description';
import { sourceName } from '../../server/src/protocol/names';
import { follow, toFollow } from '../../server/src/workflow/followed-lines';
import type { Followed } from '../../server/src/workflow/followed-lines';

const kinds = ['build', 'scan', 'size'] as const;
export type MarkKind = (typeof kinds)[number];

const { t } = vscode.l10n;

export interface Mark {
  /** Index into the instructions of the description it belongs to. */
  readonly instruction: number;
  readonly severity: vscode.DiagnosticSeverity;
  readonly message: string;
  readonly code: string;
  /** Only these commands of the instruction: indexes of the first and the last. */
  readonly commands?: Commands;
  /** It is about an image that the whole file made, and is out of date as soon as any instruction changes. */
  readonly isOfImage?: true;
}

interface Commands {
  readonly first: number;
  readonly last: number;
}

interface Placed {
  /** The instructions of the file that made the image; undefined for what is about the line alone. */
  readonly madeBy: string | undefined;
  followed: Followed;
  readonly commands: Commands | undefined;
  readonly diagnostic: vscode.Diagnostic;
}

/** Milliseconds without typing before marks move. */
const quiet = 300;

export class LineMarks implements vscode.Disposable {
  readonly #describe: (uri: vscode.Uri) => Promise<BuildDescription | null>;
  readonly #collections: Readonly<Record<MarkKind, vscode.DiagnosticCollection>>;
  readonly #placed: Readonly<Record<MarkKind, Map<string, Placed[]>>> = {
    build: new Map(),
    scan: new Map(),
    size: new Map(),
  };
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(describe: (uri: vscode.Uri) => Promise<BuildDescription | null>) {
    this.#describe = describe;
    const collection = (kind: MarkKind): vscode.DiagnosticCollection =>
      vscode.languages.createDiagnosticCollection(`${sourceName}-${kind}`);
    this.#collections = { build: collection('build'), scan: collection('scan'), size: collection('size') };
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document.uri);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.#forget(uri))),
    ];
  }

  /** Replaces all marks of the kind in the document. */
  set(uri: vscode.Uri, kind: MarkKind, marks: readonly Mark[], description: BuildDescription): void {
    const all = textsOf(description);
    const placed = marks.flatMap(
      ({ instruction, severity, message, code, commands, isOfImage }): Placed[] => {
        const at = description.instructions[instruction];
        const followed = toFollow(instruction, description);
        if (!at || !followed) return [];
        const diagnostic = new vscode.Diagnostic(toRange(placeOf(at, commands)), message, severity);
        diagnostic.source = sourceName;
        diagnostic.code = code;
        return [{ followed, commands, diagnostic, madeBy: isOfImage ? all : undefined }];
      },
    );
    this.#placed[kind].set(uri.toString(), placed);
    this.#publish(uri, kind);
  }

  /** Greys out the marks that are about an image: there is another one now. */
  age(uri: vscode.Uri, kind: MarkKind): void {
    for (const { diagnostic, madeBy } of this.#placed[kind].get(uri.toString()) ?? [])
      if (madeBy !== undefined) grey(diagnostic);
    this.#publish(uri, kind);
  }

  clear(uri: vscode.Uri, kind: MarkKind): void {
    this.#placed[kind].delete(uri.toString());
    this.#publish(uri, kind);
  }

  dispose(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    vscode.Disposable.from(...this.#subscriptions, ...Object.values(this.#collections)).dispose();
  }

  #later(uri: vscode.Uri): void {
    const key = uri.toString();
    if (kinds.every((kind) => !this.#placed[kind].has(key))) return;
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        // Without an answer (the server restarts) the next change asks again.
        this.#describe(uri).then(
          (description) => description && this.#replace(uri, description),
          () => undefined,
        );
      }, quiet),
    );
  }

  #replace(uri: vscode.Uri, description: BuildDescription): void {
    for (const kind of kinds) {
      const before = this.#placed[kind].get(uri.toString());
      if (!before) continue;
      const after = before.filter((mark) => {
        const at = follow(mark.followed, description) ?? -1;
        const found = description.instructions[at];
        const followed = toFollow(at, description);
        if (!found || !followed) return false;
        mark.followed = followed;
        mark.diagnostic.range = toRange(placeOf(found, mark.commands));
        if (mark.madeBy !== undefined && mark.madeBy !== textsOf(description)) grey(mark.diagnostic);
        return true;
      });
      if (after.length === 0) this.clear(uri, kind);
      else {
        this.#placed[kind].set(uri.toString(), after);
        this.#publish(uri, kind);
      }
    }
  }

  #forget(uri: vscode.Uri): void {
    for (const kind of kinds) this.clear(uri, kind);
  }

  #publish(uri: vscode.Uri, kind: MarkKind): void {
    const placed = this.#placed[kind].get(uri.toString()) ?? [];
    this.#collections[kind].set(
      uri,
      placed.map(({ diagnostic }) => diagnostic),
    );
  }
}

function textsOf({ instructions }: BuildDescription): string {
  return instructions.map(({ text }) => text).join('\n');
}

/** For good: only a new scan or build knows better. */
function grey(diagnostic: vscode.Diagnostic): void {
  if (diagnostic.tags) return;
  diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  // A hint would not stand among the problems.
  diagnostic.severity = vscode.DiagnosticSeverity.Information;
  diagnostic.message = t('{0} (out of date: the file or the image has changed since)', diagnostic.message);
}

function placeOf({ mark, commands = [] }: DescribedInstruction, wanted: Commands | undefined): Range {
  const first = wanted && commands[wanted.first];
  const last = wanted && commands[wanted.last];
  return first && last ? { start: first.range.start, end: last.range.end } : mark;
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
