// What completion proposes, and makers of it. Every proposal replaces exactly the token it was asked for.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { Paragraph } from './markup';

/** What a proposal stands for; editors show it as an icon. */
export type ProposalKind =
  'choice' | 'flag' | 'folder' | 'form' | 'key' | 'keyword' | 'stage' | 'value' | 'variable';

export interface Proposal {
  readonly label: string;
  readonly kind: ProposalKind;
  /** Lies on one line, with the cursor in it. */
  readonly replaces: Span;
  readonly text: string;
  /** What editors with placeholders show and insert instead. */
  readonly snippet?: Snippet;
  readonly detail?: string;
  readonly documentation?: readonly Paragraph[];
  /** Sorts the list, where that is not the order of the labels. */
  readonly order?: string;
  /** What is typed to find it, where that is not the label. */
  readonly filter?: string;
  readonly isDeprecated?: true;
  /** Edits elsewhere in the file that belong to it. */
  readonly also?: readonly Edit[];
}

export interface Snippet {
  readonly label: string;
  /** `${1:placeholder}`, `$1`, `${1|one,other|}`; a backslash takes the meaning from `$`, `}` and `\\`. */
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

/** Keeps a list in its own order whatever the labels are. */
export function inOrder(index: number): string {
  return String(index).padStart(4, '0');
}

/** Text of the user's file inside a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
