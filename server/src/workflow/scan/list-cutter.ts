// Reads a long JSON text as it comes: the entries of chosen lists are handed over one by one and forgotten, and what is
// left over is small. So neither the text nor a tree of it is ever held as a whole, and no part takes long.

/** The way to a list: keys from the outside in, `*` for every entry of a list. */
export type ListPath = readonly string[];

/** Takes one entry. @param at positions in the lists on the way that `*` stands for, then that of the entry */
export type TakeEntry = (entry: unknown, at: readonly number[], path: ListPath) => void;

/** In characters. No scanner writes a longer entry, or as much beside the lists. */
const mostKept = 20_000_000;

/** Levels within each other. Nobody writes more, and each is kept. */
const deepest = 500;

interface Level {
  readonly isList: boolean;
  /** The key of the value that is read now; in a list `*`. */
  key: string;
  position: number;
  /** Of the list that this level is, if its entries are handed over. */
  readonly cut: ListPath | undefined;
}

const [quote, comma, colon] = [0x22, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

export class ListCutter {
  readonly #paths: readonly ListPath[];
  readonly #take: TakeEntry;
  readonly #levels: Level[] = [];
  #rest = '';
  #entry = '';
  /** Open brackets inside the entry that is read. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  #lastString = '';
  #stringStart = -1;
  #broken: string | undefined;

  constructor(paths: readonly ListPath[], take: TakeEntry) {
    this.#paths = paths;
    this.#take = take;
  }

  /** @param text any part of the whole */
  push(text: string): void {
    if (this.#broken !== undefined) return;
    let start = 0;
    let [nextQuote, nextSlash] = [-1, -1];
    this.#stringStart = this.#inString ? 0 : -1;
    const keep = (end: number): void => {
      if (this.#isCutting()) this.#entry += text.slice(start, end);
      else this.#rest += text.slice(start, end);
      start = end;
    };
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#inString) {
        // Most of a report is text, so its ends are searched, each place once.
        if (this.#escaped) {
          this.#escaped = false;
          continue;
        }
        if (nextSlash < at) nextSlash = placeOf('\\', text, at);
        if (nextQuote < at) nextQuote = placeOf('"', text, at);
        at = Math.min(nextSlash, nextQuote);
        this.#escaped = nextSlash < nextQuote;
        if (nextQuote < nextSlash) this.#endString(text, at);
      } else if (code === quote) this.#startString(at);
      else if (isSign(code)) {
        if (this.#takeSign(code, at, keep)) start = at + 1;
        if (this.#broken !== undefined) return;
      }
    }
    if (this.#inString)
      this.#lastString = this.#isCutting() ? '' : this.#lastString + text.slice(this.#stringStart);
    keep(text.length);
    if (this.#entry.length > mostKept || this.#rest.length > mostKept)
      this.#broken = 'a part of it is too long';
  }

  /** @returns what was read, with every list that was handed over empty */
  end(): { readonly root: unknown } | { readonly unreadable: string } {
    if (this.#broken !== undefined) return { unreadable: this.#broken };
    if (this.#rest.trim() === '') return { unreadable: 'it is empty' };
    try {
      return { root: JSON.parse(this.#rest) as unknown };
    } catch {
      // What the parser says names places in a text that nobody sees.
      return { unreadable: 'it is not JSON' };
    }
  }

  #isCutting(): boolean {
    return this.#levels.at(-1)?.cut !== undefined;
  }

  #startString(at: number): void {
    this.#inString = true;
    this.#stringStart = at + 1;
    this.#lastString = '';
  }

  #endString(text: string, at: number): void {
    this.#inString = false;
    if (!this.#isCutting()) this.#lastString += text.slice(this.#stringStart, at);
  }

  /** @returns whether the sign is dropped: it parts two entries that were handed over */
  #takeSign(code: number, at: number, keep: (end: number) => void): boolean {
    const level = this.#levels.at(-1);
    if (level?.cut) return this.#takeInside(code, at, level, keep);
    switch (code) {
      case openList:
      case openObject:
        keep(at + 1);
        this.#open(code === openList);
        return false;
      case closeList:
      case closeObject:
        this.#levels.pop();
        return false;
      case colon:
        if (level && !level.isList) level.key = this.#lastString;
        return false;
      default:
        if (level?.isList) level.position += 1;
        return false;
    }
  }

  #open(isList: boolean): void {
    if (this.#levels.length > deepest) {
      this.#broken = `it has more than ${deepest} levels`;
      return;
    }
    const way = this.#levels.map(({ key }) => key);
    const cut = isList
      ? this.#paths.find((path) => path.length === way.length && path.every((key, at) => key === way[at]))
      : undefined;
    this.#levels.push({ isList, key: isList ? '*' : '', position: 0, cut });
  }

  #takeInside(code: number, at: number, level: Level, keep: (end: number) => void): boolean {
    if (code === openList || code === openObject) this.#depth += 1;
    else if (this.#depth > 0) {
      if (code === closeList || code === closeObject) this.#depth -= 1;
    } else if (code === comma || code === closeList) {
      keep(at);
      this.#handOver(level, code);
      if (code === comma) return true;
      this.#levels.pop();
    } else if (code === closeObject) this.#broken = 'it is not JSON';
    return false;
  }

  #handOver(level: Level, code: number): void {
    const text = this.#entry;
    this.#entry = '';
    const isEmptyList = code === closeList && level.position === 0 && text.trim() === '';
    if (isEmptyList) return;
    try {
      const entry: unknown = JSON.parse(text);
      const positions = this.#levels.filter(({ isList }) => isList).map(({ position }) => position);
      if (level.cut) this.#take(entry, positions, level.cut);
    } catch (error) {
      this.#broken = error instanceof SyntaxError ? 'it is not JSON' : String(error);
    }
    level.position += 1;
  }
}

/** @returns the length of the text when there is none */
function placeOf(sign: string, text: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? text.length : found;
}

function isSign(code: number): boolean {
  return (
    code === comma ||
    code === colon ||
    code === openList ||
    code === closeList ||
    code === openObject ||
    code === closeObject
  );
}
