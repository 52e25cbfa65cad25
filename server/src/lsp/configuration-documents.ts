// The configuration files that are open in the editor: what is wrong in their text is marked, saved or not, also while no
// Dockerfile is open. They are no Dockerfiles, so nothing else is asked about them.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { problemsInText } from '../io/surroundings/configuration-files';
import { namedRules } from '../linter';
import { hadolintConfiguration, namesConfiguration, ownConfiguration } from '../protocol/names';
import type { ConfigurationProblems } from './configuration-problems';
import {
  BulkRegistration,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  TextDocumentSyncKind,
} from './library';
import type { Session } from './session';

/** Globs of configuration files, wherever they are. */
export const configurationPatterns: readonly string[] = [...ownConfiguration, ...hadolintConfiguration].map(
  (name) => `**/${name}`,
);

/** Asks the client to tell of configuration files too. It asks nothing about them: features are for Dockerfiles. */
export function configurationSync(): BulkRegistration {
  const documentSelector = configurationPatterns.map((pattern) => ({ pattern }));
  const bulk = BulkRegistration.create();
  bulk.add(DidOpenTextDocumentNotification.type, { documentSelector });
  bulk.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  bulk.add(DidSaveTextDocumentNotification.type, { documentSelector, includeText: false });
  bulk.add(DidCloseTextDocumentNotification.type, { documentSelector });
  return bulk;
}

interface Options {
  /** Every open document, by its URI. */
  readonly documents: { get(uri: string): TextDocument | undefined; keys(): string[] };
  readonly session: Pick<Session, 'pathOf' | 'settingsFor'>;
  readonly problems: Pick<ConfigurationProblems, 'setOpen' | 'close'>;
}

export class ConfigurationDocuments {
  readonly #options: Options;
  /** Whether Drydock is on for them, by URI: asked once, until settings change. */
  readonly #enabled = new Map<string, Promise<boolean>>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Marks what is wrong in the text of an open document as it is now, and takes back what is not any more. */
  async check(uri: string): Promise<void> {
    const { documents, session, problems } = this.#options;
    const asked = this.#enabled.get(uri) ?? session.settingsFor(uri).then(({ enable }) => enable);
    this.#enabled.set(uri, asked);
    const isEnabled = await asked;
    // Look it up after waiting: it may be closed.
    const text = documents.get(uri)?.getText();
    if (text === undefined) return;
    const path = session.pathOf(uri) ?? uri;
    problems.setOpen(uri, path, isEnabled ? problemsInText(path, text, namedRules) : []);
  }

  /** After the settings have changed. */
  async checkAll(): Promise<void> {
    this.#enabled.clear();
    const open = this.#options.documents.keys().filter(namesConfiguration);
    await Promise.all(open.map((uri) => this.check(uri)));
  }

  /** From now on what is on the disk counts. */
  close(uri: string): void {
    this.#enabled.delete(uri);
    this.#options.problems.close(uri);
  }
}
