// Every place of an instruction at which a variable is named, and who reads it there.
import { instructions as knownInstructions } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import { namesOf } from '../../shell/names';
import type { ShellName } from '../../shell/names';
import { referencesInBody } from '../../syntax/expansion';
import type { Instruction, VariableReference, Word } from '../../syntax/nodes';
import type { Span } from '../../text/span';

export interface VariableName extends ShellName {
  /** The value of an ARG's pair that it stands in: it sees the pairs in front of that. */
  readonly word?: Word;
  /** What of the file it may mean: the running container knows no ARG, and a secret hides either for one command. */
  readonly sees: 'arg or env' | 'env' | 'nothing';
}

export interface VariableNames {
  readonly uses: readonly VariableName[];
  /** Names to which a script gives a value of its own. */
  readonly sets: readonly VariableName[];
  /** A script that was not read, so that there may be others. */
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
      // A heredoc may be read by two shells, one after the other.
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
  for (const { name, nameSpan, nested } of variables) {
    yield { name, span: nameSpan, sees: 'arg or env', ...(word && { word }) };
    yield* references(nested, word);
  }
}

/** Names that `RUN --mount=type=secret,env=NAME` sets for this one command, over any ARG or ENV. */
function secretVariables({ keyword, flags }: Instruction): ReadonlySet<string> {
  const names = new Set<string>();
  if (keyword !== 'RUN') return names;
  for (const { name, options } of flags) {
    const kind = options.find(({ key }) => key === 'type')?.value?.toLowerCase();
    if (name.toLowerCase() !== 'mount' || kind !== 'secret') continue;
    for (const { key, value } of options) if (key === 'env' && value !== undefined) names.add(value);
  }
  return names;
}
