// What a comment that hides findings says, whichever tool it was written for, and what its readers need.
import type { Comment, Dockerfile, Instruction } from '../../syntax/nodes';
import { checkOfNext, fileWideChecks } from '../../knowledge/syntax/buildkit-checks';
import type { Span } from '../../text/span';
import type { TextFile } from '../../text/document';
import { firstNotBefore } from '../../text/search';

export type SuppressionForm = 'drydock' | 'hadolint' | 'buildkit';

export interface Suppression {
  readonly form: SuppressionForm;
  /** `file`: everywhere. Else the instructions it covers, as numbers `[first, last]`. */
  readonly scope: 'file' | readonly [number, number];
  /** Ids as written. `all` (BuildKit) stands for each of its rules. */
  readonly ids: readonly string[];
  /** The comment or directive. */
  readonly span: Span;
  /** The list of ids inside it. New ones are added at its end. */
  readonly idsSpan: Span;
}

/** The file whose comments are read. */
export interface Surroundings {
  readonly file: Dockerfile;
  readonly document: TextFile;
}

/** Reads one comment, in file order. Undefined if it has another form or covers nothing. */
export type CommentReader = (comment: Comment) => readonly Suppression[];

/** The instruction a place is in or above. Undefined below all of them. */
export function ownerOf(file: Dockerfile, place: Span): Instruction | undefined {
  return file.instructions[firstNotBefore(file.instructions, ({ span }) => span.end < place.start)];
}

/**
 * The number of the instruction whose comments hide a finding under a name: the one that it is in, but BuildKit has
 * checks of its whole file, and one that it makes at the next instruction of the kind.
 * @param name of a rule, or `tool:id`
 * @returns undefined where only a comment for the whole file counts
 */
export function placeOf(file: Dockerfile, at: Span, name: string): number | undefined {
  const owner = ownerOf(file, at);
  if (!owner || owner.span.start > at.start) return undefined;
  const id = name.startsWith('buildkit:') ? name.slice('buildkit:'.length) : '';
  if (fileWideChecks.has(id)) return undefined;
  return id === checkOfNext ? nextOfKind(file, owner) : owner.index;
}

function nextOfKind({ instructions }: Dockerfile, { index, keyword }: Instruction): number | undefined {
  for (let at = index + 1; instructions[at] && instructions[at]?.keyword !== 'FROM'; at += 1)
    if (instructions[at]?.keyword === keyword) return at;
  return undefined;
}

/** @param match of a comment's text, with the list of ids as its second group */
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
