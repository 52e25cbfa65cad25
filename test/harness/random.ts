// Chance that can be repeated: a small generator (mulberry32) started from a seed.

/** @returns a function that gives numbers from 0 up to but not including 1 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` different items in random order; all of them when there are no more. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  const pool = [...items];
  for (let i = 0; i < Math.min(count, pool.length); i += 1) {
    const other = i + Math.floor(random() * (pool.length - i));
    const [a, b] = [pool[i], pool[other]];
    if (a === undefined || b === undefined) break;
    pool[i] = b;
    pool[other] = a;
  }
  return pool.slice(0, count);
}
