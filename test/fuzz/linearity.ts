// Ten times the text may take about ten times as long, whatever is in it.
import { performance } from 'node:perf_hooks';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';

const config = { ...defaultConfig, allRules: true };
const bytes = 40_000;
/** Ten, and room for the collector of garbage; what takes the square of its length takes a hundred times as long. */
const allowed = 40;
/** Below this the clock and the collector of garbage say more than the linter, in milliseconds. */
const least = 10;

function fastest(text: string, runs: number): number {
  let best = Infinity;
  for (let i = 0; i < runs; i += 1) {
    const clock = performance.now();
    lint(text, config);
    best = Math.min(best, performance.now() - clock);
  }
  return best;
}

/** @returns how many times longer ten times a text takes, when that is too much; the best of several tries */
export function tooSlow(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  const once = text.endsWith('\n') ? text : `${text}\n`;
  const short = once.repeat(Math.ceil(bytes / once.length));
  const long = short.repeat(10);
  // Each try may be disturbed; a text that is really too slow is so every time.
  let ratio = Infinity;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    ratio = Math.min(ratio, fastest(long, 1) / Math.max(least, fastest(short, 3)));
    if (ratio <= allowed) return undefined;
  }
  return ratio;
}
