// The open documents with one analysis each, made on demand and kept until text, settings or the files
// around change. Every handler reads this; nobody else parses.
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Facts } from '../core/lint/facts';
import { noFacts } from '../core/lint/facts';
import type { Config } from '../core/lint/config';
import type { LintResult } from '../core/lint/run';
import { parse } from '../core/syntax/parse';
import { findBuildContext } from '../io/build-context';
import type { BuildContext } from '../io/build-context';
import { findConfig } from '../io/configuration-files';
import type { FoundConfig } from '../io/configuration-files';
import { fixAll, lint, rules } from '../linter';
import type { FixAllOptions, FixAllResult } from '../core/lint/fix';
import { readSettings } from './settings';
import type { ServerSettings } from './settings';

export interface Analysis {
  readonly document: TextDocument;
  readonly version: number;
  /** What was read: clients may begin at the same version again, or go back to one. */
  readonly text: string;
  readonly settings: ServerSettings;
  readonly config: Config;
  readonly facts: Facts;
  /** Folder of the build context, when it is known. */
  readonly contextFolder: string | undefined;
  readonly result: LintResult;
  /** Changes whenever the findings may have, and stands for no other text, document or run of the server. */
  readonly id: string;
  readonly revision: number;
}

/** What belongs to a document but not to its text: read once, forgotten by `forget`. */
interface Surroundings {
  readonly settings: ServerSettings;
  readonly found: FoundConfig | undefined;
  readonly context: BuildContext | undefined;
}

export interface SessionOptions {
  /** The open document; undefined once it is closed. */
  readonly document: (uri: string) => TextDocument | undefined;
  /** Section `drydock` for a document, or for the window, as the client gives it. */
  readonly askSettings: (uri?: string) => Promise<unknown>;
  /** Folders of the workspace, absolute paths. */
  readonly folders: readonly string[];
  readonly onFailure: (ruleId: string, error: unknown) => void;
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
  readonly #surroundings = new Map<string, Promise<Surroundings>>();
  readonly #analyses = new Map<string, Analysis>();
  /** Stands for this run: clients may show us ids of one before. */
  readonly #run = randomBytes(6).toString('hex');
  #count = 0;
  #revision = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The analysis of the document as it is now; undefined when it is not open or Drydock is off for it. */
  async analysis(uri: string): Promise<Analysis | undefined> {
    const surroundings = await this.#around(uri);
    return surroundings?.settings.enable ? this.#analyse(uri, surroundings) : undefined;
  }

  /** The same for what the user asks for by name, such as a build: also where Drydock is off. */
  async analysisForCommand(uri: string): Promise<Analysis | undefined> {
    const surroundings = await this.#around(uri);
    return surroundings && this.#analyse(uri, surroundings);
  }

  #analyse(uri: string, { settings, found, context }: Surroundings): Analysis | undefined {
    // Looked up after waiting: the text may have moved on, or the document may be closed.
    const document = this.#options.document(uri);
    if (!document) return undefined;
    const text = document.getText();
    const known = this.#analyses.get(uri);
    if (
      known?.document === document &&
      known.version === document.version &&
      known.text === text &&
      known.revision === this.#revision
    )
      return known;
    const config = found?.config ?? settings.config;
    const facts: Facts = context ? { context: context.facts } : noFacts;
    const result = lint(text, config, facts);
    for (const { ruleId, error } of result.failures) this.#options.onFailure(ruleId, error);
    const analysis: Analysis = {
      document,
      version: document.version,
      text,
      settings,
      config,
      facts,
      result,
      contextFolder: context?.folder,
      id: `${this.#run}.${(this.#count += 1)}`,
      revision: this.#revision,
    };
    this.#analyses.set(uri, analysis);
    return analysis;
  }

  fixAll(analysis: Analysis, options: FixAllOptions): FixAllResult {
    const fixed = fixAll(analysis.document.getText(), analysis.config, analysis.facts, options);
    for (const ruleId of fixed.rejected)
      this.#options.onFailure(ruleId, new Error('a fix of this rule broke the file or never settled'));
    return fixed;
  }

  settings(uri: string): Promise<ServerSettings | undefined> {
    return this.#around(uri).then((surroundings) => surroundings?.settings);
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

  /** Settings or files around have changed: read them anew when next needed. @param uri one document, else all */
  forget(uri?: string): void {
    this.#revision += 1;
    if (uri === undefined) this.#surroundings.clear();
    else this.#surroundings.delete(uri);
  }

  close(uri: string): void {
    this.#surroundings.delete(uri);
    this.#analyses.delete(uri);
  }

  #around(uri: string): Promise<Surroundings | undefined> {
    if (!this.#options.document(uri)) return Promise.resolve(undefined);
    const known = this.#surroundings.get(uri);
    if (known) return known;
    const asked = this.#options.askSettings(uri).then((raw) => this.#read(uri, readSettings(raw)));
    this.#surroundings.set(uri, asked);
    asked.catch(() => this.#surroundings.delete(uri));
    return asked;
  }

  #read(uri: string, settings: ServerSettings): Surroundings {
    for (const message of settings.problems) this.#options.onProblem(message);
    const path = this.pathOf(uri);
    const document = this.#options.document(uri);
    if (path === undefined || !document) return { settings, found: undefined, context: undefined };
    const root = this.folderOf(path);
    const found = findConfig(dirname(path), root, rules, settings.config);
    for (const problem of found.problems) this.#options.onProblem(`${problem.path}: ${problem.message}`);
    return { settings, found, context: findBuildContext(path, parse(document.getText()), root) };
  }
}
