// Binds the connection to the handlers: where each message goes, and when cached data is forgotten.
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocuments,
} from './library';
import type {
  DidChangeConfigurationParams,
  Connection,
  InitializeParams,
  InitializeResult,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isRecord } from '../core/text/record';
import { rules } from '../linter';
import { sourceName } from '../protocol';
import type { InitializationOptions } from '../protocol';
import { Answerer } from './answerer';
import { serverCommand, offeredCapabilities, readClient } from './capabilities';
import { ClientCalls } from './client';
import type { Context } from './context';
import { applyAction, resolveAction } from './handlers/choose-action';
import { codeActions } from './handlers/code-action';
import { pullDiagnostics, schedulePush } from './handlers/diagnostics';
import { LanguageFeatures, announcedFeatures, answerFeatures } from './handlers/features';
import { buildDescription, explainRule, pinAll } from './handlers/requests';
import { answerMessages } from './messages';
import { rulePageUri } from './rule-pages';
import { Session, pathOfUri } from './session';
import { shape, text } from './shape';
import { version } from '../version';
import { WatchedFiles } from './watched-files';

/** Answers every message on `connection`. Returns at once. */
export function startServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  let context: Context | undefined;
  let features: LanguageFeatures | undefined;
  let coexistence: readonly string[] = [];
  const problems: string[] = [];
  let files: WatchedFiles | undefined;

  connection.onInitialize((params): InitializeResult => {
    const options = readOptions(params.initializationOptions);
    coexistence = options.coexistence ?? [];
    context = makeContext(
      connection,
      documents,
      params,
      options,
      (message) => {
        problems.push(message);
        updateFeatures();
      },
      () => files?.update(),
    );
    const { client, calls, session } = context;
    files = new WatchedFiles({
      session,
      register: client.watchFiles
        ? (watchers) => connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
        : undefined,
      relativePatterns: client.relativePatterns,
      onChange: (uris) => (uris ? uris.forEach((uri) => readAnew(uri)) : readAnew()),
      onFailure: (error) => calls.log(String(error)),
    });
    return {
      capabilities: offeredCapabilities(context.client, announcedFeatures(context.client, coexistence)),
      serverInfo: { name: 'Drydock', version },
    };
  });

  connection.onInitialized(() => {
    if (!context) return;
    const { client, calls } = context;
    if (client.registerConfiguration) {
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: [sourceName, 'http'] })
        .catch((error: unknown) => calls.log(String(error)));
    }
    files?.start();
    features = new LanguageFeatures(context);
    updateFeatures();
  });

  const updateFeatures = (): void => {
    const done = features?.update(coexistence).then(() => {
      context?.calls.status({ languageFeatures: features?.on ?? false, ruleCount: rules.length, problems });
    });
    done?.catch((error: unknown) => context?.calls.log(String(error)));
  };
  const readAnew = (uri?: string): void => {
    if (!context) return;
    context.session.forget(uri);
    context.calls.refreshDiagnostics();
    for (const open of uri === undefined ? documents.keys() : [uri]) schedulePush(context, open);
  };
  connection.onDidChangeConfiguration(({ settings }: DidChangeConfigurationParams) => {
    context?.calls.takeSettings(settings);
    context?.answerer.forget().catch((error: unknown) => context?.calls.log(String(error)));
    readAnew();
    updateFeatures();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => files?.take(changes));

  documents.onDidChangeContent(({ document }) => context && schedulePush(context, document.uri));
  // Files appear in the build context while people work: read it again at each save.
  documents.onDidSave(({ document }) => readAnew(document.uri));
  documents.onDidClose(({ document }) => {
    context?.session.close(document.uri);
    if (context && !context.client.pullDiagnostics) {
      connection
        .sendDiagnostics({ uri: document.uri, diagnostics: [] })
        .catch((error: unknown) => context?.calls.log(String(error)));
    }
  });

  const ready = (): Context => {
    if (!context) throw new Error('the server is not initialized');
    return context;
  };
  answerFeatures(connection, ready);
  connection.languages.diagnostics.on((params) => pullDiagnostics(ready(), params));
  connection.onCodeAction((params, token) => codeActions(ready(), params, token));
  connection.onCodeActionResolve((action, token) => resolveAction(ready(), action, token));
  connection.onExecuteCommand((params, token) =>
    params.command === serverCommand.applyAction ? applyAction(ready(), params, token) : null,
  );
  answerMessages(connection, {
    buildDescription: { read: readDocument, answer: (params) => buildDescription(ready(), params) },
    pinAll: { read: readDocument, answer: (params, token) => pinAll(ready(), params, token) },
    explainRule: { read: shape({ rule: text }), answer: explainRule },
    trustGranted: { read: () => ({}), take: () => context?.answerer.trust() },
    coexistenceChanged: {
      read: (params) => ({ coexistence: readOptions(params).coexistence ?? [] }),
      take: (params) => {
        coexistence = params.coexistence;
        updateFeatures();
      },
    },
  });
  connection.onShutdown(() => {
    files?.dispose();
    return context?.answerer.dispose();
  });

  documents.listen(connection);
  connection.listen();
}

function makeContext(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  params: InitializeParams,
  options: InitializationOptions,
  onProblem: (message: string) => void,
  onAnalysis: () => void,
): Context {
  const client = readClient(params.capabilities);
  const calls = new ClientCalls(connection, client);
  const document = (uri: string): TextDocument | undefined => documents.get(uri);
  const session = new Session({
    document,
    askSettings: (uri) => calls.askSettings(uri),
    folders: foldersOf(params),
    onFailure: ({ detail }) => calls.logOnce(`Bug in Drydock: ${detail}`),
    onProblem: (message) => {
      if (calls.logOnce(message)) onProblem(message);
    },
    onAnalysis,
  });
  const link = options.ruleLink;
  return {
    connection,
    client,
    calls,
    session,
    document,
    answerer: new Answerer(options.workspaceTrusted !== false, () => calls.askProxy()),
    rulePage: link === undefined ? rulePageUri : (id) => link.replace('{rule}', id),
    hasClientCommands:
      params.initializationOptions !== undefined &&
      params.initializationOptions !== null &&
      options.coexistence !== undefined,
    pending: new Set(),
  };
}

const readDocument = shape({ textDocument: shape({ uri: text }) });

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris
    .filter((uri) => uri.startsWith('file:///'))
    .flatMap((uri) => pathOfUri(uri)?.replace(/(?<=.)[\\/]$/, '') ?? []);
}

function readOptions(raw: unknown): InitializationOptions {
  if (!isRecord(raw)) return {};
  const { workspaceTrusted, coexistence, ruleLink } = raw;
  return {
    ...(typeof workspaceTrusted === 'boolean' && { workspaceTrusted }),
    ...(Array.isArray(coexistence) && { coexistence: coexistence.filter((id) => typeof id === 'string') }),
    ...(typeof ruleLink === 'string' && { ruleLink }),
  };
}
