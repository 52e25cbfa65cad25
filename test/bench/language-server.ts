// A language server in a process of its own, spoken to as an editor does, with a clock beside it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  InitializeResult,
  MessageConnection,
} from 'vscode-languageserver/node';

export interface ServerCommand {
  readonly name: string;
  /** Arguments of node. */
  readonly words: readonly string[];
  /** Section of the settings → what the editor has set. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether the editor asks for diagnostics; else it waits until they come. */
  readonly pull: boolean;
}

/** No answer takes longer: a server that is silent ends the run with a message. */
const limit = 30_000;

const uri = 'file:///bench/Dockerfile';

function capabilities(pull: boolean): ClientCapabilities {
  return {
    workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
    textDocument: {
      synchronization: { didSave: true },
      publishDiagnostics: {
        relatedInformation: true,
        codeDescriptionSupport: true,
        tagSupport: { valueSet: [1, 2] },
      },
      ...(pull && { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } }),
      codeAction: {
        dataSupport: true,
        isPreferredSupport: true,
        resolveSupport: { properties: ['edit'] },
        codeActionLiteralSupport: {
          codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll'] },
        },
      },
    },
  };
}

export interface Edit {
  readonly line: number;
  readonly character: number;
  /** Characters to delete there. */
  readonly remove: number;
  readonly insert: string;
}

export class MeasuredServer {
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #pull: boolean;
  /** Milliseconds from starting the process to its answer to `initialize`. */
  readonly started: number;
  #version = 1;
  #waiting: ((diagnostics: Diagnostic[]) => void) | undefined;

  private constructor(child: ChildProcess, connection: MessageConnection, pull: boolean, started: number) {
    this.#process = child;
    this.#connection = connection;
    this.#pull = pull;
    this.started = started;
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        if (params.uri !== uri) return;
        this.#waiting?.(params.diagnostics);
        this.#waiting = undefined;
      },
    );
  }

  static async start({ name, words, settings, pull }: ServerCommand): Promise<MeasuredServer> {
    const clock = performance.now();
    const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    // Also when the bench itself is stopped or fails.
    const kill = (): boolean => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest('workspace/configuration', (params: { items: readonly { section?: string }[] }) =>
      params.items.map(({ section }) => settings[section ?? ''] ?? null),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    try {
      const asked = connection.sendRequest<InitializeResult>('initialize', {
        processId: process.pid,
        rootUri: null,
        workspaceFolders: null,
        capabilities: capabilities(pull),
      });
      const { capabilities: offered } = await within(asked, `${name}: initialize`);
      const started = performance.now() - clock;
      if (pull && !offered.diagnosticProvider) throw new Error(`${name} does not let diagnostics be pulled`);
      await connection.sendNotification('initialized', {});
      return new MeasuredServer(child, connection, pull, started);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** @returns the diagnostics, and milliseconds from the message until they were there */
  async open(text: string): Promise<{ time: number; diagnostics: Diagnostic[] }> {
    return this.#timed('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockerfile', version: this.#version, text },
    });
  }

  async edit({
    line,
    character,
    remove,
    insert,
  }: Edit): Promise<{ time: number; diagnostics: Diagnostic[] }> {
    this.#version += 1;
    const range = { start: { line, character }, end: { line, character: character + remove } };
    return this.#timed('textDocument/didChange', {
      textDocument: { uri, version: this.#version },
      contentChanges: [{ range, rangeLength: remove, text: insert }],
    });
  }

  async #timed(method: string, params: object): Promise<{ time: number; diagnostics: Diagnostic[] }> {
    const clock = performance.now();
    let answer: Promise<Diagnostic[]>;
    if (this.#pull) {
      await this.#connection.sendNotification(method, params);
      answer = this.#connection
        .sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })
        .then(({ items }) => items);
    } else {
      answer = new Promise((resolve) => {
        this.#waiting = resolve;
      });
      await this.#connection.sendNotification(method, params);
    }
    const diagnostics = await within(answer, `diagnostics after ${method}`);
    return { time: performance.now() - clock, diagnostics };
  }

  /** The light bulb on a diagnostic. */
  async codeActions(diagnostic: Diagnostic): Promise<{ time: number; count: number }> {
    const clock = performance.now();
    const asked = this.#connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], triggerKind: 1 },
    });
    const actions = await within(asked, 'code actions');
    return { time: performance.now() - clock, count: actions?.length ?? 0 };
  }

  /** The most memory the process has had, in MiB; undefined where the system does not tell. */
  peakMemory(): number | undefined {
    try {
      const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(
        readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'),
      )?.[1];
      return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
    } catch {
      return undefined;
    }
  }

  stop(): void {
    this.#connection.dispose();
    this.#process.kill('SIGKILL');
  }
}

async function within<T>(answer: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${limit / 1000} s: ${what}`)), limit);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
