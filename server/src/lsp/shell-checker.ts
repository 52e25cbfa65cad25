// ShellCheck for the editor: answers at once from what is known, and asks for the rest when the user stops typing. Starts
// nothing before the workspace is trusted.
import type { AskShellCheck } from '../core/analysis/shellcheck/answers';
import type { ShellBody } from '../core/analysis/shellcheck/shell-body';
import { findShellCheck, shellCheckInEnvironment } from '../io/shellcheck/find-shellcheck';
import type { FoundLinter } from '../io/shellcheck/find-shellcheck';
import { KnownAnswers } from '../io/shellcheck/known-answers';
import { askSoon } from '../io/shellcheck/run-shellcheck';
import { thisMachine } from '../io/processes/machine';

/** Absolute paths of tools, by their ids. */
export type ToolPaths = Readonly<Partial<Record<string, string>>>;

export interface ShellCheckerOptions {
  readonly trusted: boolean;
  /** Absolute paths of tools from the settings. */
  readonly askPaths: () => Promise<ToolPaths>;
  /** Told when more is known about a document than before. */
  readonly onAnswers: (uri: string) => void;
  readonly log: (sentence: string) => void;
}

/** Milliseconds after the last change. */
const pause = 300;

export class ShellChecker {
  readonly #options: ShellCheckerOptions;
  readonly #known = new KnownAnswers();
  /** What is not known, by document, as it was last read. */
  readonly #wanted = new Map<string, readonly ShellBody[]>();
  readonly #end = new AbortController();
  #recording: ShellBody[] | undefined;
  #trusted: boolean;
  #linter: Promise<FoundLinter | undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(options: ShellCheckerOptions) {
    this.#options = options;
    this.#trusted = options.trusted;
  }

  trust(): void {
    this.#trusted = true;
  }

  /** What is known now. */
  readonly ask: AskShellCheck = (bodies) =>
    bodies.map((body) => {
      const answer = this.#known.get(body);
      if (!answer) this.#recording?.push(body);
      return answer && 'problem' in answer ? undefined : answer;
    });

  /** Reads a document; what it asks in vain is asked of ShellCheck soon, and what its former text wanted is not. */
  during<T>(uri: string, read: () => T): T {
    this.#recording = [];
    try {
      return read();
    } finally {
      if (this.#recording.length > 0) this.#wanted.set(uri, this.#recording);
      else this.#wanted.delete(uri);
      this.#recording = undefined;
      if (this.#wanted.size > 0) this.#schedule();
    }
  }

  close(uri: string): void {
    this.#wanted.delete(uri);
  }

  /** Looks for the program again when next needed. */
  forget(): void {
    this.#linter = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
  }

  #schedule(): void {
    if (!this.#trusted || shellCheckInEnvironment() === 'off' || this.#end.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#run().catch((error: unknown) => this.#options.log(`ShellCheck failed: ${String(error)}`));
    }, pause);
  }

  async #run(): Promise<void> {
    // The end of that run asks for what is left.
    if (this.#running) return;
    this.#running = true;
    try {
      const machine = thisMachine();
      this.#linter ??= this.#options.askPaths().then((paths) => findShellCheck(paths, machine));
      const linter = await this.#linter;
      const wanted = [...this.#wanted];
      this.#wanted.clear();
      if (!linter) return;
      const bodies = wanted.flatMap(([, list]) => list);
      await askSoon(linter, bodies, this.#known, machine.runner, this.#end.signal);
      this.#tellProblems(bodies);
      for (const [uri] of wanted) if (!this.#end.signal.aborted) this.#options.onAnswers(uri);
    } finally {
      this.#running = false;
      if (this.#wanted.size > 0) this.#schedule();
    }
  }

  #tellProblems(bodies: readonly ShellBody[]): void {
    for (const body of bodies) {
      const answer = this.#known.get(body);
      if (answer && 'problem' in answer)
        this.#options.log(`ShellCheck did not check a shell script: ${answer.problem}`);
    }
  }
}
