// Parts of the client loaded without an editor: `vscode` is an object that says what it was asked to show, and
// every program that is started is noted.
import childProcess from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { english } from '../../server/src/workflow/translate';

export interface Shown {
  readonly kind: 'warning' | 'information' | 'error' | 'pick' | 'progress';
  readonly text: string;
  /** Buttons, or the labels of a pick. */
  readonly choices: readonly string[];
}

export interface FakeEditor {
  /** To be handed to the client's modules as `vscode`. */
  readonly vscode: object;
  /** Everything that was put on the screen, in order. */
  readonly shown: Shown[];
  /** Absolute paths of programs that were started. */
  readonly started: string[];
  /** Pages that were opened, and terminals with their program and its arguments. */
  readonly opened: string[];
}

export interface FakeOptions {
  readonly trusted: boolean;
  /** Values of `drydock.*` by section: `scan`, `build`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What is open in the active editor. */
  readonly document?: object;
  /** What the user chooses: a button, or the label of a row. By default nothing. */
  readonly choose?: (shown: Shown) => string | undefined;
}

/** Files of the disk, as VS Code reads them. */
const files = {
  stat: async (uri: FakeUri): Promise<object> => ({ type: 1, size: (await stat(uri.fsPath)).size }),
  readFile: (uri: FakeUri): Promise<Uint8Array> => readFile(uri.fsPath),
};

interface FakeUri {
  readonly fsPath: string;
}

function joined({ fsPath }: FakeUri, ...parts: readonly string[]): object {
  const path = join(fsPath, ...parts);
  return { scheme: 'file', fsPath: path, path, toString: () => `file://${path}` };
}

interface Row {
  readonly label: string;
}

export function fakeEditor({
  trusted,
  settings = {},
  choose = () => undefined,
  document,
}: FakeOptions): FakeEditor {
  const shown: Shown[] = [];
  const opened: string[] = [];
  const add = (one: Shown): string | undefined => {
    shown.push(one);
    return choose(one);
  };
  const show =
    (kind: Shown['kind']) =>
    (text: string, ...choices: string[]): Promise<string | undefined> =>
      Promise.resolve(add({ kind, text, choices }));
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: () => ({ dispose: () => undefined }),
  };
  const nothing = (): { dispose(): void } => ({ dispose: () => undefined });
  class EventEmitter {
    readonly event = nothing;
    fire(): void {}
    dispose(): void {}
  }
  class WorkspaceEdit {
    readonly all: unknown[] = [];
    replace(...change: readonly unknown[]): void {
      this.all.push(change);
    }
  }
  class CodeAction {
    readonly title: string;
    readonly kind: string;
    constructor(title: string, kind: string) {
      this.title = title;
      this.kind = kind;
    }
  }
  class ProcessExecution {
    readonly process: string;
    readonly args: readonly string[];
    constructor(process: string, args: readonly string[]) {
      this.process = process;
      this.args = args;
    }
  }
  class Task {
    readonly execution: ProcessExecution;
    constructor(...given: readonly unknown[]) {
      this.execution = given[4] as ProcessExecution;
    }
  }
  class Position {
    readonly line: number;
    readonly character: number;
    constructor(line: number, character: number) {
      this.line = line;
      this.character = character;
    }
  }
  class InlayHint {
    readonly position: Position;
    readonly label: string;
    constructor(position: Position, label: string) {
      this.position = position;
      this.label = label;
    }
  }
  class TreeItem {
    readonly label: string;
    readonly collapsibleState: number;
    constructor(label: string, collapsibleState: number) {
      this.label = label;
      this.collapsibleState = collapsibleState;
    }
  }
  const vscode = {
    l10n: { t: english },
    languages: { registerCodeActionsProvider: nothing, registerInlayHintsProvider: nothing },
    Position,
    InlayHint,
    TreeItem,
    ThemeIcon: class {},
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    FileType: { File: 1, Directory: 2 },
    CodeActionKind: { QuickFix: 'quickfix' },
    CodeAction,
    WorkspaceEdit,
    Range: Array,
    EventEmitter,
    Disposable: { from: nothing },
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    ProgressLocation: { Notification: 15, Window: 10 },
    QuickPickItemKind: { Separator: -1, Default: 0 },
    commands: { executeCommand: () => Promise.resolve(undefined), registerCommand: nothing },
    tasks: {
      registerTaskProvider: nothing,
      executeTask: ({ execution }: Task) => {
        opened.push([execution.process, ...execution.args].join(' '));
        return Promise.resolve(undefined);
      },
    },
    workspace: {
      isTrusted: trusted,
      getConfiguration: () => ({ get: (section: string) => settings[section] }),
      onDidChangeConfiguration: nothing,
      onDidChangeTextDocument: nothing,
      registerTextDocumentContentProvider: nothing,
      fs: files,
      textDocuments: [],
      getWorkspaceFolder: () => undefined,
      asRelativePath: (path: string) => path,
    },
    env: {
      openExternal: (page: string) => {
        opened.push(page);
        return Promise.resolve(true);
      },
    },
    Uri: Object.assign(class {}, { parse: (text: string) => text, joinPath: joined }),
    Task,
    ProcessExecution,
    TaskScope: { Workspace: 2 },
    TaskGroup: { Build: 'build' },
    TaskRevealKind: { Always: 1 },
    window: {
      activeTextEditor: document && { document },
      terminals: [],
      onDidChangeActiveTextEditor: nothing,
      createTreeView: () => ({ dispose: () => undefined }),
      createTerminal: ({ shellPath, shellArgs }: { shellPath: string; shellArgs: readonly string[] }) => {
        opened.push([shellPath, ...shellArgs].join(' '));
        return { show: () => undefined };
      },
      showInputBox: ({ title, value }: { title: string; value: string }) =>
        Promise.resolve(add({ kind: 'pick', text: title, choices: [value] })),
      showWarningMessage: show('warning'),
      showInformationMessage: show('information'),
      showErrorMessage: show('error'),
      showQuickPick: (rows: readonly Row[], { title }: { readonly title: string }) => {
        const label = add({ kind: 'pick', text: title, choices: rows.map((row) => row.label) });
        return Promise.resolve(rows.find((row) => row.label === label));
      },
      withProgress: (
        { title }: { readonly title: string },
        task: (progress: object, token: object) => unknown,
      ) => {
        shown.push({ kind: 'progress', text: title, choices: [] });
        const report = ({ message }: { readonly message: string }): void => {
          shown.push({ kind: 'progress', text: message, choices: [] });
        };
        return task({ report }, token);
      },
    },
  };
  return { vscode, shown, started: [], opened };
}

/**
 * Loads a module of the client.
 * @param entry path of its source
 * @returns its exports
 */
export async function loadClient<T>(entry: string, { vscode, started }: FakeEditor): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const require = createRequire(import.meta.url);
  const spawn = (program: string, ...rest: readonly unknown[]): unknown => {
    started.push(program);
    return Reflect.apply(childProcess.spawn, undefined, [program, ...rest]);
  };
  const load = (name: string): unknown => {
    if (name === 'vscode') return vscode;
    return name === 'node:child_process' ? { ...childProcess, spawn } : require(name);
  };
  const module = { exports: {} };
  const code = outputFiles[0]?.text ?? '';
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the bundle is our own, made a line above
  const run = new Function('module', 'exports', 'require', code) as (...given: unknown[]) => void;
  run(module, module.exports, load);
  return module.exports as T;
}
