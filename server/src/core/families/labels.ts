// The body of the rules about labels: what a file labels its images with, and how each label fits the schema. The table
// of types holds every difference between the rules. Other tools have one id for each type.
import { keywordLike } from '../analysis/text/keyword-case';
import { fitsForHadolint } from '../knowledge/labels/hadolint-label-types';
import { labelForms } from '../knowledge/labels/label-types';
import type { LabelForm, LabelType } from '../knowledge/labels/label-types';
import type { Finding, Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import type { Instruction, Pair, Word } from '../syntax/nodes';
import { replace } from '../text/edit';
import { once } from '../text/memo';
import type { Span } from '../text/span';

export interface Label {
  readonly instruction: Instruction;
  readonly pair: Pair;
  /** With variables expanded; undefined if one has no certain value. */
  readonly key: string | undefined;
}

/** All labels of a file, in order. */
export const labelsOf = once((model: Model): readonly Label[] =>
  model
    .instructionsOf('LABEL')
    .flatMap((instruction) =>
      instruction.pairs.map((pair) => ({ instruction, pair, key: certain(model, pair.key, instruction) })),
    ),
);

/** The text of a word; undefined if the command line or an unknown variable decides. */
function certain(model: Model, word: Word, at: Instruction): string | undefined {
  const { text, overridable } = model.expansion(word, at);
  return overridable ? undefined : text;
}

/** The keys that the images of stages have from the file, by stage: its own and those of its parent stages. */
export function keysOf(model: Model, stage: Stage): ReadonlySet<string> {
  const chain = new Set<Stage | undefined>(stage.chain);
  return new Set(
    labelsOf(model).flatMap(({ instruction, key }) =>
      key !== undefined && !instruction.onbuild && chain.has(model.stageOf(instruction)) ? [key] : [],
    ),
  );
}

/** The types of labels by key, as the configuration says. */
type LabelSchema = Readonly<Partial<Record<string, LabelType>>>;

/** Labels whose schema type has a form that their value lacks. Values with variables are left out. */
export function* misfits(
  model: Model,
  type: keyof typeof labelForms,
  { labelSchema }: { readonly labelSchema: LabelSchema },
): Generator<Finding> {
  if (!Object.values(labelSchema).includes(type)) return;
  const form: LabelForm = labelForms[type];
  for (const { instruction, pair, key } of labelsOf(model)) {
    const { value: word } = pair;
    if (key === undefined || !word || typeOf(labelSchema, key) !== type) continue;
    const value = certain(model, word, instruction);
    // An empty value has a rule of its own.
    if (value === undefined || value === '' || form.fits(value)) continue;
    yield {
      at: word.span,
      message: misfit(key, type),
      fix: repair(word, form.repaired?.(value)),
    };
  }
}

/** The same as hadolint judges: it expands no variable, and reads no trigger. */
export function* misfitsForHadolint(
  model: Model,
  type: keyof typeof labelForms,
  { labelSchema }: { readonly labelSchema: LabelSchema },
): Generator<Finding> {
  if (!Object.values(labelSchema).includes(type)) return;
  for (const { key, value, at } of labelsForHadolint(model))
    if (typeOf(labelSchema, key) === type && !fitsForHadolint[type](value))
      yield { at, message: misfit(key, type) };
}

function misfit(key: string, type: keyof typeof labelForms): string {
  const { called }: LabelForm = labelForms[type];
  return `The label ${key} is not ${called}, so tools that read it fail or skip it`;
}

/** The labels of a file as hadolint reads them: `LABEL key "value"` has quotes in its value. */
export function labelsForHadolint(model: Model): readonly LabelText[] {
  return model.instructionsOf('LABEL').flatMap(({ onbuild, pairs }) =>
    onbuild
      ? []
      : pairs.map(({ span, key, value, legacy }) => ({
          pair: span,
          key: key.value,
          value: (legacy ? value?.raw : value?.value) ?? '',
          at: value?.span ?? span,
        })),
  );
}

interface LabelText {
  readonly pair: Span;
  readonly key: string;
  readonly value: string;
  /** The value. */
  readonly at: Span;
}

/** The type that a schema gives a key; undefined if it does not name it. */
export function typeOf(schema: LabelSchema, key: string): LabelType | undefined {
  return Object.hasOwn(schema, key) ? schema[key] : undefined;
}

/** Replaces a value that is written as it is, in its quotes if it has some. */
function repair({ raw, value, span }: Word, text: string | undefined): Fix | undefined {
  if (text === undefined || text === value) return undefined;
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  if (raw !== quote + value + quote) return undefined;
  return { title: `Change it to ${text}`, edits: [replace(span, quote + text + quote)] };
}

/** Lines that take the values of labels from the command line of the build. @param keys not empty */
export function labelLines({ file }: Model, keys: readonly string[]): readonly string[] {
  const variables = keys.map(
    (key) => `IMAGE_${(key.split(/[./]/).at(-1) ?? '').replaceAll(/\W/g, '_').toUpperCase()}`,
  );
  const label = keywordLike(file, 'LABEL');
  const indent = ' '.repeat(label.length + 1);
  return [
    ...new Set(variables.map((name) => `${keywordLike(file, 'ARG')} ${name}`)),
    ...keys.map((key, at) => {
      const end = at < keys.length - 1 ? ` ${file.escape}` : '';
      return `${at === 0 ? `${label} ` : indent}${key}="$${variables[at] ?? ''}"${end}`;
    }),
  ];
}
