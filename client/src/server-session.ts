// The life of the language client: no process before a Dockerfile or its configuration is open, and typed requests.
import * as vscode from 'vscode';
import { CodeActionResolveRequest, LanguageClient, State } from 'vscode-languageclient/node';
import type { CodeAction } from 'vscode-languageclient/node';
import { toClient, toServer } from '../../server/src/protocol/messages';
import { dockerfileLanguage, namesConfiguration, sourceName } from '../../server/src/protocol/names';
import type { BuildDescription } from '../../server/src/workflow/build-description';
import type {
  DietPlan,
  DigestsResult,
  DocumentParams,
  DraftedFiles,
  ExplainedFailure,
  FixAllParams,
  FixAllResult,
  IgnoreChange,
  IgnoreVulnerabilityParams,
  Notification,
  NewestVersions,
  PatternChoices,
  ProjectSections,
  Rebuilds,
  Request,
  RulePage,
  StatusParams,
} from '../../server/src/protocol/messages';
import type { ActionChoice } from '../../server/src/protocol/names';
import { clientOptions, coexistence, serverOptions } from './server-options';

export class ServerSession implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #status = new vscode.EventEmitter<StatusParams>();
  readonly #stopped = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [this.#status, this.#stopped];
  #started: Promise<void> | undefined;

  readonly onStatus = this.#status.event;
  /** The server has stopped, for a restart or for good. */
  readonly onStop = this.#stopped.event;

  readonly #log: vscode.LogOutputChannel;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#client = new LanguageClient(sourceName, 'Drydock', serverOptions(context), clientOptions(log));
    this.#disposables.push(
      this.#on(toClient.status, (params) => this.#status.fire(params)),
      this.#client.onDidChangeState(({ newState }) => {
        if (newState === State.Stopped) this.#stopped.fire();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.#startFor(document)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#notify(toServer.trustGranted, {})),
      vscode.extensions.onDidChange(() =>
        this.#notify(toServer.coexistenceChanged, { coexistence: coexistence() }),
      ),
    );
    vscode.workspace.textDocuments.forEach((document) => this.#startFor(document));
  }

  /** @returns null when the server does not know the document */
  describe(uri: vscode.Uri): Promise<BuildDescription | null> {
    return this.#request(toServer.buildDescription, documentParams(uri));
  }

  pinAll(uri: vscode.Uri, token: vscode.CancellationToken): Promise<DigestsResult | null> {
    return this.#request(toServer.pinAll, documentParams(uri), token);
  }

  updateDigests(uri: vscode.Uri, token: vscode.CancellationToken): Promise<DigestsResult | null> {
    return this.#request(toServer.updateDigests, documentParams(uri), token);
  }

  fixAll(uri: vscode.Uri, safety: FixAllParams['safety']): Promise<FixAllResult | null> {
    return this.#request(toServer.fixAll, { ...documentParams(uri), safety });
  }

  /** The edit of a choice; undefined if there is none, which the server has explained. */
  async editOf({ label, data }: ActionChoice): Promise<vscode.WorkspaceEdit | undefined> {
    await this.#start();
    const action: CodeAction = { title: label, data };
    const { edit } = await this.#client.sendRequest(CodeActionResolveRequest.type, action);
    return this.#client.protocol2CodeConverter.asWorkspaceEdit(edit);
  }

  /** @param dockerfiles those of the workspace @returns null for a file that is not on a disk of the server */
  rebuilds(file: vscode.Uri, dockerfiles: readonly vscode.Uri[]): Promise<readonly Rebuilds[] | null> {
    const uris = dockerfiles.map((uri) => uri.toString());
    return this.#request(toServer.rebuilds, { file: file.toString(), dockerfiles: uris });
  }

  /** @param line of an instruction, counted from 0 @returns null if it takes nothing from the build context */
  rebuildsOfLine(uri: vscode.Uri, line: number): Promise<Rebuilds | null> {
    return this.#request(toServer.rebuildsOfLine, { ...documentParams(uri), line });
  }

  /** @returns null when the server does not know the document, or the log is blank */
  explainFailure(uri: vscode.Uri, log: string): Promise<ExplainedFailure | null> {
    return this.#request(toServer.explainFailure, { ...documentParams(uri), log });
  }

  /** @returns null for a file that is not on a disk of the server */
  projectSections(uri: vscode.Uri): Promise<ProjectSections | null> {
    return this.#request(toServer.projectSections, documentParams(uri));
  }

  ignoreVulnerability(
    uri: vscode.Uri,
    entry: Omit<IgnoreVulnerabilityParams, 'textDocument'>,
  ): Promise<IgnoreChange | null> {
    return this.#request(toServer.ignoreVulnerability, { ...documentParams(uri), ...entry });
  }

  explainRule(rule: string): Promise<RulePage | null> {
    return this.#request(toServer.explainRule, { rule });
  }

  patternChoices(folder: vscode.Uri): Promise<PatternChoices | null> {
    return this.#request(toServer.patternChoices, { folder: folder.toString() });
  }

  draftFiles(
    folder: vscode.Uri,
    pattern: string,
    values: Readonly<Record<string, string>>,
  ): Promise<DraftedFiles | null> {
    return this.#request(toServer.draftFiles, { folder: folder.toString(), pattern, values });
  }

  /** @returns null for a folder that is not on a disk of the server */
  dietPlan(folder: vscode.Uri, values: Readonly<Record<string, string>>): Promise<DietPlan | null> {
    return this.#request(toServer.dietPlan, { folder: folder.toString(), values });
  }

  /** @returns null if the user cancelled it */
  newestVersions(
    folder: vscode.Uri,
    pattern: string,
    token: vscode.CancellationToken,
  ): Promise<NewestVersions | null> {
    return this.#request(toServer.newestVersions, { folder: folder.toString(), pattern }, token);
  }

  async restart(): Promise<void> {
    if (this.#started === undefined) return this.#start();
    await this.#client.restart();
  }

  async dispose(): Promise<void> {
    vscode.Disposable.from(...this.#disposables).dispose();
    if (this.#started === undefined) return;
    // The client has shown a failed start; then there is nothing to stop.
    await this.#started
      .then(() => this.#client.dispose())
      .catch((error: unknown) => this.#log.warn(String(error)));
  }

  #startFor(document: vscode.TextDocument): void {
    const isOurs = document.languageId === dockerfileLanguage || namesConfiguration(document.uri.path);
    if (!isOurs || this.#started !== undefined) return;
    // The client itself shows why a start fails.
    this.#start().catch((error: unknown) => this.#log.error(String(error)));
  }

  #start(): Promise<void> {
    if (this.#started === undefined) {
      this.#started = this.#client.start();
      // Menus of files that are no Dockerfiles show our entries only where Dockerfiles are.
      void vscode.commands.executeCommand('setContext', 'drydock.isActive', true);
    }
    return this.#started;
  }

  async #request<P, R>({ method }: Request<P, R>, params: P, token?: vscode.CancellationToken): Promise<R> {
    await this.#start();
    return this.#client.sendRequest<R>(method, params, token);
  }

  #notify<P>({ method }: Notification<P>, params: P): void {
    // Before the start there is nothing to update: the start itself sends the state.
    if (this.#started === undefined) return;
    this.#started
      .then(() => this.#client.sendNotification(method, params as object))
      .catch((error: unknown) => this.#log.warn(String(error)));
  }

  #on<P>({ method }: Notification<P>, take: (params: P) => void): vscode.Disposable {
    return this.#client.onNotification(method, take);
  }
}

function documentParams(uri: vscode.Uri): DocumentParams {
  return { textDocument: { uri: uri.toString() } };
}
