// The variables that BuildKit warns about in its check UndefinedVar. Follows reportUnmatchedVariables and the Expand
// methods of its instructions: each name counts once for each value that is expanded by itself, whatever stands behind
// it (`${X:-y}`), and a base image that is not known sets nothing but PATH.
import type { Model } from '../../model/model';
import { referencesInBody } from '../../syntax/expansion';
import type { Instruction, JsonString, VariableReference, Word } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import { withNested } from './variable-names';

/** The flags that BuildKit expands before it warns. */
const expandedFlags: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chown', 'chmod', 'checksum'],
  COPY: ['chown', 'chmod'],
};

/** The instructions whose words it expands one by one; those of EXPOSE without a warning. */
const expandedWords: ReadonlySet<string> = new Set([
  'ADD',
  'COPY',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** The frontend reads these itself. */
const silent: ReadonlySet<string> = new Set(['BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE']);

/** The references without a value, each name once for a value that is expanded. */
export function* unmatchedVariables(model: Model): Generator<VariableReference> {
  for (const instruction of model.instructionsOf(...expandedWords, 'ARG', 'ENV', 'LABEL', 'RUN')) {
    if (instruction.onbuild || !model.stageOf(instruction)) continue;
    for (const { word, variables } of values(model, instruction)) {
      const names = new Set(silent);
      for (const variable of withNested(variables)) {
        const { name } = variable;
        if (names.has(name)) continue;
        names.add(name);
        if (model.isDeclared(name, instruction) !== true && !model.declaration(name, instruction, word))
          yield variable;
      }
    }
  }
}

interface Value {
  readonly variables: readonly VariableReference[];
  /** The value of one of several pairs of an ARG. */
  readonly word?: Word;
}

function* values(model: Model, instruction: Instruction): Generator<Value> {
  const { keyword, words, pairs, flags, heredocs } = instruction;
  for (const { key, value } of pairs) {
    if (keyword !== 'ARG') yield key;
    if (value) yield { variables: value.variables, word: value };
  }
  if (expandedWords.has(keyword)) yield* instruction.json ? stringsOf(instruction.json, words) : words;
  for (const { name, value, options } of flags) {
    if (!value) continue;
    if (expandedFlags[keyword]?.includes(name)) yield value;
    if (keyword !== 'RUN' || name !== 'mount') continue;
    for (const { valueSpan } of options)
      if (valueSpan) yield { variables: value.variables.filter(({ span }) => isIn(span, valueSpan)) };
  }
  if (keyword !== 'COPY' && keyword !== 'ADD') return;
  for (const { expand, body } of heredocs)
    if (expand) yield { variables: referencesInBody(model.file.text, body) };
}

/** The strings of a JSON form, which may all be in one word. */
function* stringsOf(json: readonly JsonString[], words: readonly Word[]): Generator<Value> {
  const variables = words.flatMap((word) => word.variables);
  let next = 0;
  for (const { span } of json) {
    const first = next;
    while (next < variables.length && (variables[next]?.span.start ?? 0) < span.end) next += 1;
    yield { variables: variables.slice(first, next) };
  }
}

function isIn(span: Span, outer: Span): boolean {
  return span.start >= outer.start && span.end <= outer.end;
}
