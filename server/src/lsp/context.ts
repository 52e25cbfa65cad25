// What every handler gets.
import type { Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Answerer } from './answerer';
import type { Client } from './capabilities';
import type { ClientCalls } from './client';
import type { Packages } from './packages';
import type { RuleReasons } from './rule-reasons';
import type { Session } from './session';
import type { ShellChecker } from './shell-checker';

export interface Context {
  readonly connection: Connection;
  readonly client: Client;
  readonly calls: ClientCalls;
  readonly session: Session;
  readonly answerer: Answerer;
  readonly packages: Packages;
  readonly shell: ShellChecker;
  readonly document: (uri: string) => TextDocument | undefined;
  /** URI of a rule's page. */
  readonly rulePage: (id: string) => string;
  readonly reasons: RuleReasons;
  /** The client has our commands: it sent our initializationOptions. */
  readonly hasClientCommands: boolean;
  /** Documents with a push of diagnostics under way. */
  readonly pending: Set<string>;
}
