// What an answer is converted for.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../capabilities';

export interface Page {
  readonly document: TextDocument;
  readonly client: Client;
  /** See Context. */
  readonly hasClientCommands?: boolean;
}
