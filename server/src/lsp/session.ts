// Keeps one analysis for each open document, made on demand, until its text, settings or surroundings change. Every
// handler reads it, and nobody else parses; service/ does the linting.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Facts } from '../core/lint/facts';
import type { FixAllOptions } from '../core/lint/fix';
import type { LintResult } from '../core/lint/run';
import { nothingAround, readSurroundings } from '../io/surroundings/surroundings';
import type { FileSurroundings } from '../io/surroundings/surroundings';
import { fixFile, lintFile } from '../service/lint-file';
import type { Failure, Fixed, Linted } from '../service/lint-file';
import type { Problems } from './configuration-problems';
import type { ShellChecker } from './shell-checker';
import { readSettings } from './settings';
import type { ServerSettings } from './settings';

export interface Analysis {
  readonly document: TextDocument;
  readonly version: number;
  /** The analysed text: a client may reuse or lower version numbers. */
  readonly text: string;
  readonly settings: ServerSettings;
  readonly surroundings: FileSurroundings;
  readonly result: LintResult;
  /** New whenever the findings may differ; unique across texts, documents and runs of the server. */
  readonly id: string;
}

/** What belongs to a document besides its text: read once, and again after `forget`. */
interface Around {
  readonly settings: ServerSettings;
  readonly surroundings: FileSurroundings;
}

export interface SessionOptions {
  /** The open document; undefined once it is closed. */
  readonly document: (uri: string) => TextDocument | undefined;
  /** Section `drydock` for a document or the window, as the client sends it. */
  readonly askSettings: (uri?: string) => Promise<unknown>;
  /** Folders of the workspace, absolute paths. */
  readonly folders: readonly string[];
  /** The package indexes that were read so far. */
  readonly packages?: Facts['packages'];
  readonly onFailure: (failure: Failure) => void;
  /** Told whenever the surroundings of a document are read, and without problems when it is closed. */
  readonly onProblems: (uri: string, problems: Problems) => void;
  /** Answers for the scripts of the documents. */
  readonly shell?: ShellChecker;
  /** Told after each analysis: the folders that were read may be others. */
  readonly onAnalysis?: (analysis: Analysis) => void;
}

/** Path of a file URI; undefined for another machine (file://host/…) and for impossible paths. */
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
  /** Identifies this run: clients may send ids of an earlier one. */
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

  /** The same for commands such as a build, which also work if Drydock is off. */
  async analysisForCommand(uri: string): Promise<Analysis | undefined> {
    const around = await this.#lookAround(uri);
    return around && this.#analyse(uri, around);
  }

  #analyse(uri: string, { settings, surroundings }: Around): Analysis | undefined {
    // Look it up after waiting: the text may have changed, or the document may be closed.
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
    const lint = (): Linted => lintFile(text, surroundings);
    const { result, failures } = this.#options.shell?.during(uri, lint) ?? lint();
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
    this.#options.onAnalysis?.(analysis);
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

  /** Settings for a document that is no Dockerfile. */
  async settingsFor(uri: string): Promise<ServerSettings> {
    return readSettings(await this.#options.askSettings(uri));
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
   * Reads settings and files around again when next needed. The analyses go too, because each holds only for its
   * surroundings.
   * @param uri one document; without one all
   */
  forget(uri?: string): void {
    if (uri === undefined) this.#around.clear();
    else this.#around.delete(uri);
  }

  /** Analyses the text of a document again when next needed: more is known about its scripts. */
  outdate(uri: string): void {
    this.#analyses.delete(uri);
  }

  /** The open documents whose findings a change of a file may change. @param content only its content changed */
  dependents(path: string, content: boolean): readonly string[] {
    return [...this.#analyses].flatMap(([uri, { surroundings }]) =>
      surroundings.dependsOn(path, content) ? uri : [],
    );
  }

  /** Absolute folders that the surroundings of the open documents were read from. */
  foldersRead(): readonly string[] {
    return [...this.#analyses.values()].flatMap(({ surroundings }) => surroundings.foldersRead());
  }

  close(uri: string): void {
    this.#around.delete(uri);
    this.#analyses.delete(uri);
    this.#options.shell?.close(uri);
    this.#options.onProblems(uri, { settings: [], files: [] });
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
    const found = this.#readAround(uri, settings);
    const files = settings.enable ? found.problems : [];
    this.#options.onProblems(uri, { settings: settings.problems, files });
    return { settings, surroundings: found };
  }

  #readAround(uri: string, settings: ServerSettings): FileSurroundings {
    const path = this.pathOf(uri);
    const document = this.#options.document(uri);
    const { packages, shell } = this.#options;
    const outside = { packages, shellCheck: shell?.ask };
    if (path === undefined || !document) return nothingAround(settings.config, outside);
    const root = this.folderOf(path);
    return readSurroundings(path, document.getText(), {
      base: settings.config,
      configRoot: root,
      contextRoot: root,
      ...outside,
    });
  }
}
