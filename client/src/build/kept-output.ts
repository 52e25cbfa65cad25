// Keeps the end of what a build prints, to be explained if it fails.
import { isPrinted } from '../../../server/src/workflow/run';
import type { Runner } from '../../../server/src/workflow/run';
import { logLimit } from './explained-builds';

export interface KeptOutput {
  /** A runner whose output is kept. */
  keeping(runner: Runner): Runner;
  /** The last part of it; lines of both streams in the order in which they came. */
  text(): string;
}

export function keptOutput(): KeptOutput {
  const parts: string[] = [];
  let length = 0;
  const keep = (text: string): void => {
    parts.push(text);
    length += text.length;
    while (length - (parts[0]?.length ?? 0) > logLimit) length -= parts.shift()?.length ?? 0;
  };
  return {
    keeping: (runner) => ({
      run: (run, options) =>
        runner.run(run, {
          ...options,
          onEvent: (event) => {
            if (isPrinted(event)) keep(event.text);
            options.onEvent?.(event);
          },
        }),
    }),
    text: () => parts.join('').slice(-logLimit),
  };
}
