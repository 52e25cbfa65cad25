// ShellCheck for the command line: asks when a rule needs an answer, and waits for it.
import type { AskShellCheck } from '../../core/analysis/shellcheck/answers';
import type { ShellBody } from '../../core/analysis/shellcheck/shell-body';
import type { FoundTool } from '../../workflow/tool';
import { linterOf } from './find-shellcheck';
import type { FoundLinter } from './find-shellcheck';
import { KnownAnswers } from './known-answers';
import { askNow } from './run-shellcheck';

/** A script that could not be read. */
interface Unread {
  /** Of the program. */
  readonly path: string;
  /** Without a full stop. */
  readonly message: string;
}

export class ShellChecks {
  readonly #found: FoundTool;
  readonly #linter: FoundLinter | undefined;
  readonly #known = new KnownAnswers();
  readonly #problems = new Set<string>();

  constructor(found: FoundTool) {
    this.#found = found;
    this.#linter = linterOf(found);
  }

  /** Asks about scripts that somebody will soon need. */
  learn(bodies: Iterable<ShellBody>): void {
    if (this.#linter) askNow(this.#linter, bodies, this.#known);
  }

  readonly ask: AskShellCheck = (bodies) => {
    this.learn(bodies);
    return bodies.map((body) => {
      const answer = this.#known.get(body);
      if (!answer || !('problem' in answer)) return answer;
      this.#problems.add(answer.problem);
      return undefined;
    });
  };

  /** Why scripts could not be read that somebody has asked for since the last call. */
  takeProblems(): readonly Unread[] {
    const taken = [...this.#problems].map((problem) => ({
      path: this.#found.program,
      message: `A shell script was not checked: ${problem}`,
    }));
    this.#problems.clear();
    return taken;
  }
}
