// Edits for build arguments that a step does not see.
import { globalNames } from '../../../core/analysis/symbols/variable-names';
import { keywordLike } from '../../../core/analysis/text/keyword-case';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';

/** Repeats an ARG that stands above FROM, which alone makes it known in the stage. */
export function declareInStage({ facts, model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  const { argument = '' } = facts;
  const { from } = stage;
  if (!from || !globalNames(model).has(argument) || model.declaration(argument, instruction)) return [];
  const text = `${keywordLike(model.file, 'ARG')} ${argument}`;
  return offer(`Add ARG ${argument} to the stage`, model.document.insertLinesAfter(from.span.end, text));
}
