// What every rule needs: how a rule is defined, what it yields, and the makers of edits. At most fifteen names:
// questions about the file stand in analysis/, edits that several rules make in fixes/, and rules import those by path.
import type { Model } from '../model/model';
import type { Facts } from './facts';
import type { Finding, Offer, Safety, Severity } from './finding';

export { insertAfter, insertBefore, remove, replace } from '../text/edit';
export type { Edit } from '../text/edit';
export type { Instruction } from '../syntax/nodes';
export type { Model, Stage } from '../model/model';
export type { Finding, Fix } from './finding';

export type Category =
  'syntax' | 'image' | 'stage' | 'package' | 'shell' | 'copy' | 'runtime' | 'security' | 'style' | 'label';

export interface RuleContext {
  readonly model: Model;
  /** What is known of the outside world; asking for something unknown records the question. */
  readonly facts: Facts;
  /** Which way of keeping package caches out of the image is wanted: `either` accepts both. */
  readonly packageCache: 'either' | 'cleanup' | 'mount';
}

export interface RuleDefinition {
  /** Names the problem, not the remedy; equals the file name. */
  readonly id: string;
  readonly summary: string;
  readonly category: Category;
  /** The default severity of its findings. */
  readonly severity: Severity;
  /** False for a rule that is opt-in. Default true. */
  readonly enabled?: boolean;
  /** The best safety its fixes ever have; `none` when it never offers one. */
  readonly fix: Safety | 'none';
  /** Version that brought it, or `next`. */
  readonly since: string;
  /** `tool:id` of the same finding elsewhere: `hadolint:DL3015`, `buildkit:StageNameCasing`, `trivy:DS-0002`, … */
  readonly alsoKnownAs: readonly string[];
  check(context: RuleContext): Iterable<Finding>;
  /** What it offers without a finding, also where it is off. Run when somebody asks for it, not with `check`. */
  offers?(context: Pick<RuleContext, 'model' | 'facts'>): Iterable<Offer>;
}

export type Rule = Readonly<RuleDefinition>;

/** Identity with a type: one rule per file, as its default export. */
export function defineRule(definition: RuleDefinition): Rule {
  return definition;
}
