// Why a step runs again, in words.
import type { Model, Stage } from '../../model/model';
import type { Rebuild, Rerun } from './rebuilt';
import type { Step } from './steps';

/** One clause without full stop, to be read after the instruction: `copies src`, `follows line 4`. */
export function reasonText(model: Model, { step, certain, reason }: Rerun): string {
  const takes =
    step.instruction.keyword === 'RUN' ? 'mounts' : step.instruction.keyword === 'ADD' ? 'adds' : 'copies';
  switch (reason.kind) {
    case 'changed':
      return `${takes} these files`;
    case 'takes':
      if (certain) return `${takes} ${reason.source ?? 'it'}`;
      return `may take the file: the value of ${reason.source ?? 'a variable'} is known in the build alone`;
    case 'takes from': {
      const what = `${takes} ${reason.source ?? 'files'} from ${stageName(reason.stage)}`;
      return certain ? what : `${what}, unless these files stay the same`;
    }
    case 'follows':
      return `follows line ${lineOf(model, reason.cause)}${certain ? '' : ', which may run again'}`;
    case 'builds on':
      return `builds on ${stageName(reason.stage)}, where line ${lineOf(model, reason.cause)} ${certain ? 'runs' : 'may run'} again`;
    case 'ignore file':
      return 'takes from the context what the ignore file lets through';
  }
}

/** How many of the steps run again: `3 of 9 steps run`, `2 to 4 of 9 steps run`. */
export function countText({ steps, rerun }: Rebuild): string {
  const least = rerun.filter(({ certain }) => certain).length;
  const most = rerun.length;
  const counted = least === most ? String(most) : `${least} to ${most}`;
  return `${counted} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} ${most === 1 ? 'runs' : 'run'}`;
}

function stageName(stage: Stage | undefined): string {
  return stage ? `stage ${stage.name?.value ?? stage.index}` : 'a stage';
}

/** Counted from 1. */
export function lineOf({ document }: Model, { instruction }: Step): number {
  return document.lineAt(instruction.span.start) + 1;
}
