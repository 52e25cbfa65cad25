// Comments that hide findings: our own, hadolint's and BuildKit's, read as their tools read them.
import type { Comment, Dockerfile, Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { TextFile } from '../text/document';

export type SuppressionForm = 'drydock' | 'hadolint' | 'buildkit';

export interface Suppression {
  readonly form: SuppressionForm;
  /** `file`: everywhere. Else the instructions it covers, as numbers `[first, last]`. */
  readonly scope: 'file' | readonly [number, number];
  /** Ids as written; `all` (BuildKit) stands for each of its rules. */
  readonly ids: readonly string[];
  /** The comment or directive. */
  readonly span: Span;
  /** The list of ids inside it: new ones are added at its end. */
  readonly idsSpan: Span;
}

/** What a finding is matched against. */
export interface Suppressible {
  readonly at: Span;
  readonly ruleId: string;
  /** `tool:id` of the same finding elsewhere. */
  readonly alsoKnownAs: readonly string[];
}

// # drydock ignore=a,b why   ·   # drydock global ignore=a,b why
const ours =
  /^[ \t]*drydock[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*([a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)(?=$|[ \t;])/;
// The whole comment has to match, else hadolint takes it for prose.
const hadolints =
  /^[ \t]*hadolint[ \t]+(?:(stage|global)[ \t]+)?ignore[ \t]*=[ \t]*([DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*)[ \t]*(?:#.*)?$/;
// BuildKit cuts at the first blank: what follows is free text.
const buildkits = /^[ \t]*check[ \t]*=[ \t]*([^ \t\r]+)/i;

/** All suppressions of a file, in file order. */
export function findSuppressions(file: Dockerfile, document: TextFile): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const directive of file.directives) {
    if (directive.name === 'check')
      addCheck(found, directive.value, directive.valueSpan.start, directive.span, 'file');
  }
  // Most files have no such comment: look before matching.
  const candidates = file.comments.filter(({ text }) => text.includes('=') && /ignore|check/i.test(text));
  if (candidates.length === 0) return found;
  const owners = new Owners(file.instructions);
  const checked = new Set<number>();
  for (const comment of candidates) {
    const own = ours.exec(comment.text);
    const theirs = own ? null : hadolints.exec(comment.text);
    const check = own || theirs ? null : buildkits.exec(comment.text);
    if (own) {
      const target = owners.at(comment);
      const scope = own[1] ? 'file' : adjoining(file, document, comment, target);
      if (scope !== undefined) found.push(make('drydock', scope, own, comment));
    } else if (theirs) {
      const scope =
        theirs[1] === 'global'
          ? 'file'
          : hadolintScope(file, document, comment, owners.at(comment), theirs[1] === 'stage');
      if (scope !== undefined) found.push(make('hadolint', scope, theirs, comment));
    } else if (check) {
      // Only the first check comment since the instruction before counts.
      const target = owners.at(comment);
      if (target === undefined || checked.has(target.index) || comment.inside) continue;
      checked.add(target.index);
      const value = check[1] ?? '';
      const start = comment.span.start + 1 + check[0].length - value.length;
      addCheck(found, value, start, comment.span, [target.index, target.index]);
    }
  }
  return found;
}

function make(
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

/** `skip=A,B;error=true;experimental=…`: only `skip` hides. */
function addCheck(
  found: Suppression[],
  value: string,
  start: number,
  span: Span,
  scope: Suppression['scope'],
): void {
  let offset = start;
  for (const part of value.split(';')) {
    const match = /^skip=(.+)$/.exec(part);
    if (match) {
      const ids = match[1] ?? '';
      found.push({
        form: 'buildkit',
        scope,
        ids: ids.split(',').map((id) => id.trim()),
        span,
        idsSpan: { start: offset + 'skip='.length, end: offset + part.length },
      });
    }
    offset += part.length + 1;
  }
}

/** Ours holds for the instruction whose block of comment lines it stands in, directly above or inside. */
function adjoining(
  file: Dockerfile,
  document: TextFile,
  comment: Comment,
  target: Instruction | undefined,
): Suppression['scope'] | undefined {
  if (!target) return undefined;
  if (comment.inside) return [target.index, target.index];
  const from = document.lineAt(comment.span.start);
  const to = document.lineAt(target.span.start);
  for (let line = from + 1; line < to; line += 1) {
    if (!file.text.slice(document.line(line).start, document.line(line).end).trim().startsWith('#'))
      return undefined;
  }
  return [target.index, target.index];
}

/** hadolint's holds for the line below it; its stage form for what follows a FROM there, up to the next FROM. */
function hadolintScope(
  file: Dockerfile,
  document: TextFile,
  comment: Comment,
  target: Instruction | undefined,
  stage: boolean,
): Suppression['scope'] | undefined {
  if (!target || comment.inside) return undefined;
  if (document.lineAt(comment.span.start) + 1 !== document.lineAt(target.span.start)) return undefined;
  if (!stage) return [target.index, target.index];
  if (target.keyword !== 'FROM') return undefined;
  const next = file.instructions.findIndex((other) => other.index > target.index && other.keyword === 'FROM');
  return [target.index + 1, next < 0 ? Number.MAX_SAFE_INTEGER : next - 1];
}

/** The instruction a comment stands in or above. */
class Owners {
  readonly #instructions: readonly Instruction[];

  constructor(instructions: readonly Instruction[]) {
    this.#instructions = instructions;
  }

  at(place: { readonly span: Span }): Instruction | undefined {
    let low = 0;
    let high = this.#instructions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#instructions[middle]?.span.end ?? 0) < place.span.start) low = middle + 1;
      else high = middle;
    }
    return this.#instructions[low];
  }
}

/** A question asked per finding: which suppression hides it. */
export class Suppressor {
  readonly #suppressions: readonly Suppression[];
  readonly #owners: Owners;

  constructor(suppressions: readonly Suppression[], file: Dockerfile) {
    this.#suppressions = suppressions;
    this.#owners = new Owners(file.instructions);
  }

  /** The suppression that hides the finding; undefined when it is to be shown. */
  hiding(finding: Suppressible): Suppression | undefined {
    if (this.#suppressions.length === 0) return undefined;
    const owner = this.#owners.at({ span: finding.at });
    const index = owner && owner.span.start <= finding.at.start ? owner.index : undefined;
    return this.#suppressions.find(
      ({ scope, form, ids }) =>
        (scope === 'file' || (index !== undefined && scope[0] <= index && index <= scope[1])) &&
        names(form, ids, finding),
    );
  }
}

function names(form: SuppressionForm, ids: readonly string[], finding: Suppressible): boolean {
  if (form === 'drydock') return ids.includes(finding.ruleId);
  const prefix = `${form}:`;
  const foreign = finding.alsoKnownAs
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length));
  return foreign.some((id) => ids.includes(id) || (form === 'buildkit' && ids.includes('all')));
}
