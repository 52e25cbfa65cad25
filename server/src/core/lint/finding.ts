// What a rule yields: where the problem is, what it is, and how to fix it.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { Question } from './questions';

/** Without `off`: `enabled` says whether a rule runs at all. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * How far a fix may be trusted.
 * `safe`: the same image, or a build that could not work before; keeps every comment. Applied on save and by fix-all.
 * `suggested`: probably what was meant, but the image, the cache or a comment may differ. One at a time, or on request.
 * `manual`: leaves something to fill in. Never applied in bulk.
 */
export type Safety = 'safe' | 'suggested' | 'manual';

export interface Fix {
  /** Imperative, without a full stop: "Add --no-cache". */
  readonly title: string;
  /** Sorted, without overlap. Empty if only `files` change, and while `asks` waits for its answer. */
  readonly edits: readonly Edit[];
  /**
   * The question to answer before there are edits. With the answer, the same rule gives the same fix with edits. See
   * `askFirst`.
   */
  readonly asks?: Question | undefined;
  /** Defaults to what the rule declares, and may only be less trusted than that. */
  readonly safety?: Safety;
  /** The text the fix relies on, if that is more than the range of its edits. */
  readonly reach?: Span | undefined;
  /**
   * Other files to create or extend, relative to the folder of the build context. The editor applies
   * them; the command line only creates files that are missing.
   */
  readonly files?: readonly FileChange[] | undefined;
}

export interface FileChange {
  readonly path: string;
  /** The text that the change rests on: a file that has another one by now stays as it is. */
  readonly before?: string;
  /** The whole new text of the file. */
  readonly text: string;
}

export interface Finding {
  readonly at: Span;
  /** One sentence, present tense, no full stop: what is wrong and what it does to the build. */
  readonly message: string;
  readonly fix?: Fix | undefined;
  /** Further ways to fix it, offered below `fix`, never applied in bulk. */
  readonly alternatives?: readonly Fix[] | undefined;
  /** Other places the reader should see. */
  readonly related?: readonly { readonly at: Span; readonly message: string }[] | undefined;
  /**
   * Text that is not what other rules take it for until this is fixed: their findings there, and those whose fix would
   * change it, are left out.
   */
  readonly hides?: readonly Span[] | undefined;
  /** Replaces the rule's severity for this finding; a configured severity caps it. */
  readonly severity?: Severity | undefined;
  /**
   * True, but of little use to most projects: the recommended profile leaves it out, or makes it a hint, unless somebody
   * sets a level for the rule.
   */
  readonly quiet?: boolean | 'hint' | undefined;
  /** Faded (`unnecessary`) or struck through (`deprecated`) in editors. */
  readonly tag?: 'unnecessary' | 'deprecated' | undefined;
  /** The foreign ids this very finding equals, where they differ from the rule's list. */
  readonly alsoKnownAs?: readonly string[] | undefined;
}

/**
 * What a rule offers without a finding. The editor shows it and commands use it, also if the rule is off or a comment
 * hides its findings. Either a fix, or the question it would ask and why the answer is useless here.
 */
export type Offer =
  | { readonly at: Span; readonly fix: Fix }
  /** `title`: of the fix that cannot be. `reason`: one sentence without a full stop. */
  | { readonly at: Span; readonly title: string; readonly question: Question; readonly reason: string };
