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
 * stream, a mark of a section), Jenkins, Buildkite, Cloud Build, `docker compose`, and text that was copied from a chat.
 */
const prefixes: readonly RegExp[] = [
  /^\ufeff/,
  /^[^\t]{1,200}\t[^\t]{1,200}\t(?=\ufeff?\d{4}-\d\d-\d\dT)/,
  /^\[?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?: \d\d[OE][ +])? ?/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?(?: {2}|\t| (?=[#[ ]))/,
  /^##\[(?:group|section|error|warning|command|debug)\]/,
  /^::(?:group|error|warning)(?: [^:]{0,200})?::/,
  /^section_(?:start|end):\d+:[\w.-]*(?:\[[^\]]{0,200}\])?\r?/,
  /^Step #\d+(?: - "[^"]{0,200}")?: /,
  /^[\w.-]{1,60} +\| (?=#\d+ |Step \d+\/| > )/,
];

/** A line as the builder or a command in the build has printed it. @param raw without its end */
export function cleanLine(raw: string): string {
  let line = raw.slice(0, raw.startsWith('{') ? jsonLimit : lineLimit);
  if (line.includes('\u001b') || line.includes('[')) line = line.replace(colours, '');
  line = withoutPrefixes(line.trimEnd());
  const over = line.lastIndexOf('\r');
  if (over < 0) return line;
  // BuildKit's number and time belong to the whole line.
  const step = /^#\d+ \d+\.\d+ /.exec(line)?.[0] ?? '';
  return step + withoutPrefixes(line.slice(over + 1)).replace(/^#\d+ \d+\.\d+ /, '');
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

export class LogLines {
  #partial = '';

  /** @param text any part of a log, cut anywhere @returns the lines that have ended, clean */
  push(text: string): string[] {
    const lines = (this.#partial + text).split('\n');
    const partial = lines.pop() ?? '';
    this.#partial = shortened(partial);
    return lines.map(cleanLine);
  }

  /** @returns the last line if nothing ends it */
  end(): string[] {
    const last = this.#partial;
    this.#partial = '';
    return last === '' ? [] : [cleanLine(last)];
  }
}

function shortened(partial: string): string {
  if (partial.length <= lineLimit || partial.startsWith('{')) return partial.slice(0, jsonLimit);
  // A progress bar writes over its line again and again.
  const over = partial.trimEnd().lastIndexOf('\r');
  return (over < 0 ? partial : partial.slice(over)).slice(0, lineLimit);
}
