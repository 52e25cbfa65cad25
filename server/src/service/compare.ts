// Tells which findings of a file were there before a change, which are new and which are gone. Moved lines, another layout
// and renamed files change nothing; a copy of a problem is a new problem.
import { commonLines } from '../core/text/diff';
import { identitiesOf, unitsOf, withoutLayout } from './identity';
import type { Identity, Unit } from './identity';
import type { Linted } from './lint-file';

export interface Compared {
  /** Positions among the findings of now that were there before. */
  readonly kept: ReadonlySet<number>;
  /** Positions among the findings of before that are gone. */
  readonly fixed: readonly number[];
}

/** Two texts with at least this share of common words are versions of one. */
const alike = 0.5;
const alikeInstructions = 0.4;
/** With more pairs, only equal instructions and findings count as the same. */
const mostPairs = 100_000;
const mostFindings = 100;

/** @param before the text before the change, linted with the same configuration */
export function compareFindings(before: Linted, now: Linted): Compared {
  const [oldUnits, newUnits] = [unitsOf(before), unitsOf(now)];
  const [old, current] = [identitiesOf(before, oldUnits), identitiesOf(now, newUnits)];
  const matching = new Matching(old, current);
  const pairs = pairUnits(oldUnits, newUnits);
  const oldByUnit = byUnit(old);
  const newByUnit = byUnit(current);
  for (const { x, y, equal } of pairs) {
    const [a, b] = [oldByUnit.get(x), newByUnit.get(y)];
    if (!a || !b) continue;
    matching.match(a, b, ({ rule, marked }) => [rule, marked].join('\0'));
    if (equal) matching.match(a, b, ({ rule }) => rule);
    else matching.matchAlike(a, b);
  }
  // An instruction was split, joined, or turned into another one around the same command.
  const all = (list: readonly unknown[]): readonly number[] => list.map((_, at) => at);
  matching.match(all(old), all(current), ({ rule, segment, marked }) => [rule, segment, marked].join('\0'));
  return { kept: matching.kept, fixed: all(old).filter((at) => !matching.isTaken(at)) };
}

/** @returns the share of words that two texts have in common, from 0 to 1, whatever their layout */
export function similarity(a: string, b: string): number {
  return sharedWords(wordsIn(withoutLayout(a)), wordsIn(withoutLayout(b)));
}

/** Whether one text is a version of the other, for a file that may have been renamed. */
export function isVersionOf(a: string, b: string): boolean {
  return similarity(a, b) >= alike;
}

class Matching {
  readonly kept = new Set<number>();
  readonly #old: readonly Identity[];
  readonly #now: readonly Identity[];
  readonly #taken = new Set<number>();

  constructor(old: readonly Identity[], now: readonly Identity[]) {
    this.#old = old;
    this.#now = now;
  }

  isTaken(at: number): boolean {
    return this.#taken.has(at);
  }

  /** Matches findings with equal keys in their order, each once. */
  match(old: readonly number[], now: readonly number[], keyOf: (identity: Identity) => string): void {
    const waiting = new Map<string, number[]>();
    for (const at of old) {
      const identity = this.#old[at];
      if (!identity || this.#taken.has(at)) continue;
      const key = keyOf(identity);
      const list = waiting.get(key);
      if (list) list.push(at);
      else waiting.set(key, [at]);
    }
    for (const list of waiting.values()) list.reverse();
    for (const at of now) {
      const identity = this.#now[at];
      if (!identity || this.kept.has(at)) continue;
      const partner = waiting.get(keyOf(identity))?.pop();
      if (partner !== undefined) this.#join(partner, at);
    }
  }

  /** Matches findings of one rule whose marked texts are alike: `debian:11` and `debian:12`. */
  matchAlike(old: readonly number[], now: readonly number[]): void {
    const free = old.filter((at) => !this.#taken.has(at));
    const open = now.filter((at) => !this.kept.has(at));
    if (free.length > mostFindings || open.length > mostFindings) return;
    for (const at of open) {
      const identity = this.#now[at];
      const partner = free.find((other) => {
        const { rule, marked = '' } = this.#old[other] ?? {};
        return (
          identity?.rule === rule &&
          !this.#taken.has(other) &&
          similarity(marked, identity?.marked ?? '') >= alike
        );
      });
      if (partner !== undefined) this.#join(partner, at);
    }
  }

  #join(old: number, now: number): void {
    this.#taken.add(old);
    this.kept.add(now);
  }
}

function byUnit(identities: readonly Identity[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [at, { unit }] of identities.entries()) {
    const list = found.get(unit);
    if (list) list.push(at);
    else found.set(unit, [at]);
  }
  return found;
}

interface Pair {
  readonly x: number;
  readonly y: number;
  readonly equal: boolean;
}

/** Which unit has become which: unmoved ones first, then moved ones, then changed ones. */
function pairUnits(old: readonly Unit[], now: readonly Unit[]): readonly Pair[] {
  const keys = (units: readonly Unit[]): string[] => units.map(({ key }) => key);
  const pairs: Pair[] = commonLines(keys(old), keys(now)).map(([x, y]) => ({ x, y, equal: true }));
  const isFree = (side: 'x' | 'y'): ((at: number) => boolean) => {
    const taken = new Set(pairs.map((pair) => pair[side]));
    return (at) => !taken.has(at);
  };
  const rest = (): readonly [number[], number[]] => [
    [...old.keys()].filter(isFree('x')),
    [...now.keys()].filter(isFree('y')),
  ];
  const [left, right] = rest();
  const moved = new Map<string, number[]>();
  for (const x of [...left].reverse()) {
    const key = old[x]?.key ?? '';
    const list = moved.get(key);
    if (list) list.push(x);
    else moved.set(key, [x]);
  }
  for (const y of right) {
    const x = moved.get(now[y]?.key ?? '')?.pop();
    if (x !== undefined) pairs.push({ x, y, equal: true });
  }
  return [...pairs, ...changedUnits(old, now, ...rest())];
}

/** The most alike first. */
function changedUnits(
  old: readonly Unit[],
  now: readonly Unit[],
  left: readonly number[],
  right: readonly number[],
): readonly Pair[] {
  if (left.length * right.length > mostPairs) return [];
  const read = (units: readonly Unit[], at: number): { at: number; keyword: string; words: Words } => {
    const { key = '' } = units[at] ?? {};
    const blank = key.indexOf(' ');
    const keyword = blank < 0 ? key : key.slice(0, blank);
    return { at, keyword, words: wordsIn(key.slice(keyword.length)) };
  };
  const [olds, news] = [left.map((at) => read(old, at)), right.map((at) => read(now, at))];
  const scores = olds.flatMap((a) =>
    news
      .filter((b) => a.keyword === b.keyword)
      .map((b) => ({ x: a.at, y: b.at, score: sharedWords(a.words, b.words) }))
      .filter(({ score }) => score >= alikeInstructions),
  );
  scores.sort((a, b) => b.score - a.score || Math.abs(a.x - a.y) - Math.abs(b.x - b.y));
  const [takenX, takenY] = [new Set<number>(), new Set<number>()];
  const pairs: Pair[] = [];
  for (const { x, y } of scores) {
    if (takenX.has(x) || takenY.has(y)) continue;
    takenX.add(x);
    takenY.add(y);
    pairs.push({ x, y, equal: false });
  }
  return pairs;
}

interface Words {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

function wordsIn(text: string): Words {
  const counts = new Map<string, number>();
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, total: words.length };
}

function sharedWords(a: Words, b: Words): number {
  if (a.total + b.total === 0) return 1;
  let shared = 0;
  for (const [word, count] of a.counts) shared += Math.min(count, b.counts.get(word) ?? 0);
  return (2 * shared) / (a.total + b.total);
}
