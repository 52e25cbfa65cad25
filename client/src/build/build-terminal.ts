// The terminal of one build: starts the engine itself with its argument array, shows what it prints, and reads
// along, since no problem matcher can place a failure whose line the engine does not print.
import * as vscode from 'vscode';
import { asShellText } from '../../../server/src/workflow/build/build-run';
import { BuildOutputParser, type BuildFailure } from '../../../server/src/workflow/build/output-parser';
import { run, type CommandLine, type Exit, type Running } from '../../../server/src/io/spawn-runner';

const { t } = vscode.l10n;

export interface Ended {
  readonly exit: Exit;
  /** Undefined after success and when it was cancelled. */
  readonly failure?: BuildFailure;
}

/** Undefined: the build is called off, and the user knows why. */
export type Prepared = { readonly command: CommandLine; readonly cwd: string } | undefined;

export class BuildTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number>();
  readonly #parser = new BuildOutputParser();
  #running: Running | undefined;
  #closed = false;

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  /**
   * @param prepare finds the engine and everything else that takes time
   * @param onEnd is told once; what it returns is printed below the output
   */
  constructor(
    private readonly prepare: () => Promise<Prepared>,
    private readonly onEnd: (ended: Ended) => Promise<readonly string[]>,
  ) {}

  open(): void {
    this.#build().catch((error: unknown) => {
      this.#print(`${String(error)}\n`);
      this.#close.fire(1);
    });
  }

  /** The user closed the terminal or ended the task. */
  close(): void {
    this.#closed = true;
    this.#running?.cancel();
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#running?.cancel();
  }

  async #build(): Promise<void> {
    const prepared = await this.prepare();
    if (!prepared || this.#closed) {
      this.#close.fire(1);
      return;
    }
    const { command, cwd } = prepared;
    this.#print(`\u001b[2m${asShellText(command)}\u001b[0m\n\n`);
    this.#running = run(command, { cwd }, (text, stream) => {
      this.#parser.push(text, stream);
      this.#print(text);
    });
    const exit = await this.#running.done;
    if (exit.problem !== undefined) this.#print(`${exit.problem}\n`);
    const failed = exit.code !== 0 && !exit.cancelled;
    const lines = await this.onEnd({ exit, ...(failed ? { failure: this.#parser.failure() } : {}) });
    if (exit.cancelled) this.#print(`\n${t('Cancelled')}\n`);
    for (const line of lines) this.#print(`${line}\n`);
    // podman ends with 0 when it is asked to end.
    this.#close.fire(exit.cancelled ? 1 : (exit.code ?? 1));
  }

  #print(text: string): void {
    this.#write.fire(text.replace(/\r?\n/g, '\r\n'));
  }
}
