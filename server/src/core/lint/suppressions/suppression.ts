// What a comment that hides findings says, whichever tool it was written for, and what its readers need.
import type { Comment, Dockerfile, Instruction } from '../../syntax/nodes';
import { checkOfNext, fileWideChecks } from '../../knowledge/syntax/buildkit-checks';
import { kicsQueries } from '../../knowledge/syntax/kics-queries';
import type { Span } from '../../text/span';
import type { TextFile } from '../../text/document';
import { firstNotBefore } from '../../text/search';

export type SuppressionForm =
  | 'drydock'
  | 'hadolint'
  | 'buildkit'
  | 'tally'
  | 'trivy'
  | 'checkov'
  | 'kics'
  | 'semgrep'
  | 'shellcheck'
  | 'dockerfile-utils';

export interface Suppression {
  readonly form: SuppressionForm;
  /** `file`: everywhere. Else the instructions it covers, as numbers `[first, last]`. */
  readonly scope: 'file' | readonly [number, number];
  /** Ids as written; `all` stands for each rule of the tool. */
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

/** What stands for every rule of a tool in a list of ids. */
export const every = 'all';

/**
 * What an id in a comment names: a rule of ours, or `tool:id` as in `alsoKnownAs`; `tool:all` for all rules of a tool.
 * One word may be the id of several tools.
 */
export function namesOf(form: SuppressionForm, id: string): readonly string[] {
  switch (form) {
    case 'drydock':
      // What ShellCheck finds in the place of a rule of ours has its name too.
      return [id, `drydock:${id}`];
    case 'tally':
      return namesOfTally(id);
    case 'trivy':
      return [`trivy:${id === '*' ? every : trivyId(id)}`];
    case 'kics':
      return [`kics:${kicsQueries.get(id) ?? id}`];
    case 'semgrep':
      // Rules are named by their path: dockerfile.security.missing-user.missing-user.
      return [`semgrep:${id.slice(id.lastIndexOf('.') + 1)}`];
    default:
      return [`${form}:${id}`];
  }
}

/** tally has the rules of hadolint and BuildKit, with or without their names in front. */
function namesOfTally(id: string): readonly string[] {
  const [, tool, own = id] = /^(hadolint|buildkit|tally)\/(.+)$/.exec(id) ?? [];
  if (tool !== undefined) return [`${tool}:${own}`];
  return [`hadolint:${own}`, `buildkit:${own}`, `tally:${own}`];
}

/** `AVD-DS-0002` and `DS002` are older names of `DS-0002`. */
function trivyId(id: string): string {
  const digits = /^(?:AVD-)?DS-?(\d{3,4})$/i.exec(id)?.[1];
  return digits === undefined ? id : `DS-${digits.padStart(4, '0')}`;
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
