// A real JSON-RPC client on the bundled server, over its standard streams.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeResult,
  ProtocolConnection,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Marked } from './marked';

export interface LspClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Section `drydock`, as the client's settings hold it. */
  readonly settings?: unknown;
  /** Absolute folder of the workspace. */
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What VS Code says of itself, as far as this server cares. */
export const editorCapabilities: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: {
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll'] } },
    },
    completion: {
      dynamicRegistration: true,
      completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] },
    },
    formatting: { dynamicRegistration: true },
    rangeFormatting: { dynamicRegistration: true },
    onTypeFormatting: { dynamicRegistration: true },
    hover: { dynamicRegistration: true, contentFormat: ['markdown', 'plaintext'] },
    signatureHelp: { dynamicRegistration: true },
    documentLink: { dynamicRegistration: true },
    documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
    foldingRange: { dynamicRegistration: true, lineFoldingOnly: true },
    rename: { prepareSupport: true },
  },
};

export class LspClient {
  readonly #process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly documents = new Map<string, TextDocument>();
  /** Pushed diagnostics by document, newest last. */
  readonly pushed: { uri: string; version?: number; diagnostics: Diagnostic[] }[] = [];
  readonly messages: { type: number; message: string }[] = [];
  readonly logs: string[] = [];
  readonly registrations: { id: string; method: string; registerOptions?: unknown }[] = [];
  readonly applied: WorkspaceEdit[] = [];
  refreshes = 0;
  /** Sections of the settings the server asked for, in order. */
  readonly askedSections: string[] = [];
  settings: unknown;
  /** Section `http`, as editors keep their proxy in. */
  http: unknown = null;
  initialized!: InitializeResult;

  private constructor(child: ChildProcess, connection: ProtocolConnection, settings: unknown) {
    this.#process = child;
    this.connection = connection;
    this.settings = settings;
  }

  static async start(options: LspClientOptions = {}): Promise<LspClient> {
    const child = spawn(process.execPath, [resolve('dist/server.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...(options.env && { env: { ...process.env, ...options.env } }),
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new LspClient(child, connection, options.settings ?? null);
    connection.onRequest('workspace/configuration', (params: { items: { section?: string }[] }) =>
      params.items.map(({ section = '' }) => {
        client.askedSections.push(section);
        return section === 'http' ? client.http : client.settings;
      }),
    );
    connection.onRequest(
      'client/registerCapability',
      (params: { registrations: LspClient['registrations'] }) => {
        client.registrations.push(...params.registrations);
        return null;
      },
    );
    connection.onRequest('client/unregisterCapability', (params: { unregisterations: { id: string }[] }) => {
      for (const { id } of params.unregisterations) {
        const index = client.registrations.findIndex((registration) => registration.id === id);
        if (index >= 0) client.registrations.splice(index, 1);
      }
      return null;
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      client.refreshes += 1;
      return null;
    });
    connection.onRequest('workspace/applyEdit', (params: { edit: WorkspaceEdit }) => {
      client.applied.push(params.edit);
      return { applied: true };
    });
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        client.pushed.push(params);
      },
    );
    connection.onNotification('window/showMessage', (params: { type: number; message: string }) => {
      client.messages.push(params);
    });
    connection.onNotification('window/logMessage', (params: { message: string }) => {
      client.logs.push(params.message);
    });
    connection.listen();
    const folder = options.folder === undefined ? undefined : new URL(`file://${options.folder}`).href;
    client.initialized = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder ?? null,
      workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'workspace' }],
      capabilities: options.capabilities ?? editorCapabilities,
      ...(options.initializationOptions !== undefined && {
        initializationOptions: options.initializationOptions,
      }),
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'dockerfile'): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces the whole text. */
  async change(uri: string, text: string): Promise<void> {
    const { version: before, languageId } = this.document(uri);
    const version = before + 1;
    this.documents.set(uri, TextDocument.create(uri, languageId, version, text));
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report: DocumentDiagnosticReport = await this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
    });
    if (report.kind !== 'full') throw new Error('a full report was expected');
    return report.items;
  }

  /** The light bulb at a span of the document. */
  async actions(uri: string, at: Marked['spans'][number], only?: string[]): Promise<CodeAction[]> {
    const document = this.document(uri);
    const range = { start: document.positionAt(at.start), end: document.positionAt(at.end) };
    const actions: CodeAction[] = await this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
    return actions;
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  /** The action with this title, resolved where it has no edit yet. @throws with the titles there are */
  async choose(uri: string, at: Marked['spans'][number], title: string | RegExp): Promise<CodeAction> {
    const actions = await this.actions(uri, at);
    const action = actions.find((candidate) =>
      typeof title === 'string' ? candidate.title === title : title.test(candidate.title),
    );
    if (!action)
      throw new Error(
        `no action ${String(title)} among: ${actions.map((candidate) => candidate.title).join(' | ')}`,
      );
    return action.edit ? action : this.resolve(action);
  }

  /** The document's text after an edit. @throws when the edit is for another version */
  textAfter(uri: string, edit: WorkspaceEdit | undefined): string {
    const document = this.document(uri);
    const edits: TextEdit[] = [...(edit?.changes?.[uri] ?? [])];
    for (const change of edit?.documentChanges ?? []) {
      if (!('textDocument' in change) || change.textDocument.uri !== uri) continue;
      if (change.textDocument.version !== document.version)
        throw new Error(`the edit is for version ${change.textDocument.version}`);
      edits.push(...(change.edits as TextEdit[]));
    }
    return TextDocument.applyEdits(document, edits);
  }

  document(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  }

  /** Polls until `probe` gives something. @throws after ten seconds */
  async until<T>(what: string, probe: () => T | undefined | false): Promise<T> {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const value = probe();
      if (value !== undefined && value !== false) return value;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`waited in vain for ${what}; log: ${this.logs.join('\n')}`);
  }

  async stop(): Promise<void> {
    try {
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
    } finally {
      this.connection.dispose();
      if (this.#process.exitCode === null) {
        const exited = new Promise((done) => this.#process.once('exit', done));
        const timer = setTimeout(() => this.#process.kill('SIGKILL'), 3000);
        await exited;
        clearTimeout(timer);
      }
    }
  }
}
