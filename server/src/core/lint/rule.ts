// What every rule needs: how to define a rule, what it yields, and the makers of edits and options. At most fifteen
// names (a test counts them). Questions about the file live in analysis/, what several rules share in families/ and
// fixes/, and rules import those by path.
import type { Model } from '../model/model';
import type { Facts } from './facts';
import type { Finding, Offer, Safety, Severity } from './finding';
import type { Options, OptionValues } from './option';
import type { UnusedNames } from './suppressions/index';

export { insertAfter, remove, replace } from '../text/edit';
export { listOf, oneOf, sharedOptions, text } from './option';
export type { Edit } from '../text/edit';
export type { Instruction } from '../syntax/nodes';
export type { Model, Stage } from '../model/model';
export type { Finding, Fix } from './finding';

type Category =
  | 'syntax'
  | 'build'
  | 'image'
  | 'stage'
  | 'package'
  | 'shell'
  | 'copy'
  | 'runtime'
  | 'security'
  | 'style'
  | 'label';

interface RuleContext<O extends Options> {
  readonly model: Model;
  /** What is known about the outside world. Asking for something unknown records the question. */
  readonly facts: Facts;
  /** The values of the options the rule declares. */
  readonly options: OptionValues<O>;
}

export interface Rule<O extends Options = Options> {
  /** Names the problem, not the remedy; equals the file name. */
  readonly id: string;
  readonly summary: string;
  readonly category: Category;
  /** The default severity of its findings. */
  readonly severity: Severity;
  /** False for a rule that the recommended profile leaves off. Default true. */
  readonly enabled?: boolean;
  /** The profiles that turn on a rule that is not enabled. Those of other tools follow from `alsoKnownAs`. */
  readonly profiles?: readonly ('strict' | 'reproducible')[];
  /** The best safety its fixes ever have; `none` when it never offers one. */
  readonly fix: Safety | 'none';
  /**
   * What its safe fixes change, for a rule whose fix is safe: nothing (`identical` build graph and configuration),
   * the configuration as the page says (`config`), or only the steps that the edit touches (`declared`).
   */
  readonly effect?: 'identical' | 'config' | 'declared';
  /** Version that brought it, or `next`. */
  readonly since: string;
  /** `tool:id` of the same finding elsewhere: `hadolint:DL3015`, `buildkit:StageNameCasing`, `trivy:DS-0002`, … */
  readonly alsoKnownAs: readonly string[];
  /**
   * Whether BuildKit refuses to read a file with an error of this rule, before any of its checks; what `ONBUILD` runs is
   * mostly read later. Default: true for the errors of a rule of syntax.
   */
  readonly refused?: boolean | 'also in ONBUILD';
  /**
   * Causes of a failed build that its fix answers, by the ids of `drydock why`: where a log names one, its fix in the
   * failing instruction is offered, or else its first in the file.
   */
  readonly explains?: readonly string[];
  /**
   * Whether one cause leads to many of its findings, in the file or in one step. The recommended profile then shows the
   * first alone, which names the other places and fixes them all.
   */
  readonly once?: true | 'in each step';
  /** Of a rule that a project has written: the address of its page, if it has one. */
  readonly own?: { readonly page?: string };
  /**
   * Of a rule of another tool that was asked: the address of its page. Its findings have the severities of that tool, and a
   * level that somebody sets replaces them all.
   */
  readonly foreign?: { readonly page: string };
  /** Whether it also reads files that are not Dockerfiles. Other rules would misread every line there. */
  readonly readsAnyFile?: boolean;
  /**
   * Words of which a file must have one for the rule to find anything, in any profile: runs of letters in lower case, so
   * `apt` stands for `apt-get` too. The rule costs nothing in other files. Leave out what nearly every file has.
   */
  readonly mentions?: readonly string[];
  /** What people may choose, by name: the rule's own options, and rows of `sharedOptions` under their own name. */
  readonly options?: O;
  check(context: RuleContext<O>): Iterable<Finding>;
  /**
   * What hadolint finds where it judges otherwise, for the profile of that name: takes the place of `check` there. It takes
   * an unknown base image for Debian run by root, and every stage counts. Findings at the place of one of ours get its fix.
   */
  hadolint?(context: RuleContext<O>): Iterable<Finding>;
  /**
   * Whether the profile `strict` adds those as hints, where `check` finds nothing: they hold, but matter less. A pattern
   * chooses some of them, by the text that they point at.
   */
  readonly strictAddsHadolint?: boolean | RegExp;
  /**
   * The same for BuildKit's own checks. It takes an unknown base image for one that sets nothing but PATH. BuildKit
   * names the line where an instruction starts, and these findings the word in it.
   */
  buildkit?(context: RuleContext<O>): Iterable<Finding>;
  /**
   * What it finds once all other rules have run: about the names in comments that hide none of their findings. Not
   * called where no comment hides anything, or where comments may not.
   */
  after?(context: { readonly model: Model; readonly unused: readonly UnusedNames[] }): Iterable<Finding>;
  /** What it offers without a finding, also if it is off. Runs on request, not with `check`. */
  offers?(context: Pick<RuleContext<O>, 'model' | 'facts'>): Iterable<Offer>;
}

/** Identity with a type: one rule per file, as its default export. */
export function defineRule<const O extends Options = Record<never, never>>(definition: Rule<O>): Rule {
  return definition;
}
