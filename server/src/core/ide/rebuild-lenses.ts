// Above every instruction that takes files from the build context: how many steps run again when these change.
import { countText } from '../analysis/rebuild/reason';
import { rebuiltByInstruction } from '../analysis/rebuild/rebuilt';
import { planOf } from '../analysis/rebuild/steps';
import type { Span } from '../text/span';
import type { Subject } from './subject';

export interface RebuildLens {
  /** The keyword of the instruction. */
  readonly span: Span;
  /** One sentence without full stop. */
  readonly title: string;
}

/** Every instruction is followed through the whole build: nobody reads thousands of counts. */
const mostSteps = 1000;

export function rebuildLenses({ model, showsRebuilds = false }: Subject): readonly RebuildLens[] {
  const { steps } = planOf(model);
  const count = [...steps.values()].reduce((sum, { length }) => sum + length, 0);
  if (!showsRebuilds || count > mostSteps) return [];
  return model.instructions.flatMap((instruction): readonly RebuildLens[] => {
    // A trigger takes the files of another build.
    const rebuild = instruction.onbuild ? undefined : rebuiltByInstruction(model, instruction);
    return rebuild
      ? [{ span: instruction.keywordSpan, title: `${countText(rebuild)} again if these files change` }]
      : [];
  });
}
