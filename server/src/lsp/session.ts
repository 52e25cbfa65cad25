// The open documents with one analysis each, made on demand and kept until text, settings or the files
// around change. Every handler reads this; nobody else parses, and linting itself is service/'s.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FixAllOptions } from '../core/lint/fix';
import type { LintResult } from '../core/lint/run';
import { readSurroundings } from '../io/surroundings/surroundings';
import type { FileSurroundings } from '../io/surroundings/surroundings';
import { fixFile, lintFile } from '../service/lint-file';
import type { Failure, Fixed } from '../service/lint-file';
import { noSurroundings } from '../service/surroundings';
import { readSettings } from './settings';
import type { ServerSettings } from './settings';

export interface Analysis {
  readonly document: TextDocument;
  readonly version: number;
  /** What was read: clients may begin at the same version again, or go back to one. */
  readonly text: string;
  readonly settings: ServerSettings;
  readonly surroundings: FileSurroundings;
  readonly result: LintResult;
  /** Changes whenever the findings may have, and stands for no other text, document or run of the server. */
  readonly id: string;
}

/** What belongs to a document but not to its text: read once, and anew after `forget`. */
interface Around {
  readonly settings: ServerSettings;
  readonly surroundings: FileSurroundings;
}

export interface SessionOptions {
  /** The open document; undefined once it is closed. */
  readonly document: (uri: string) => TextDocument | undefined;
  /** Section `drydock` for a document, or for the window, as the client gives it. */
  readonly askSettings: (uri?: string) => Promise<unknown>;
  /** Folders of the workspace, absolute paths. */
  readonly folders: readonly string[];
  readonly onFailure: (failure: Failure) => void;
  readonly onProblem: (message: string) => void;
}

/** Path of a file URI; undefined for one of another machine (file://host/…) and for what no path can be. */
export function pathOfUri(uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

export class Session {
  readonly #options: SessionOptions;
  readonly #around = new Map<string, Promise<Around>>();
  readonly #analyses = new Map<string, Analysis>();
  /** Stands for this run: clients may show us ids of one before. */
  readonly #run = randomBytes(6).toString('hex');
  #count = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The analysis of the document as it is now; undefined when it is not open or Drydock is off for it. */
  async analysis(uri: string): Promise<Analysis | undefined> {
    const around = await this.#lookAround(uri);
    return around?.settings.enable ? this.#analyse(uri, around) : undefined;
  }

  /** The same for what the user asks for by name, such as a build: also where Drydock is off. */
  async analysisForCommand(uri: string): Promise<Analysis | undefined> {
    const around = await this.#lookAround(uri);
    return around && this.#analyse(uri, around);
  }

  #analyse(uri: string, { settings, surroundings }: Around): Analysis | undefined {
    // Looked up after waiting: the text may have moved on, or the document may be closed.
    const document = this.#options.document(uri);
    if (!document) return undefined;
    const text = document.getText();
    const known = this.#analyses.get(uri);
    if (
      known?.document === document &&
      known.version === document.version &&
      known.text === text &&
      known.surroundings === surroundings
    )
      return known;
    const { result, failures } = lintFile(text, surroundings);
    for (const failure of failures) this.#options.onFailure(failure);
    const analysis: Analysis = {
      document,
      version: document.version,
      text,
      settings,
      surroundings,
      result,
      id: `${this.#run}.${(this.#count += 1)}`,
    };
    this.#analyses.set(uri, analysis);
    return analysis;
  }

  fixAll({ document, surroundings }: Analysis, wanted: FixAllOptions): Fixed {
    const fixed = fixFile(document.getText(), surroundings, wanted);
    for (const failure of fixed.failures) this.#options.onFailure(failure);
    return fixed;
  }

  /** Settings that belong to no document. */
  async globalSettings(): Promise<ServerSettings> {
    return readSettings(await this.#options.askSettings());
  }

  /** The file system path of a document; undefined for untitled, virtual and remote ones. */
  pathOf(uri: string): string | undefined {
    return uri.startsWith('file:') ? pathOfUri(uri) : undefined;
  }

  /** The innermost workspace folder a path lies in. */
  folderOf(path: string): string | undefined {
    const inside = this.#options.folders.filter(
      (folder) =>
        path === folder ||
        path.startsWith(folder.replace(/[\\/]?$/, '') + (folder.includes('\\') ? '\\' : '/')),
    );
    return inside.sort((a, b) => b.length - a.length)[0];
  }

  /**
   * Settings or files around have changed: they are read anew when next needed. The analyses go with them, since each
   * is good for the surroundings it was made in alone.
   * @param uri one document; without one all
   */
  forget(uri?: string): void {
    if (uri === undefined) this.#around.clear();
    else this.#around.delete(uri);
  }

  close(uri: string): void {
    this.#around.delete(uri);
    this.#analyses.delete(uri);
  }

  #lookAround(uri: string): Promise<Around | undefined> {
    if (!this.#options.document(uri)) return Promise.resolve(undefined);
    const known = this.#around.get(uri);
    if (known) return known;
    const asked = this.#options.askSettings(uri).then((raw) => this.#read(uri, readSettings(raw)));
    this.#around.set(uri, asked);
    asked.catch(() => this.#around.delete(uri));
    return asked;
  }

  #read(uri: string, settings: ServerSettings): Around {
    for (const message of settings.problems) this.#options.onProblem(message);
    const path = this.pathOf(uri);
    const document = this.#options.document(uri);
    if (path === undefined || !document)
      return { settings, surroundings: { ...noSurroundings(settings.config), contextFolder: undefined } };
    const root = this.folderOf(path);
    const surroundings = readSurroundings(path, document.getText(), {
      base: settings.config,
      configRoot: root,
      contextRoot: root,
    });
    for (const problem of surroundings.problems)
      this.#options.onProblem(`${problem.path}: ${problem.message}`);
    return { settings, surroundings };
  }
}
