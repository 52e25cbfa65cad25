// What a rule yields: the place, the message, and how to fix it.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { Question } from './questions';

/** There is no `off`: `enabled` decides whether a rule runs. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * How far a fix can be trusted.
 * `safe`: the same image, or a build that could not work before; keeps every comment. Applied on save and by fix-all.
 * `suggested`: probably what was meant, but the image, the cache or a comment may differ. One at a time, or on request.
 * `manual`: leaves a part to fill in. Never applied in bulk.
 */
export type Safety = 'safe' | 'suggested' | 'manual';

export interface Fix {
  /** Imperative, without a full stop: "Add --no-cache". */
  readonly title: string;
  /** Sorted, without overlap; empty if only `files` change, and while `asks` has no answer. */
  readonly edits: readonly Edit[];
  /** A question to answer before there are edits; then the same rule gives the same fix with edits. See `askFirst`. */
  readonly asks?: Question | undefined;
  /** Defaults to the safety of the rule, and may only be lower. */
  readonly safety?: Safety;
  /** The text that the fix relies on, if it is more than the hull of its edits. */
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
  /** Other ways to fix it, offered below `fix`, never applied in bulk. */
  readonly alternatives?: readonly Fix[] | undefined;
  /** Other places that matter to the reader. */
  readonly related?: readonly { readonly at: Span; readonly message: string }[] | undefined;
  /** Replaces the rule's severity for this finding; a configured severity is its upper limit. */
  readonly severity?: Severity | undefined;
  /** Faded (`unnecessary`) or struck through (`deprecated`) in editors. */
  readonly tag?: 'unnecessary' | 'deprecated' | undefined;
  /** The ids of this finding in other tools, if they differ from the rule's list. */
  readonly alsoKnownAs?: readonly string[] | undefined;
}

/**
 * A fix that a rule offers without a finding: the editor shows it and commands use it, even if the rule is off or a
 * comment hides its findings. Either a fix, or the question it would ask and why an answer does not help here.
 */
export type Offer =
  | { readonly at: Span; readonly fix: Fix }
  /** `reason`: one sentence without a full stop. */
  | { readonly at: Span; readonly question: Question; readonly reason: string };
