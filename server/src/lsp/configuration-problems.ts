// What is wrong with the settings and the configuration files of the open documents: as diagnostics in the files
// themselves, for the status item, and in the log. What is repaired goes away. Of a configuration file that is open
// itself its own text counts, not the one on the disk that the Dockerfiles were read with.
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { FileProblem } from '../io/surroundings/configuration-files';
import { toFileDiagnostic } from './convert/file-diagnostic';

/** What was found when the surroundings of a document were read. */
export interface Problems {
  /** Sentences about settings. */
  readonly settings: readonly string[];
  readonly files: readonly FileProblem[];
}

/** A configuration file that is open itself. */
interface OpenFile {
  /** Absolute, or its URI if it is on no disk. */
  readonly path: string;
  readonly problems: readonly FileProblem[];
}

/** Of all documents together. */
const mostSentences = 50;

interface Tell {
  /** @param uri of a configuration file; an empty list takes all back */
  publish(uri: string, diagnostics: Diagnostic[]): void;
  /** @param sentence is logged if it is new */
  log(sentence: string): void;
  /** The sentences are others now. */
  changed(): void;
}

export class ConfigurationProblems {
  readonly #tell: Tell;
  readonly #ofDocuments = new Map<string, Problems>();
  /** By URI, as the client writes it. */
  readonly #open = new Map<string, OpenFile>();
  /** The diagnostics that were sent last, by URI, as text. */
  readonly #published = new Map<string, string>();
  #sentences: readonly string[] = [];

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** For the status item, each once. */
  get sentences(): readonly string[] {
    return this.#sentences;
  }

  /** Dockerfiles whose surroundings have problems. */
  get documents(): readonly string[] {
    return [...this.#ofDocuments.keys()];
  }

  /** Replaces what was known of a Dockerfile. @param problems without any, the document is fine or closed */
  set(uri: string, problems: Problems): void {
    if (problems.settings.length + problems.files.length > 0) this.#ofDocuments.set(uri, problems);
    else if (!this.#ofDocuments.delete(uri)) return;
    this.#tellAll();
  }

  /**
   * Replaces what was known of a configuration file that is open.
   * @param path absolute, or its URI if it is on no disk
   */
  setOpen(uri: string, path: string, problems: readonly FileProblem[]): void {
    this.#open.set(uri, { path, problems });
    this.#tellAll();
  }

  /** A configuration file is closed: what its Dockerfiles were read with counts again. */
  close(uri: string): void {
    if (this.#open.delete(uri)) this.#tellAll();
  }

  #tellAll(): void {
    const all = [...this.#ofDocuments.values()];
    const open = [...this.#open.values()];
    const openPaths = new Set(open.map(({ path }) => path));
    const read = all.flatMap((one) => one.files).filter(({ path }) => !openPaths.has(path));
    const files = [...read, ...open.flatMap(({ problems }) => problems)];
    this.#publish(files);
    const sentences = [
      ...new Set([
        ...all.flatMap(({ settings }) => settings),
        ...files.map(({ path, message }) => `${path}: ${message}`),
      ]),
    ].slice(0, mostSentences);
    for (const sentence of sentences) this.#tell.log(sentence);
    if (sentences.join('\n') === this.#sentences.join('\n')) return;
    this.#sentences = sentences;
    this.#tell.changed();
  }

  #publish(files: readonly FileProblem[]): void {
    const byUri = new Map<string, Map<string, Diagnostic>>();
    const openUris = new Map([...this.#open].map(([uri, { path }]) => [path, uri]));
    for (const problem of files) {
      const uri = openUris.get(problem.path) ?? pathToFileURL(problem.path).href;
      const known = byUri.get(uri) ?? new Map<string, Diagnostic>();
      // Many documents share a configuration.
      known.set(`${problem.at?.start} ${problem.message}`, toFileDiagnostic(problem));
      byUri.set(uri, known);
    }
    for (const uri of new Set([...this.#published.keys(), ...byUri.keys()])) {
      const diagnostics = [...(byUri.get(uri)?.values() ?? [])];
      const text = JSON.stringify(diagnostics);
      if (this.#published.get(uri) === text) continue;
      if (diagnostics.length > 0) this.#published.set(uri, text);
      else this.#published.delete(uri);
      this.#tell.publish(uri, diagnostics);
    }
  }
}
