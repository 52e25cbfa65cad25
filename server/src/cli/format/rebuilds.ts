// What `drydock rebuilds` prints: a table for people, or the same as data.
import type { RebuildAnswer } from '../../service/rebuilds';
import { safePath, visible, jsonText } from '../visible';

export interface RebuildReport extends RebuildAnswer {
  /** As it was found. */
  readonly dockerfile: string;
  /** Folder of the build context, from the current one. */
  readonly context: string;
}

export function reportJson(reports: readonly RebuildReport[]): string {
  return jsonText(reports);
}

export function reportText(reports: readonly RebuildReport[]): string {
  return reports.map(textOf).join('\n');
}

function textOf({ dockerfile, steps, total, notes }: RebuildReport): string {
  const numbers = steps.map(({ line }) => String(line + 1).length);
  const width = Math.max(0, ...numbers);
  const longest = Math.max(
    0,
    ...steps.map(({ instruction }) => Math.min(visible(instruction).length, widest)),
  );
  const lines = steps.map(({ line, instruction, runs, why }) => {
    const mark = runs === 'yes' ? ' ' : '?';
    return `${mark} ${String(line + 1).padStart(width)}  ${visible(instruction).padEnd(longest)}  ${visible(why)}`;
  });
  const said = notes.map((note) => `  ${visible(note)}.`);
  return [`${safePath(dockerfile)}: ${summaryOf(steps, total)}`, ...lines, ...said, ''].join('\n');
}

/** Longer instructions push their reason to the right instead of that of all others. */
const widest = 50;

function summaryOf(steps: RebuildReport['steps'], total: number): string {
  const certain = steps.filter(({ runs }) => runs === 'yes').length;
  const maybe = steps.length - certain;
  const of = `of ${total} ${total === 1 ? 'step' : 'steps'}`;
  const verb = certain === 1 ? 'runs' : 'run';
  if (maybe === 0) return certain === 0 ? `none ${of} runs again` : `${certain} ${of} ${verb} again`;
  const more = `${maybe} ${certain === 0 ? of : 'more'} may`;
  return certain === 0 ? `${more} run again` : `${certain} ${of} ${verb} again, ${more}`;
}
