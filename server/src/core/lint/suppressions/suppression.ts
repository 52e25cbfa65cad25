// The content of a comment that hides findings, the same for all tools, and the input of its readers.
import type { Comment, Dockerfile, Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import type { TextFile } from '../../text/document';
import { firstNotBefore } from '../../text/search';

export type SuppressionForm = 'drydock' | 'hadolint' | 'buildkit';

export interface Suppression {
  readonly form: SuppressionForm;
  /** `file`: everywhere. Otherwise the covered instructions, as numbers `[first, last]`. */
  readonly scope: 'file' | readonly [number, number];
  /** Ids as written; `all` (BuildKit) means all rules of BuildKit. */
  readonly ids: readonly string[];
  /** The comment or directive. */
  readonly span: Span;
  /** The list of ids inside it: new ones are added at its end. */
  readonly idsSpan: Span;
}

/** The file whose comments are read. */
export interface Surroundings {
  readonly file: Dockerfile;
  readonly document: TextFile;
}

/** Reads one comment, called in file order; gives nothing if it has another form or covers nothing. */
export type CommentReader = (comment: Comment) => readonly Suppression[];

/** The instruction that contains a place or is the next one below it; undefined below all instructions. */
export function ownerOf(file: Dockerfile, place: Span): Instruction | undefined {
  return file.instructions[firstNotBefore(file.instructions, ({ span }) => span.end < place.start)];
}

/** @param match a match in a comment's text, with the list of ids as its second group */
export function fromMatch(
  form: SuppressionForm,
  scope: Suppression['scope'],
  match: RegExpExecArray,
  comment: Comment,
): Suppression {
  const list = match[2] ?? '';
  const start = comment.span.start + 1 + match[0].indexOf(list, match[0].indexOf('='));
  return {
    form,
    scope,
    ids: list.split(',').map((id) => id.trim()),
    span: comment.span,
    idsSpan: { start, end: start + list.length },
  };
}
