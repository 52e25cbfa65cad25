// Cuts a log into lines as they come, and takes away what is not the builder's: colours, what a progress bar has written
// over, and what CI systems put in front of a line. Linear, and bounded for a line that never ends.

/** Longer lines are cut: nothing that matters comes after this many characters. */
const lineLimit = 8192;
/** A line of JSON (`--progress=rawjson`) holds what a step has printed, and is useless if cut. */
const jsonLimit = 1_000_000;

/** Escape sequences; of some, old docker leaves only what follows the escape character. */
const colours =
  /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b[\]_][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[()][A-Z0-9]|\[(?:9[0-7]|0)m/g;

/**
 * What stands in front of a line: GitHub (`gh run view --log`: job, step; a time; a mark), GitLab (a time with the number of the
 * stream, a mark of a section), Jenkins, TeamCity, Cloud Build, and text that was copied from a chat.
 */
const prefixes: readonly RegExp[] = [
  /^\ufeff/,
  /^[^\t]{1,200}\t[^\t]{1,200}\t(?=\ufeff?\d{4}-\d\d-\d\dT)/,
  /^\[?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?: \d\d[OE](?:[ +]|$)| ?)/,
  /^\[\d\d:\d\d:\d\d\][ WEFi]:\t? *(?:\[[^\]]{1,80}\] ?)?/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?(?: {2}|\t| (?=[#[ ])| ?$)/,
  /^##\[(?:group|section|error|warning|command|debug)\]/,
  /^::(?:group|error|warning)(?: [^:]{0,200})?::/,
  /^section_(?:start|end):\d+:[\w.-]*(?:\[[^\]]{0,200}\])?\r?/,
  /^Step #\d+(?: - "[^"]{0,200}")?:(?: |$)/,
];

/** How the lines begin with which builders tell of their steps. */
const steps =
  /Step \d+\/\d+ : [A-Za-z]|#\d+ (?:\[internal\] |building with )|(?:\[\d+\/\d+\] )?STEP \d+(?:\/\d+)?: [A-Za-z]|INFO\[\d+\] (?:Retrieving|Resolved|Building|RUN |COPY )/;

/** What longer stands in front of a step is a sentence that tells of it. */
const longestPrefix = 120;

/**
 * What a system that no list knows puts in front of every line: learned from the lines that begin a step, and the same but for
 * its numbers in front of the others.
 */
class LearnedPrefix {
  #prefix = '';

  /** @param line without colours @returns what the builder has printed */
  without(line: string): string {
    const at = line.search(steps);
    if (at >= 0 && at <= longestPrefix) this.#prefix = line.slice(0, at);
    return this.#prefix === '' ? line : line.slice(endOfAlike(line, this.#prefix));
  }
}

/** Where in the line ends what is like the prefix; 0 if the line begins otherwise. */
function endOfAlike(line: string, prefix: string): number {
  let at = 0;
  for (let own = 0; own < prefix.length;) {
    if (isDigit(prefix[own]) && isDigit(line[at])) {
      while (isDigit(prefix[own])) own += 1;
      while (isDigit(line[at])) at += 1;
      continue;
    }
    // Blanks at the end are often cut off.
    if (at === line.length && prefix.slice(own).trim() === '') return at;
    if (prefix[own] !== line[at]) return 0;
    own += 1;
    at += 1;
  }
  return at;
}

function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && letter >= '0' && letter <= '9';
}

function withoutPrefixes(text: string): string {
  let line = text;
  // They stand in each other: `job<tab>step<tab>time ##[group]`.
  for (let round = 0; round < 4; round += 1) {
    const before = line;
    for (const prefix of prefixes) line = line.replace(prefix, '');
    if (line === before) break;
  }
  return line;
}

/** @returns the line without what only colours it */
export function withoutColours(line: string): string {
  return line.includes('\u001b') || line.includes('[') ? line.replace(colours, '') : line;
}

export class LogLines {
  #partial = '';
  readonly #learned = new LearnedPrefix();

  /** @param text any part of a log, cut anywhere @returns the lines that have ended, clean */
  push(text: string): string[] {
    const lines = (this.#partial + text).split('\n');
    const partial = lines.pop() ?? '';
    this.#partial = shortened(partial);
    return lines.map((line) => this.#clean(line));
  }

  /** @returns the last line if nothing ends it */
  end(): string[] {
    const last = this.#partial;
    this.#partial = '';
    return last === '' ? [] : [this.#clean(last)];
  }

  /** A line as the builder or a command in the build has printed it. @param raw without its end */
  #clean(raw: string): string {
    // The colours of a text in JSON are written as letters.
    if (raw.startsWith('{')) return raw.slice(0, jsonLimit).trimEnd();
    const whole = withoutColours(raw.slice(0, lineLimit));
    const line = withoutPrefixes(this.#learned.without(whole)).trimEnd();
    const over = line.lastIndexOf('\r');
    if (over < 0) return line;
    // BuildKit's number and time belong to the whole line.
    const step = /^#\d+ \d+\.\d+ /.exec(line)?.[0] ?? '';
    return step + withoutPrefixes(line.slice(over + 1)).replace(/^#\d+ \d+\.\d+ /, '');
  }
}

function shortened(partial: string): string {
  if (partial.length <= lineLimit || partial.startsWith('{')) return partial.slice(0, jsonLimit);
  // A progress bar writes over its line again and again.
  const over = partial.trimEnd().lastIndexOf('\r');
  return (over < 0 ? partial : partial.slice(over)).slice(0, lineLimit);
}
