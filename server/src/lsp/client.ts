// Every call from the server to the client, with its rules: nothing here is awaited by a handler but the
// settings, since a client may be waiting for that handler's answer itself.
import { MessageType, ShowMessageNotification } from './library';
import type { Connection } from 'vscode-languageserver/node';
import { isRecord } from '../core/text/record';
import { sourceName, toClient } from '../protocol';
import type { Notification, StatusParams } from '../protocol';
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

  /** Settings of a client that cannot be asked: what it sends is all there is. */
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
      this.logOnce(`The settings could not be read, so the defaults hold: ${String(error)}`);
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

  log(message: string): void {
    this.#connection.console.log(message);
  }

  /** The same cause is told once. */
  logOnce(message: string): boolean {
    if (this.#told.has(message)) return false;
    this.#told.add(message);
    this.#connection.console.warn(message);
    return true;
  }

  /** Something of ours failed and cost only itself; the same failure is told once. @param what starts the sentence */
  bug(what: string, error: unknown): void {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logOnce(`${what} failed, which is a bug of Drydock: ${said}`);
  }

  /** In answer to something the user did, never unasked. */
  showError(message: string): void {
    this.#show(MessageType.Error, message);
  }

  /** In answer to something the user did that went well all the same. */
  showWarning(message: string): void {
    this.#show(MessageType.Warning, message);
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
