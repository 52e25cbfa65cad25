// Changes of the file that answer a cause. None yet is certain from a cause alone.
import type { Model } from '../../core/model/model';
import type { Instruction } from '../../core/syntax/nodes';
import type { ExplainedEdit, Facts } from './explanation';

/**
 * @param cause id of a cause
 * @param instruction the one that failed; undefined if none did
 */
export function editsFor(
  _cause: string,
  _facts: Facts,
  _instruction: Instruction | undefined,
  _model: Model,
): readonly ExplainedEdit[] {
  return [];
}
