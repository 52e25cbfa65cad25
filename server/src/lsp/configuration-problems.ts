// What is wrong with the settings and the configuration files of the open documents: as diagnostics in the files
// themselves, for the status item, and in the log. What is repaired goes away.
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

  /** Documents whose surroundings have problems. */
  get documents(): readonly string[] {
    return [...this.#ofDocuments.keys()];
  }

  /** Replaces what was known of a document. @param problems without any, the document is fine or closed */
  set(uri: string, problems: Problems): void {
    if (problems.settings.length + problems.files.length > 0) this.#ofDocuments.set(uri, problems);
    else if (!this.#ofDocuments.delete(uri)) return;
    const all = [...this.#ofDocuments.values()];
    const files = all.flatMap((one) => one.files);
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
    for (const problem of files) {
      const uri = pathToFileURL(problem.path).href;
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
