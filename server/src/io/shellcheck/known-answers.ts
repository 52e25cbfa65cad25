// What ShellCheck has said, by the text that it read: most scripts of a file stay as they are while people edit it, and
// many files have the same ones.
import { bodyKey } from '../../core/analysis/shellcheck/shell-body';
import type { ShellBody } from '../../core/analysis/shellcheck/shell-body';
import type { ShellComment } from '../../core/analysis/shellcheck/answers';

/** What it said, or why there is no answer, without a full stop. */
export type ShellAnswer = readonly ShellComment[] | { readonly problem: string };

/** Characters of all texts that are kept. */
const keptText = 8_000_000;

export class KnownAnswers {
  /** The last used is the last one. */
  readonly #answers = new Map<string, ShellAnswer>();
  #characters = 0;

  get(body: ShellBody): ShellAnswer | undefined {
    const key = bodyKey(body);
    const answer = this.#answers.get(key);
    if (answer) {
      this.#answers.delete(key);
      this.#answers.set(key, answer);
    }
    return answer;
  }

  set(body: ShellBody, answer: ShellAnswer): void {
    const key = bodyKey(body);
    if (!this.#answers.has(key)) this.#characters += key.length;
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#characters <= keptText) break;
      this.#answers.delete(oldest);
      this.#characters -= oldest.length;
    }
  }

  /** Those that nothing is known of, each once. */
  unknown(bodies: Iterable<ShellBody>): readonly ShellBody[] {
    const found = new Map<string, ShellBody>();
    for (const body of bodies) {
      const key = bodyKey(body);
      if (!this.#answers.has(key)) found.set(key, body);
    }
    return [...found.values()];
  }
}
