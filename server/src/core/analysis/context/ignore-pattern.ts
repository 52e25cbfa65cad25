// One pattern of an ignore file, matched by hand as moby's patternmatcher matches it: no regular expression is made of
// it, so no pattern can take longer than its length times that of the path.
import { lastNotAfter } from '../../text/search';

/** What one character of a path may be. The others stand for any number of characters. */
type Token =
  | { readonly kind: 'character'; readonly code: number }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [number, number])[];
    }
  /** `?`: any but a slash. */
  | { readonly kind: 'one' }
  /** `^`, which the builder does not escape: the start of the path. */
  | { readonly kind: 'start' }
  /** `*`: any number of characters without a slash. */
  | { readonly kind: 'star' }
  /** `**` in the middle: any number of whole folders, even none. */
  | { readonly kind: 'folders' }
  /** `**` at the end, and what amounts to it: everything. */
  | { readonly kind: 'rest' };

/** Relative to the root, with forward slashes. */
export interface Path {
  readonly text: string;
  /** Its characters as numbers. */
  readonly codes: readonly number[];
}

/** Whether a path, or a folder above it, matches. */
export type PathTest = (path: Path) => boolean;

const slash = 47;

/**
 * @param pattern cleaned, without an exclamation mark
 * @returns undefined if the builder refuses the pattern
 */
export function readPattern(pattern: string): PathTest | undefined {
  if (!/[*?\\[\]]/.test(pattern)) {
    const below = `${pattern}/`;
    return ({ text }) => text === pattern || text.startsWith(below);
  }
  const suffix = pattern.slice(2);
  if (pattern.startsWith('**') && !/[*?\\[\]]/.test(suffix)) {
    // `**name` is the end of any name, `**/name` a whole one.
    const end = `${suffix}/`;
    return suffix.startsWith('/')
      ? ({ text }) => `/${text}/`.includes(end)
      : ({ text }) => `${text}/`.includes(end);
  }
  const tokens = readTokens(pattern);
  if (!tokens) return undefined;
  const matches = matcherOf(tokens);
  return ({ codes }) => matches(codes);
}

/** @returns undefined for what Go's path matching does not accept: an open class or escape, an empty or reversed range */
function readTokens(pattern: string): readonly Token[] | undefined {
  const characters = Array.from(pattern);
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    switch (character) {
      case '*': {
        if (characters[at + 1] !== '*') {
          addRepeat(tokens, 'star');
          break;
        }
        at += characters[at + 2] === '/' ? 2 : 1;
        addRepeat(tokens, at === characters.length - 1 ? 'rest' : 'folders');
        break;
      }
      case '[': {
        const read = readClass(characters, at + 1);
        if (!read) return undefined;
        tokens.push(read.token);
        at = read.end;
        break;
      }
      case '\\': {
        at += 1;
        const escaped = characters[at];
        if (escaped === undefined) return undefined;
        tokens.push({ kind: 'character', code: codeOf(escaped) });
        break;
      }
      case '?':
        tokens.push({ kind: 'one' });
        break;
      case '^':
        tokens.push({ kind: 'start' });
        break;
      default:
        tokens.push({ kind: 'character', code: codeOf(character) });
    }
  }
  return tokens;
}

/**
 * Adds what stands for any number of characters. Of several in a row at most two are left, so that the states that are
 * reached without a character stay few: `*` and `**` behind `**` make everything possible.
 */
function addRepeat(tokens: Token[], kind: 'star' | 'folders' | 'rest'): void {
  const last = tokens.at(-1)?.kind;
  if (last === 'rest' || last === kind) return;
  if (last === 'folders') tokens[tokens.length - 1] = { kind: 'rest' };
  else tokens.push({ kind });
  const [before, now] = tokens.slice(-2);
  if (now?.kind === 'rest' && (before?.kind === 'star' || before?.kind === 'folders')) tokens.splice(-2, 1);
}

/** @param at behind the bracket @returns the token and the place of the closing bracket */
function readClass(
  characters: readonly string[],
  at: number,
): { readonly token: Token; readonly end: number } | undefined {
  const negated = characters[at] === '^';
  const ranges: [number, number][] = [];
  let place = negated ? at + 1 : at;
  const read = (): number | undefined => {
    const character = characters[place];
    if (character === undefined || character === '-' || character === ']') return undefined;
    if (character === '\\') place += 1;
    const code = characters[place];
    place += 1;
    return code === undefined ? undefined : codeOf(code);
  };
  while (characters[place] !== ']' || ranges.length === 0) {
    const from = read();
    if (from === undefined) return undefined;
    let to: number | undefined = from;
    if (characters[place] === '-') {
      place += 1;
      to = read();
    }
    if (to === undefined || to < from) return undefined;
    ranges.push([from, to]);
  }
  return { token: { kind: 'class', negated, ranges: merged(ranges) }, end: place };
}

/** Sorted ranges without overlap. */
function merged(ranges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

function isIn(ranges: readonly (readonly [number, number])[], code: number): boolean {
  const range = ranges[lastNotAfter(ranges, ([from]) => from <= code)];
  return range !== undefined && code <= range[1];
}

export function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * Follows all ways through the pattern at once. A state is twice the place of its token, and one more inside `folders`.
 */
function matcherOf(tokens: readonly Token[]): (codes: readonly number[]) => boolean {
  const end = tokens.length * 2;
  // For each state, the step in which it was entered last. Steps go on counting, so that nothing has to be cleared.
  const entered = new Float64Array(end + 1).fill(-1);
  let step = 0;
  let now: number[] = [];
  let next: number[] = [];
  const add = (state: number): boolean => {
    if (entered[state] === step) return false;
    entered[state] = step;
    next.push(state);
    return true;
  };
  /** Enters a token, and those behind it that are reached without a character. */
  const enter = (token: number, atStart: boolean): void => {
    for (let place = token; add(place * 2); place += 1) {
      const kind = tokens[place]?.kind;
      if (kind === 'star' || kind === 'folders' || kind === 'rest' || (kind === 'start' && atStart)) continue;
      return;
    }
  };
  return (codes) => {
    step += 1;
    next = [];
    enter(0, true);
    for (const [at, code] of codes.entries()) {
      if (next.length === 0) return false;
      // A folder that matches takes all that is in it.
      if (code === slash && at > 0 && entered[end] === step) return true;
      now = next;
      next = [];
      step += 1;
      for (const state of now) {
        const place = state >> 1;
        const token = tokens[place];
        if (!token || !takes(token, code)) continue;
        if (token.kind === 'folders') {
          add(place * 2 + 1);
          if (code === slash) enter(place + 1, false);
        } else enter(token.kind === 'star' || token.kind === 'rest' ? place : place + 1, false);
      }
    }
    return entered[end] === step;
  };
}

/** Whether a token may stand for a character. */
function takes(token: Token, code: number): boolean {
  switch (token.kind) {
    case 'character':
      return token.code === code;
    case 'class':
      return isIn(token.ranges, code) !== token.negated;
    case 'one':
    case 'star':
      return code !== slash;
    case 'folders':
    case 'rest':
      return true;
    case 'start':
      return false;
  }
}
