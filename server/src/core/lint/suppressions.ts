// Comments that hide findings: our own, hadolint's and BuildKit's, read as their tools read them.
import type { Comment, Dockerfile, Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { TextFile } from '../text/document';
import { checkOptions } from '../syntax/directives';
import { firstNotBefore } from '../text/search';

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
      addCheck(found, checkOptions(directive.value), directive.valueSpan.start, directive.span, 'file');
  }
  // Most files have no such comment: look before matching.
  const candidates = file.comments.filter(({ text }) => text.includes('=') && /ignore|check/i.test(text));
  if (candidates.length === 0) return found;
  const owners = new Owners(file.instructions);
  const checked = new Set<number>();
  const tops = new Map<number, number>();
  for (const comment of candidates) {
    const own = ours.exec(comment.text);
    const theirs = own ? null : hadolints.exec(comment.text);
    const check = own || theirs ? null : buildkits.exec(comment.text);
    if (own) {
      const target = owners.at(comment);
      const scope = own[1] ? 'file' : adjoining(document, comment, target, tops);
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
  document: TextFile,
  comment: Comment,
  target: Instruction | undefined,
  tops: Map<number, number>,
): Suppression['scope'] | undefined {
  if (!target) return undefined;
  if (!comment.inside) {
    const top = tops.get(target.index) ?? topOfBlock(document, target);
    tops.set(target.index, top);
    if (document.lineAt(comment.span.start) < top) return undefined;
  }
  return [target.index, target.index];
}

/** The line in which the comments directly above an instruction begin, or its own. */
function topOfBlock(document: TextFile, { span }: Instruction): number {
  let top = document.lineAt(span.start);
  while (
    top > 0 &&
    document
      .slice(document.line(top - 1))
      .trimStart()
      .startsWith('#')
  )
    top -= 1;
  return top;
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
  let last = target.index;
  while (last + 1 < file.instructions.length && file.instructions[last + 1]?.keyword !== 'FROM') last += 1;
  return [target.index + 1, last];
}

/** The instruction a comment stands in or above. */
class Owners {
  readonly #instructions: readonly Instruction[];

  constructor(instructions: readonly Instruction[]) {
    this.#instructions = instructions;
  }

  at(place: { readonly span: Span }): Instruction | undefined {
    return this.#instructions[firstNotBefore(this.#instructions, ({ span }) => span.end < place.span.start)];
  }
}

/** A question asked per finding: which suppression hides it. */
export class Suppressor {
  /** By what they name: a rule of ours, or `tool:id`. */
  readonly #byName = new Map<string, Scopes>();
  readonly #owners: Owners;

  constructor(suppressions: readonly Suppression[], file: Dockerfile) {
    this.#owners = new Owners(file.instructions);
    for (const suppression of suppressions) {
      for (const id of suppression.ids) {
        const name = suppression.form === 'drydock' ? id : `${suppression.form}:${id}`;
        let scopes = this.#byName.get(name);
        if (!scopes) this.#byName.set(name, (scopes = new Scopes()));
        scopes.add(suppression);
      }
    }
  }

  /** The first suppression that hides the finding; undefined when it is to be shown. */
  hiding({ at, ruleId, alsoKnownAs }: Suppressible): Suppression | undefined {
    if (this.#byName.size === 0) return undefined;
    const owner = this.#owners.at({ span: at });
    const index = owner && owner.span.start <= at.start ? owner.index : undefined;
    const names = [ruleId, ...alsoKnownAs];
    if (alsoKnownAs.some((id) => id.startsWith('buildkit:'))) names.push('buildkit:all');
    return earliest(names.map((name) => this.#byName.get(name)?.at(index)));
  }
}

/** Where suppressions of one name hold. There may be as many as instructions, and each finding asks. */
class Scopes {
  #file: Suppression | undefined;
  readonly #single = new Map<number, Suppression>();
  /** Those that reach to the end of a stage, by the number of its last instruction: the one that begins first. */
  readonly #toLast = new Map<number, Suppression>();
  #lasts: readonly number[] | undefined;

  /** In file order. */
  add(suppression: Suppression): void {
    const { scope } = suppression;
    if (scope === 'file') this.#file ??= suppression;
    else if (scope[0] === scope[1]) this.#single.set(scope[0], this.#single.get(scope[0]) ?? suppression);
    else if (!this.#toLast.has(scope[1])) this.#toLast.set(scope[1], suppression);
  }

  /** @param index of the instruction a finding is in; undefined for one outside all */
  at(index: number | undefined): Suppression | undefined {
    if (index === undefined) return this.#file;
    return earliest([this.#file, this.#single.get(index), this.#around(index)]);
  }

  #around(index: number): Suppression | undefined {
    if (this.#toLast.size === 0) return undefined;
    const lasts = (this.#lasts ??= [...this.#toLast.keys()].sort((a, b) => a - b));
    const found = this.#toLast.get(lasts[firstNotBefore(lasts, (last) => last < index)] ?? -1);
    return found && found.scope !== 'file' && found.scope[0] <= index ? found : undefined;
  }
}

function earliest(found: readonly (Suppression | undefined)[]): Suppression | undefined {
  return found.reduce(
    (first, one) => (one && (!first || one.span.start < first.span.start) ? one : first),
    undefined,
  );
}
