// Every place in an instruction that names a variable, and whether the builder or a shell reads it.
import { mountTypeOf, mountValue, mountsOf } from '../text/mount-options';
import { instructions as knownInstructions } from '../../knowledge/syntax/instructions';
import { expandedFlags } from '../../knowledge/syntax/mounts';
import type { Model } from '../../model/model';
import { namesOf } from '../../shell/names';
import type { ShellName } from '../../shell/names';
import { malformedInBody, referencesInBody } from '../../syntax/expansion';
import type { Instruction, VariableReference, Word } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { nearest } from '../../text/nearest';
import type { Span } from '../../text/span';

export interface VariableName extends ShellName {
  /** The value of an ARG's pair that contains it: it sees the pairs before that one. */
  readonly word?: Word;
  /** The declarations it can refer to: a running container has no ARG, and a secret hides both for one command. */
  readonly sees: 'arg or env' | 'env' | 'nothing';
}

export interface VariableNames {
  readonly uses: readonly VariableName[];
  /** Names that a script assigns. */
  readonly sets: readonly VariableName[];
  /** A script that was not read, so there may be more names. */
  readonly unread: Span | undefined;
}

const runtime: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

export function variableNames(model: Model, instruction: Instruction): VariableNames {
  const uses = [...builderUses(model, instruction)];
  const sets: VariableName[] = [];
  const sees = runtime.has(instruction.keyword) ? 'env' : 'arg or env';
  const own = secretVariables(instruction);
  const seen = new Set<number>();
  let unread: Span | undefined;
  for (const script of model.scriptsOf(instruction)) {
    const names = namesOf(script);
    if (names.isUnread) unread ??= script.span;
    for (const one of names.uses) {
      // Two shells may read one heredoc, one after the other.
      if (seen.has(one.span.start)) continue;
      seen.add(one.span.start);
      uses.push({ ...one, sees: own.has(one.name) ? 'nothing' : sees });
    }
    for (const one of names.sets) sets.push({ ...one, sees });
  }
  return { uses, sets, unread };
}

function* builderUses(model: Model, instruction: Instruction): Generator<VariableName> {
  const { keyword, flags, words, pairs, heredocs } = instruction;
  for (const { value } of flags) if (value) yield* references(value.variables);
  if (keyword === 'ARG') {
    for (const { value } of pairs) if (value) yield* references(value.variables, value);
  } else if (knownInstructions.get(keyword)?.expands) {
    for (const { variables } of words) yield* references(variables);
  }
  if (keyword !== 'COPY' && keyword !== 'ADD') return;
  for (const { expand, body } of heredocs) {
    if (expand) yield* references(referencesInBody(model.file.text, body));
  }
}

function* references(variables: readonly VariableReference[], word?: Word): Generator<VariableName> {
  for (const { name, nameSpan } of withNested(variables))
    yield { name, span: nameSpan, sees: 'arg or env', ...(word && { word }) };
}

/** Each reference before those in its own operand. */
export function* withNested(found: readonly VariableReference[] = []): Generator<VariableReference> {
  for (const one of found) {
    yield one;
    yield* withNested(one.nested);
  }
}

/** The references of an instruction that the builder expands itself. */
export function* expandedReferences({ file }: Model, instruction: Instruction): Generator<VariableReference> {
  const { keyword, flags, heredocs, line } = instruction;
  if (heredocs.length === 0 && !line.text.includes('$')) return;
  for (const { name, value } of flags) if (expandedFlags.has(name)) yield* withNested(value?.variables);
  if (!knownInstructions.get(keyword)?.expands) return;
  // Made when they are first read: a RUN has many, and the builder expands none of them.
  for (const { variables } of instruction.words) if (variables.length > 0) yield* withNested(variables);
  for (const { expand, body } of heredocs) if (expand) yield* withNested(referencesInBody(file.text, body));
}

/** The first reference in the heredocs of a COPY or ADD that the builder cannot read. */
export function malformedInHeredoc({ file }: Model, { heredocs }: Instruction): Span | undefined {
  for (const { expand, body, content } of heredocs) {
    const at = expand && content.includes('${') ? malformedInBody(file.text, body) : undefined;
    if (at) return at;
  }
  return undefined;
}

/** Names that `RUN --mount=type=secret,env=NAME` sets for this one command, over any ARG or ENV. */
export function secretVariables(instruction: Instruction): ReadonlySet<string> {
  const names = new Set<string>();
  if (instruction.keyword !== 'RUN') return names;
  for (const mount of mountsOf(instruction)) {
    const name = mountTypeOf(mount) === 'secret' ? mountValue(mount, 'env') : undefined;
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** Whether a reference says itself what to put in the place of a variable that is not set: `${X:-y}`, `${X:?y}`. */
export function handlesUnset({ modifier }: VariableReference): boolean {
  return modifier !== undefined && /^:?[-+?]$/.test(modifier);
}

/** The names that instructions above the first FROM declare. */
export const globalNames = once(
  ({ preamble }: Model): ReadonlySet<string> =>
    new Set(preamble.flatMap(({ pairs }) => pairs.map(({ key }) => key.value))),
);

/** Files written by hand have fewer; n unknown names beside n known ones would take the square of their number. */
const mostNames = 100;

/** The name that a misspelled one probably means; undefined if none is near, or if there are too many to compare. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known, mostNames);
  // `ARG VALUE|=1` declares a name that no reference can have.
  return near !== undefined && /^\w+$/.test(near) ? near : undefined;
}

/**
 * What the builder makes of a word with the defaults of the file. Nothing stands in the place of a variable that nothing
 * can set.
 * @returns undefined if the base image or the command line decides
 */
export function builtText(model: Model, word: Word, at: Instruction): string | undefined {
  const { text } = model.expansion(word, at);
  if (text !== undefined) return text;
  const isUnset = word.variables.some(({ name }) => model.isDeclared(name, at) === false);
  const isOpen = word.variables.some((one) => model.declaration(one.name, at)?.set === false);
  return isUnset && !isOpen ? model.expansion(word, at, '').text : undefined;
}
