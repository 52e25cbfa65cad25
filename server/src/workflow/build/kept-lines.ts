// Keeps of what a step prints the last lines, and of those before them the ones that tell of trouble: the cause of a failure
// often stands far above its consequences. Bounded, however much is printed.

const lastLines = 400;
const troubleLines = 120;
const widest = 400;

const trouble =
  /\b(?:errors?|fatal|fail(?:ed|ure|s)?|cannot|can't|could not|couldn't|unable|not found|no such|denied|missing|unsupported|requires?|refus(?:ed|es)|killed|too old|expired|invalid|E:|W:|Err:|ERR!)\b|ERR!|^(?:E|W|Err|fatal):/i;

/** What the builders themselves say between the lines of a step. */
const chatter =
  /^\s*$|^ ?-+>|^-+$|^subprocess exited with status|^time="|^Removing intermediate container |^Cleaning up project directory/;

export class KeptLines {
  #last: string[] = [];
  #trouble: string[] = [];

  push(line: string): void {
    if (chatter.test(line)) return;
    this.#last.push(line.slice(0, widest));
    if (this.#last.length < 2 * lastLines) return;
    const gone = this.#last.slice(0, lastLines);
    this.#last = this.#last.slice(lastLines);
    const room = troubleLines - this.#trouble.length;
    if (room > 0) this.#trouble.push(...gone.filter((line) => trouble.test(line)).slice(0, room));
  }

  /** In order. */
  lines(): readonly string[] {
    return [...this.#trouble, ...this.#last];
  }
}
