// The linter alone, warm and in this process: text in, findings out, all rules on.
import { performance } from 'node:perf_hooks';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';
import { generateDockerfile } from './generate-dockerfile';
import { quantile } from './statistics';

export interface LinterFigures {
  readonly lines: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

export function measureLinter(lengths: readonly number[]): LinterFigures[] {
  const config = { ...defaultConfig, allRules: true };
  return lengths.map((lines) => {
    const text = generateDockerfile(lines);
    const times: number[] = [];
    // Enough runs for the compiler to have done its work, in a bounded time.
    const rounds = Math.max(3, Math.min(300, Math.round(100_000 / lines)));
    for (let i = 0; i < rounds * 2; i += 1) {
      const clock = performance.now();
      lint(text, config);
      if (i >= rounds) times.push(performance.now() - clock);
    }
    return { lines, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  });
}
