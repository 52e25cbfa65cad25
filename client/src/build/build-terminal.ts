// The terminal of one build: shows the command and its output. It also reads the output, because no problem matcher can
// place a failure if the engine does not print its line.
import * as vscode from 'vscode';
import type { BuildEnd } from '../../../server/src/workflow/build/build-run';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Outcome, Printed, Run, Runner } from '../../../server/src/workflow/run';
import { watched } from '../../../server/src/workflow/runners';

const { t } = vscode.l10n;

/** What to run, and where. Undefined: there is no build, and the user knows why. */
export type Prepared =
  { readonly run: Run<BuildEnd, Printed>; readonly folder: string; readonly runner: Runner } | undefined;

/** Runs in a terminal: shows the command first, then what it prints. */
export function terminalRunner(runner: Runner, write: (text: string) => void): Runner {
  return watched(runner, {
    onStart: (command) => write(`\u001b[2m${command}\u001b[0m\n\n`),
    onPrinted: ({ text }) => write(text),
  });
}

export class BuildTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number>();
  readonly #cancel = new AbortController();
  readonly #prepare: () => Promise<Prepared>;
  readonly #onEnd: (outcome: Outcome<BuildEnd>) => Promise<readonly string[]>;

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  /**
   * @param prepare finds the engine and everything else that takes time
   * @param onEnd is told once; what it returns is printed below the output
   */
  constructor(
    prepare: () => Promise<Prepared>,
    onEnd: (outcome: Outcome<BuildEnd>) => Promise<readonly string[]>,
  ) {
    this.#prepare = prepare;
    this.#onEnd = onEnd;
  }

  open(): void {
    this.#build().catch((error: unknown) => {
      this.#print(`${String(error)}\n`);
      this.#close.fire(1);
    });
  }

  /** The user closed the terminal or ended the task. */
  close(): void {
    this.#cancel.abort();
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#cancel.abort();
  }

  async #build(): Promise<void> {
    const prepared = await this.#prepare();
    const { signal } = this.#cancel;
    if (!prepared || signal.aborted) {
      this.#close.fire(1);
      return;
    }
    const { run, folder } = prepared;
    const runner = terminalRunner(prepared.runner, (text) => this.#print(text));
    const outcome = await runner.run(run, { folder, signal });
    const lines = await this.#onEnd(outcome);
    if (outcome.kind === 'cancelled') this.#print(`\n${t('Cancelled')}\n`);
    else if (outcome.kind !== 'done') this.#print(`${troubleText(outcome, t)}\n`);
    for (const line of lines) this.#print(`${line}\n`);
    this.#close.fire(exitStatus(outcome));
  }

  #print(text: string): void {
    this.#write.fire(text.replace(/\r?\n/g, '\r\n'));
  }
}

function exitStatus(outcome: Outcome<BuildEnd>): number {
  if (outcome.kind !== 'done') return 1;
  return outcome.value.kind === 'built' ? 0 : (outcome.value.exit ?? 1);
}
