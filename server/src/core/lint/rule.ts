// Everything a rule file may import besides the tables in knowledge/: how a rule is defined, what it
// yields, and the makers of edits.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { Model } from '../semantics/model';
import type { Facts } from './facts';

export { insertAfter, insertBefore, remove, replace } from '../text/edit';
export { addArguments, appendToChain, appendToScript, prependToCommand } from '../shell/edits';
export { argumentsOf, findOption, hasOption } from '../shell/options';
export { removeCommand, removeWords } from '../shell/removal';
export { simpleArguments } from '../shell/simple';
export { givesOption, updatesOf } from '../semantics/installs';
export { cachesLeft } from '../semantics/caches-left';
export type { CacheLeft } from '../semantics/caches-left';
export { listUsers, usesLists, usesListsBehind } from '../semantics/list-users';
export type { ListUsers } from '../semantics/list-users';
export { installsWithRecommended } from '../semantics/recommended';
export { lateRemovals } from '../semantics/late-removals';
export type { LateRemoval } from '../semantics/late-removals';
export { empties, mountedAway } from '../semantics/layer';
export { brokenContinuation, isBrokenContinuation } from '../semantics/broken-continuation';
export { createdUsers, stepsDown } from '../semantics/users';
export { finalInstruction, isForPeople, startedCommands, whatRuns } from '../semantics/what-runs';
export { lateDependencySteps } from '../semantics/dependency-steps';
export { dependenciesFirst } from './dependencies-first';
export { mergeRuns } from './merge-runs';
export { runtimeStage } from './runtime-stage';
export { fittingUser, insertBeforeStart, insertUser } from './user-edit';
export {
  contextCopies,
  everythingCopied,
  isEverything,
  unwantedEntries,
  visibleEntries,
} from '../semantics/context-sources';
export { keywordCase, keywordLike, votingInstructions } from '../semantics/keyword-case';
export type { Environment, ImageUse, Model, Stage, UserSetting } from '../semantics/model';
export type { Install, PackageCommand } from '../semantics/installs';
export type { Command, ShellScript, ShellWord } from '../shell/types';
export type { ContextFacts, Facts } from './facts';
export type { ContextCopy } from '../semantics/context-sources';
export type { Comment, Flag, ImageReference, Instruction, Word } from '../syntax/nodes';
export type { Edit } from '../text/edit';
export type { Span } from '../text/span';

/** `off` is left out: whether a rule runs at all is `enabled`. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * How far a fix may be trusted.
 * `safe`: the same image, or a build that could not work before; keeps every comment. Applied on save and by fix-all.
 * `suggested`: probably what was meant, but the image, the cache or a comment may differ. One at a time, or on request.
 * `manual`: leaves something to fill in. Never applied in bulk.
 */
export type Safety = 'safe' | 'suggested' | 'manual';

export type Category =
  'syntax' | 'image' | 'stage' | 'package' | 'shell' | 'copy' | 'runtime' | 'security' | 'style' | 'label';

export interface Fix {
  /** Imperative, without a full stop: "Add --no-cache". */
  readonly title: string;
  /** Sorted, without overlap; may be empty when only `files` change. */
  readonly edits: readonly Edit[];
  /** Defaults to what the rule declares; may only be less trusted than that. */
  readonly safety?: Safety;
  /** The text the fix relies on where that is more than the hull of its edits. */
  readonly reach?: Span;
  /** Other files to create or extend, relative to the folder of the build context. Only the editor can apply these. */
  readonly files?: readonly FileChange[];
}

export interface FileChange {
  readonly path: string;
  /** The whole new text of the file. */
  readonly text: string;
}

export interface Finding {
  readonly at: Span;
  /** One sentence, present tense, no full stop: what is wrong and what it does to the build. */
  readonly message: string;
  readonly fix?: Fix | undefined;
  /** Further ways to mend it, offered below `fix`, never applied in bulk. */
  readonly alternatives?: readonly Fix[] | undefined;
  /** Other places the reader should see. */
  readonly related?: readonly { readonly at: Span; readonly message: string }[] | undefined;
  /** Replaces the rule's severity for this finding; a configured severity caps it. */
  readonly severity?: Severity | undefined;
  /** Faded (`unnecessary`) or struck through (`deprecated`) in editors. */
  readonly tag?: 'unnecessary' | 'deprecated' | undefined;
  /** The foreign ids this very finding equals, where they differ from the rule's list. */
  readonly alsoKnownAs?: readonly string[] | undefined;
}

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
