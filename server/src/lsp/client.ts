// Every call from the server to the client. Handlers await only the settings, because the client may be waiting for
// that handler's own answer.
import { CodeLensRefreshRequest, MessageType, ShowMessageNotification } from './library';
import type { Connection } from 'vscode-languageserver/node';
import { isRecord } from '../core/text/record';
import { toClient } from '../protocol/messages';
import { sourceName } from '../protocol/names';
import type { Notification, StatusParams } from '../protocol/messages';
import type { Client } from './capabilities';

export class ClientCalls {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #told = new Set<string>();
  #pushed: Readonly<Record<string, unknown>> = {};

  constructor(connection: Connection, client: Client) {
    this.#connection = connection;
    this.#client = client;
  }

  /** For a client that cannot be asked for settings: keeps what it sends. */
  takeSettings(settings: unknown): void {
    if (isRecord(settings)) this.#pushed = settings;
  }

  /** Section `drydock` for a document, or without one for the window; null from a client without settings. */
  askSettings(uri?: string): Promise<unknown> {
    return this.#askSection(sourceName, uri);
  }

  /** Section `http`, where editors keep their proxy; null from a client without settings. */
  askProxy(): Promise<unknown> {
    return this.#askSection('http');
  }

  async #askSection(section: string, uri?: string): Promise<unknown> {
    if (!this.#client.configuration) return this.#pushed[section] ?? null;
    try {
      return (await this.#connection.workspace.getConfiguration({
        ...(uri !== undefined && { scopeUri: uri }),
        section,
      })) as unknown;
    } catch (error) {
      this.logOnce(`The settings could not be read, so Drydock uses the defaults: ${String(error)}`);
      return null;
    }
  }

  refreshDiagnostics(): void {
    if (this.#client.refreshDiagnostics) {
      this.#connection.languages.diagnostics
        .refresh()
        .catch((error: unknown) => this.log(`Diagnostics could not be refreshed: ${String(error)}`));
    }
  }

  refreshLenses(): void {
    if (this.#client.refreshLenses) {
      this.#connection
        .sendRequest(CodeLensRefreshRequest.type)
        .catch((error: unknown) => this.log(`Code lenses could not be refreshed: ${String(error)}`));
    }
  }

  log(message: string): void {
    this.#connection.console.log(message);
  }

  /** Logs each message once. @returns whether it was new */
  logOnce(message: string): boolean {
    if (this.#told.has(message)) return false;
    this.#told.add(message);
    this.#connection.console.warn(message);
    return true;
  }

  /** Logs a bug of ours once. @param what the part that failed; it starts the sentence */
  bug(what: string, error: unknown): void {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logOnce(`${what} failed, which is a bug in Drydock: ${said}`);
  }

  /** Only in answer to an action of the user. */
  showError(message: string): void {
    this.#show(MessageType.Error, message);
  }

  /** Only in answer to an action of the user that succeeded. */
  showWarning(message: string): void {
    this.#show(MessageType.Warning, message);
  }

  /** Only in answer to an action of the user. */
  showInformation(message: string): void {
    this.#show(MessageType.Info, message);
  }

  #show(type: MessageType, message: string): void {
    // The notification: the library's showErrorMessage is a request, which a client may not answer.
    this.#connection
      .sendNotification(ShowMessageNotification.type, { type, message })
      .catch((error: unknown) => this.log(String(error)));
  }

  status(params: StatusParams): void {
    this.#notify(toClient.status, params);
  }

  #notify<P extends object>({ method }: Notification<P>, params: P): void {
    this.#connection.sendNotification(method, params).catch((error: unknown) => this.log(String(error)));
  }
}
