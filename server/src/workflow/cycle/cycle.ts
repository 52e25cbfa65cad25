// From the file to a signed image in a registry as one run: steps that stop at the first gate that fails. What a step did
// not do is never told as done: each outcome has its own word.
import type { JsonObject } from '../../core/text/record';

/** In the order of the run. */
export const stepIds = ['build', 'inspect', 'scan', 'tag', 'sbom', 'push', 'sign', 'attest'] as const;
export type StepId = (typeof stepIds)[number];

/** What later steps need of earlier ones; plain data, because a later run may read it. */
export type StepFacts = JsonObject;

export type StepOutcome =
  /** `details`: lines for the report. */
  | {
      readonly kind: 'passed';
      readonly said: string;
      readonly facts: StepFacts;
      readonly details?: readonly string[];
    }
  /** It was looked at, and is not good enough to go on. */
  | { readonly kind: 'failed'; readonly said: string; readonly details?: readonly string[] }
  /** It could not be done, so nothing is known. */
  | { readonly kind: 'broken'; readonly said: string; readonly details?: readonly string[] }
  /** The project does not ask for it. */
  | { readonly kind: 'skipped'; readonly said: string };

export type StepEnd =
  | StepOutcome
  /** It passed in an earlier run, with the same input. */
  | { readonly kind: 'kept'; readonly said: string; readonly facts: StepFacts }
  | { readonly kind: 'notRun'; readonly said: string };

export type FactsSoFar = Readonly<Partial<Record<StepId, StepFacts>>>;

export interface Step {
  readonly id: StepId;
  /** All that its outcome depends on, as a text: the same text, the same outcome. Undefined: it has to run every time. */
  input(facts: FactsSoFar): string | undefined;
  /** Never rejects. */
  run(facts: FactsSoFar): Promise<StepOutcome>;
}

/** What an earlier run left, by step. */
export type Kept = Readonly<Partial<Record<StepId, KeptStep>>>;

export interface KeptStep {
  readonly input: string;
  readonly said: string;
  readonly facts: StepFacts;
}

export interface CycleResult {
  readonly steps: readonly { readonly id: StepId; readonly end: StepEnd }[];
  /** What another run may go on from. */
  readonly kept: Kept;
  /** `stopped`: a gate failed. `broken`: a step could not be done. */
  readonly outcome: 'passed' | 'stopped' | 'broken' | 'planned';
}

export interface CycleOptions {
  /** What may be taken over; empty: everything is done anew. */
  readonly kept: Kept;
  /** Does nothing. */
  readonly dryRun: boolean;
  onStart(id: StepId): void;
  onEnd(id: StepId, end: StepEnd): void;
}

export async function runCycle(steps: readonly Step[], options: CycleOptions): Promise<CycleResult> {
  const facts: Partial<Record<StepId, StepFacts>> = {};
  const kept: Partial<Record<StepId, KeptStep>> = {};
  const ends: { id: StepId; end: StepEnd }[] = [];
  let stopper: { readonly id: StepId; readonly kind: 'failed' | 'broken' } | undefined;
  for (const step of steps) {
    const end = await endOf(step, facts, options, stopper?.id);
    if (end.kind === 'passed' || end.kind === 'kept') {
      facts[step.id] = end.facts;
      const input = step.input(facts);
      if (input !== undefined) kept[step.id] = { input, said: end.said, facts: end.facts };
    }
    if (end.kind === 'failed' || end.kind === 'broken') stopper = { id: step.id, kind: end.kind };
    ends.push({ id: step.id, end });
    options.onEnd(step.id, end);
  }
  const outcome = options.dryRun
    ? 'planned'
    : stopper === undefined
      ? 'passed'
      : stopper.kind === 'failed'
        ? 'stopped'
        : 'broken';
  return { steps: ends, kept, outcome };
}

async function endOf(
  step: Step,
  facts: FactsSoFar,
  { kept, dryRun, onStart }: CycleOptions,
  stopper: StepId | undefined,
): Promise<StepEnd> {
  if (stopper !== undefined) return { kind: 'notRun', said: `${stopper} stopped the run` };
  if (dryRun) return { kind: 'notRun', said: 'dry run' };
  const input = step.input(facts);
  const earlier = kept[step.id];
  if (earlier && input !== undefined && earlier.input === input)
    return { kind: 'kept', said: earlier.said, facts: earlier.facts };
  onStart(step.id);
  return step.run(facts);
}
