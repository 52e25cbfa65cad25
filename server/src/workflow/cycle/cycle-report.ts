// The report of a cycle: a line for each step, as text, Markdown and data.
import type { JsonObject } from '../../core/text/record';
import { code, textCell } from '../markdown';
import type { CycleResult, StepEnd, StepId } from './cycle';

export interface CycleSubject {
  /** The Dockerfile, as the user calls it. */
  readonly file: string;
  readonly repositories: readonly string[];
}

/** How each end is called. */
export const endWords: Readonly<Record<StepEnd['kind'], string>> = {
  passed: 'passed',
  kept: 'passed in an earlier run with the same input',
  failed: 'failed',
  broken: 'could not be done',
  skipped: 'skipped',
  notRun: 'not run',
};

/** `build: passed: app:1, 12 MB` */
export function stepLine(id: StepId, end: StepEnd): string {
  return `${id}: ${endWords[end.kind]}${end.said === '' ? '' : `: ${end.said}`}`;
}

/** The step that a cycle stopped at. */
function stopperOf({ steps }: CycleResult): CycleResult['steps'][number] | undefined {
  return steps.find(({ end }) => end.kind === 'failed' || end.kind === 'broken');
}

/** How it ended, without a full stop. */
export function outcomeLine(result: CycleResult): string {
  switch (result.outcome) {
    case 'passed':
      return result.steps.some(({ end }) => end.kind === 'skipped')
        ? 'The cycle is done, without the steps that were skipped'
        : 'The cycle is done';
    case 'planned':
      return 'Nothing was done: dry run';
    case 'stopped':
      return `The cycle stopped: the gate of ${stopperOf(result)?.id ?? ''} failed`;
    case 'broken':
      return `The cycle stopped: ${stopperOf(result)?.id ?? ''} could not be done`;
  }
}

/** The same, with what to do after a stop. */
export function resultLine(result: CycleResult): string {
  const { outcome } = result;
  const advice = outcome === 'stopped' || outcome === 'broken' ? '. Fix that and go on with --resume' : '';
  return `${outcomeLine(result)}${advice}`;
}

/** Why it stopped, in the words of the step; undefined if nothing stopped it. */
export function stopReason(result: CycleResult): string | undefined {
  return stopperOf(result)?.end.said;
}

/** @returns lines without their ends */
export function cycleMarkdown({ file, repositories }: CycleSubject, result: CycleResult): string[] {
  const details = result.steps.flatMap(({ id, end }) => {
    const lines = 'details' in end ? (end.details ?? []) : [];
    return lines.length === 0 ? [] : ['', `## ${id}`, '', ...lines];
  });
  return [
    `# Cycle of ${textCell(file)}`,
    '',
    `${resultLine(result)}.`,
    '',
    `Repositories: ${repositories.length === 0 ? 'none' : repositories.map(code).join(', ')}`,
    '',
    '| Step | Outcome | Why |',
    '| --- | --- | --- |',
    ...result.steps.map(({ id, end }) => `| ${id} | ${endWords[end.kind]} | ${textCell(end.said)} |`),
    ...details,
  ];
}

export function cycleJson({ file, repositories }: CycleSubject, result: CycleResult): JsonObject {
  return {
    drydockCycle: 1,
    file,
    repositories,
    outcome: result.outcome,
    steps: result.steps.map(({ id, end }) => ({
      id,
      outcome: end.kind,
      said: end.said,
      facts: 'facts' in end ? end.facts : null,
    })),
  };
}
