// Everything a rule file may import besides the tables in knowledge/: how a rule is defined, what it
// yields, and the makers of edits.
import type { Model } from '../semantics/model';
import type { Facts } from './facts';
import type { Finding, Safety, Severity } from './finding';

export { insertAfter, insertBefore, remove, replace } from '../text/edit';
export { addArguments, appendToOutermostChain, appendToScript, prependToCommand } from '../shell/edits';
export { argumentsOf, findOption, hasOption } from '../shell/options';
export { removeCommand, removeWords } from '../shell/removal';
export { simpleArguments } from '../shell/simple';
export { givesOption, updatesOf } from '../semantics/installs';
export { mayHaveNothingToDo } from '../semantics/confirmation';
export { cachesLeft } from '../semantics/caches-left';
export type { CacheLeft } from '../semantics/caches-left';
export { listUsers, usesLists, usesListsBehind } from '../semantics/list-users';
export type { ListUsers } from '../semantics/list-users';
export { hasForeignAptSources } from '../semantics/package-sources';
export { installsWithRecommended } from '../semantics/recommended';
export { lateRemovals } from '../semantics/late-removals';
export type { LateRemoval } from '../semantics/late-removals';
export { mentionsOf } from '../semantics/mentions';
export { empties, mountedAway } from '../semantics/layer';
export { brokenContinuation, isBrokenContinuation } from '../semantics/broken-continuation';
export { createdUserNamed, createdUsers, stepsDown } from '../semantics/users';
export {
  finalInstruction,
  isForPeople,
  startedCommands,
  startsServer,
  whatRuns,
} from '../semantics/what-runs';
export { lateDependencySteps } from '../semantics/dependency-steps';
export { dependenciesFirst } from './dependencies-first';
export { addsProblems } from './harm';
export { insertBehind } from './insert-behind';
export { mergeRuns } from './merge-runs';
export { runtimeStage } from './runtime-stage';
export { fittingUser, insertBeforeStart, insertUser } from './user-edit';
export type { NonRootUser } from './user-edit';
export {
  contextCopies,
  isEverything,
  isNamedByIgnoreFile,
  isPartlyVisible,
  visibleEntries,
} from '../semantics/context-sources';
export { unwantedEntries } from '../semantics/unwanted-entries';
export { startWithComments } from '../semantics/comment-lines';
export { keywordCase, keywordLike, votingInstructions } from '../semantics/keyword-case';
export type { Environment, ImageUse, Model, Stage, UserSetting } from '../semantics/model';
export type { Install, PackageCommand } from '../semantics/installs';
export type { Command, ShellScript, ShellWord } from '../shell/types';
export type { ContextFacts, Facts } from './facts';
export type { ContextCopy } from '../semantics/context-sources';
export type { Comment, Flag, ImageReference, Instruction, Pair, Word } from '../syntax/nodes';
export type { Edit } from '../text/edit';
export type { Span } from '../text/span';

export type { FileChange, Finding, Fix, Safety, Severity } from './finding';

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
}

export type Rule = Readonly<RuleDefinition>;

/** Identity with a type: one rule per file, as its default export. */
export function defineRule(definition: RuleDefinition): Rule {
  return definition;
}
