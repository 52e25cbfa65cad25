// What every rule needs: its definition, its result types, and helpers for edits and options. At most fifteen names
// (a test counts them). Questions about the file are in analysis/, code that several rules share is in families/ and
// fixes/, and rules import those by path.
import type { Model } from '../model/model';
import type { Facts } from './facts';
import type { Finding, Offer, Safety, Severity } from './finding';
import type { Options, OptionValues } from './option';

export { insertAfter, remove, replace } from '../text/edit';
export { oneOf, sharedOptions } from './option';
export type { Edit } from '../text/edit';
export type { Instruction } from '../syntax/nodes';
export type { Model, Stage } from '../model/model';
export type { Finding, Fix } from './finding';

type Category =
  'syntax' | 'image' | 'stage' | 'package' | 'shell' | 'copy' | 'runtime' | 'security' | 'style' | 'label';

interface RuleContext<O extends Options> {
  readonly model: Model;
  /** What is known about the outside world; reading an unknown fact records the question. */
  readonly facts: Facts;
  /** The values of the options that the rule declares. */
  readonly options: OptionValues<O>;
}

export interface Rule<O extends Options = Options> {
  /** Names the problem, not the remedy; equals the file name. */
  readonly id: string;
  readonly summary: string;
  readonly category: Category;
  /** The default severity of its findings. */
  readonly severity: Severity;
  /** False for a rule that is opt-in. Default true. */
  readonly enabled?: boolean;
  /** The highest safety of its fixes; `none` if it never offers a fix. */
  readonly fix: Safety | 'none';
  /** Version that introduced it, or `next`. */
  readonly since: string;
  /** `tool:id` of the same finding in other tools: `hadolint:DL3015`, `buildkit:StageNameCasing`, `trivy:DS-0002`, … */
  readonly alsoKnownAs: readonly string[];
  /** Its settings by name: own options, and rows of `sharedOptions` under their own name. */
  readonly options?: O;
  check(context: RuleContext<O>): Iterable<Finding>;
  /** Fixes that it offers without a finding, even if it is off. Runs on demand, not with `check`. */
  offers?(context: Pick<RuleContext<O>, 'model' | 'facts'>): Iterable<Offer>;
}

/** Returns the definition with its type. One rule per file, as its default export. */
export function defineRule<const O extends Options = Record<never, never>>(definition: Rule<O>): Rule {
  return definition;
}
