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
import { namesConfiguration, sourceName } from '../protocol/names';
import type { InitializationOptions } from '../protocol/messages';
import { Answerer } from './answerer';
import { offeredCapabilities, readClient } from './capabilities';
import { ClientCalls } from './client';
import { ConfigurationDocuments, configurationSync } from './configuration-documents';
import { ConfigurationProblems } from './configuration-problems';
import type { Context } from './context';
import { executeCommand, resolveAction } from './handlers/choose-action';
import { codeActions } from './handlers/code-action';
import { pullDiagnostics, schedulePush } from './handlers/diagnostics';
import { LanguageFeatures, announcedFeatures, answerFeatures, invalid } from './handlers/features';
import { answerMessages } from './messages';
import { requestHandlers } from './own-requests';
import { rulePageUri } from '../io/files/rule-pages';
import { Packages } from './packages';
import { RuleReasons } from './rule-reasons';
import { Session, pathOfUri } from './session';
import { ShellChecker } from './shell-checker';
import type { ToolPaths } from './shell-checker';
import { hasParameters } from './shape';
import { version } from '../version';
import { WatchedFiles } from './watched-files';

/** Answers every message on `connection`. Returns at once. */
export function startServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  let context: Context | undefined;
  let features: LanguageFeatures | undefined;
  let coexistence: readonly string[] = [];
  const problems = new ConfigurationProblems({
    publish: (uri, diagnostics) => {
      connection
        .sendDiagnostics({ uri, diagnostics })
        .catch((error: unknown) => context?.calls.log(String(error)));
    },
    log: (sentence) => void context?.calls.logOnce(sentence),
    changed: () => updateFeatures(),
  });
  let files: WatchedFiles | undefined;
  let configurations: ConfigurationDocuments | undefined;

  connection.onInitialize((params): InitializeResult => {
    const options = readOptions(params.initializationOptions);
    coexistence = options.coexistence ?? [];
    context = makeContext(connection, documents, params, options, problems, {
      onAnalysis: () => files?.update(),
      onPackages: () => readAgain(),
      onAnswers: (uri) => showAgain(uri),
    });
    const { client, calls, session } = context;
    configurations = new ConfigurationDocuments({ documents, session, problems });
    files = new WatchedFiles({
      session,
      register: client.watchFiles
        ? (watchers) => connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
        : undefined,
      relativePatterns: client.relativePatterns,
      onChange: (uris) => (uris ? uris.forEach((uri) => readAgain(uri)) : readAgain()),
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
    if (client.registerDocuments)
      connection.client
        .register(configurationSync())
        .catch((error: unknown) => calls.log(`Configuration files are not followed: ${String(error)}`));
    files?.start();
    features = new LanguageFeatures(context);
    updateFeatures();
  });

  const updateFeatures = (): void => {
    const done = features?.update(coexistence).then(() => {
      context?.calls.status({
        languageFeatures: features?.on ?? false,
        ruleCount: rules.length,
        problems: problems.sentences,
      });
    });
    done?.catch((error: unknown) => context?.calls.log(String(error)));
  };
  /** The same text has other findings. */
  const showAgain = (uri: string): void => {
    if (!context) return;
    context.session.outdate(uri);
    context.calls.refreshDiagnostics();
    schedulePush(context, uri);
  };
  const readAgain = (uri?: string): void => {
    if (!context) return;
    context.session.forget(uri);
    context.calls.refreshDiagnostics();
    for (const open of uri === undefined ? documents.keys() : [uri]) schedulePush(context, open);
    // An editor that pulls may not ask again for a document that nobody sees, but its configuration may be repaired.
    for (const open of problems.documents)
      context.session.analysis(open).catch((error: unknown) => context?.calls.log(String(error)));
  };
  const checkConfiguration = (uri: string): void => {
    configurations?.check(uri).catch((error: unknown) => context?.calls.log(String(error)));
  };
  connection.onDidChangeConfiguration(({ settings }: DidChangeConfigurationParams) => {
    context?.calls.takeSettings(settings);
    context?.packages.forget();
    context?.shell.forget();
    context?.answerer.forget().catch((error: unknown) => context?.calls.log(String(error)));
    readAgain();
    configurations?.checkAll().catch((error: unknown) => context?.calls.log(String(error)));
    updateFeatures();
    context?.calls.refreshLenses();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => files?.take(changes));

  documents.onDidChangeContent(({ document: { uri } }) => {
    if (namesConfiguration(uri)) checkConfiguration(uri);
    else if (context) schedulePush(context, uri);
  });
  // Files appear in the build context while people work: read it again at each save. A saved configuration may be that of
  // any Dockerfile, and not every client watches files.
  documents.onDidSave(({ document: { uri } }) => readAgain(namesConfiguration(uri) ? undefined : uri));
  documents.onDidClose(({ document }) => {
    if (namesConfiguration(document.uri)) {
      configurations?.close(document.uri);
      return;
    }
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
  answerFeatures(connection, ready, () => features?.onlyPatterns ?? false);
  connection.languages.diagnostics.on((params) =>
    hasParameters(params, ['textDocument'])
      ? pullDiagnostics(ready(), params)
      : Promise.reject(invalid('textDocument/diagnostic')),
  );
  connection.onCodeAction((params, token) =>
    hasParameters(params, ['textDocument', 'range', 'context'])
      ? codeActions(ready(), params, token)
      : invalid('textDocument/codeAction'),
  );
  connection.onCodeActionResolve((action, token) => resolveAction(ready(), action, token));
  connection.onExecuteCommand((params, token) => executeCommand(ready(), params, token));
  answerMessages(connection, {
    ...requestHandlers(ready),
    trustGranted: {
      read: () => ({}),
      take: () => {
        context?.answerer.trust();
        context?.packages.trust();
        context?.shell.trust();
        readAgain();
      },
    },
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
    context?.shell.dispose();
    return Promise.all([context?.answerer.dispose(), context?.packages.dispose()]).then(() => undefined);
  });

  documents.listen(connection);
  connection.listen();
}

function makeContext(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  params: InitializeParams,
  options: InitializationOptions,
  problems: ConfigurationProblems,
  told: {
    readonly onAnalysis: () => void;
    readonly onPackages: () => void;
    /** Told the document that ShellCheck has answered for. */
    readonly onAnswers: (uri: string) => void;
  },
): Context {
  const client = readClient(params.capabilities);
  const calls = new ClientCalls(connection, client);
  // Whatever else a client tells of, only Dockerfiles are linted.
  const document = (uri: string): TextDocument | undefined =>
    namesConfiguration(uri) ? undefined : documents.get(uri);
  const trusted = options.workspaceTrusted !== false;
  const packages = new Packages({
    trusted,
    askProxy: () => calls.askProxy(),
    onRead: told.onPackages,
    log: (sentence) => void calls.logOnce(sentence),
  });
  const shell: ShellChecker = new ShellChecker({
    trusted,
    askPaths: async (): Promise<ToolPaths> => (await session.globalSettings()).toolPaths,
    onAnswers: told.onAnswers,
    log: (sentence) => void calls.logOnce(sentence),
  });
  const session = new Session({
    packages,
    document,
    shell,
    askSettings: (uri) => calls.askSettings(uri),
    folders: foldersOf(params),
    onFailure: ({ detail }) => calls.logOnce(`Bug in Drydock: ${detail}`),
    onProblems: (uri, found) => problems.set(uri, found),
    onAnalysis: (analysis) => {
      told.onAnalysis();
      packages.follow(analysis);
    },
  });
  const link = options.ruleLink;
  return {
    connection,
    client,
    calls,
    session,
    document,
    answerer: new Answerer(trusted, () => calls.askProxy()),
    packages,
    shell,
    rulePage: link === undefined ? rulePageUri : (id) => link.replace('{rule}', id),
    reasons: new RuleReasons(),
    hasClientCommands:
      params.initializationOptions !== undefined &&
      params.initializationOptions !== null &&
      options.coexistence !== undefined,
    pending: new Set(),
  };
}

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
