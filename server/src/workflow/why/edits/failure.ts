// What the makers of edits are given: the cause, its facts, and where in the file it is.
import type { ContextFacts } from '../../../core/analysis/context/context-sources';
import type { Finding } from '../../../core/lint/finding';
import type { Rule } from '../../../core/lint/rule';
import type { Install } from '../../../core/model/installs';
import type { Model, Stage } from '../../../core/model/model';
import type { Instruction } from '../../../core/syntax/nodes';
import type { ExplainedEdit, Facts } from '../explanation';

/** What a rule says about the file, with the rule. */
export type RuleFinding = Pick<Finding, 'at' | 'fix' | 'alternatives'> & { readonly rule: Rule };

export interface Failure {
  readonly cause: string;
  readonly facts: Facts;
  readonly model: Model;
  /** The one that failed; of an ONBUILD its trigger. */
  readonly instruction: Instruction;
  readonly stage: Stage;
  /** Of the whole file. */
  readonly findings: readonly RuleFinding[];
  /** The build context; undefined if it was not looked at. */
  readonly context: ContextFacts | undefined;
}

/** Gives the edits that help against a failure; none where it is not certain enough. */
export type EditMaker = (failure: Failure) => readonly ExplainedEdit[];

/** The texts of a fact that may hold several. */
export function several(text: string | undefined): readonly string[] {
  return text?.split(/\s+/).filter((one) => one !== '') ?? [];
}

/** The installations of the failing instruction by a family of managers. */
export function installsHere(
  { model, instruction }: Failure,
  ...families: readonly string[]
): readonly Install[] {
  return model.installs.filter(
    ({ command, manager }) => command.instruction === instruction && families.includes(manager.family),
  );
}

/** An edit, or none. */
export function offer(
  title: string,
  ...edits: readonly (ExplainedEdit['edits'][number] | undefined)[]
): readonly ExplainedEdit[] {
  const all = edits.filter((edit) => edit !== undefined);
  return all.length > 0 && all.length === edits.length
    ? [{ title, edits: all.sort((a, b) => a.start - b.start) }]
    : [];
}
