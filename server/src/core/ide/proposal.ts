// Completion proposals, and functions that make them. Every proposal replaces exactly the token at the cursor.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { Paragraph } from './markup';

/** The kind of proposal, shown by editors as an icon. */
export type ProposalKind =
  | 'choice'
  | 'file'
  | 'flag'
  | 'folder'
  | 'form'
  | 'key'
  | 'keyword'
  | 'pattern'
  | 'stage'
  | 'value'
  | 'variable';

export interface Proposal {
  readonly label: string;
  readonly kind: ProposalKind;
  /** On one line, with the cursor inside. */
  readonly replaces: Span;
  readonly text: string;
  /** Shown and inserted instead by editors that support placeholders. */
  readonly snippet?: Snippet;
  /** Whether it is nothing without its placeholders, so that other editors leave it out. */
  readonly needsSnippet?: true;
  readonly detail?: string;
  readonly documentation?: readonly Paragraph[];
  /** The sort key, if the list is not sorted by label. */
  readonly order?: string;
  /** The text that filters it, if that is not the label. */
  readonly filter?: string;
  readonly isDeprecated?: true;
  /** Edits elsewhere in the file that belong to it. */
  readonly also?: readonly Edit[];
}

export interface Snippet {
  readonly label: string;
  /** `${1:placeholder}`, `$1`, `${1|one,other|}`; a backslash escapes `$`, `}` and `\\`. */
  readonly text: string;
}

interface More {
  readonly detail?: string | undefined;
  /** Plain sentences. */
  readonly documentation?: string | undefined;
  readonly order?: string | undefined;
}

/** @param text plain text */
export function proposal(
  replaces: Span,
  label: string,
  text: string,
  kind: ProposalKind,
  { detail, documentation, order }: More = {},
): Proposal {
  return {
    label,
    kind,
    replaces,
    text,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation: [[documentation]] }),
    ...(order !== undefined && { order }),
  };
}

/** A sort key that keeps the order of a list. */
export function inOrder(index: number): string {
  return String(index).padStart(4, '0');
}

/** Text of the user's file inside a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
