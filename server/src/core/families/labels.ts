// The body of the rules about labels: what a file labels its images with, and how each label fits the schema. The table
// of types holds every difference between the rules. Other tools have one id for each type.
import { keywordLike } from '../analysis/text/keyword-case';
import { labelForms } from '../knowledge/labels/label-types';
import type { LabelForm, LabelType } from '../knowledge/labels/label-types';
import type { Finding, Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import type { Instruction, Pair, Word } from '../syntax/nodes';
import { replace } from '../text/edit';
import { once } from '../text/memo';

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

/** What the rules about one type read. */
export interface LabelWishes {
  readonly labelSchema: Readonly<Partial<Record<string, LabelType>>>;
  readonly profile: string;
}

/**
 * Labels whose schema type has a form that their value lacks. Values with variables are left out, but not in the
 * profile of hadolint, which reads them as they are written.
 */
export function* misfits(
  model: Model,
  type: keyof typeof labelForms,
  { labelSchema, profile }: LabelWishes,
): Generator<Finding> {
  if (!Object.values(labelSchema).includes(type)) return;
  const form: LabelForm = labelForms[type];
  for (const { instruction, pair, key } of labelsOf(model)) {
    const { value: word } = pair;
    if (key === undefined || !word || typeOf(labelSchema, key) !== type) continue;
    const isHadolint = profile === 'hadolint';
    const value = isHadolint ? word.value : certain(model, word, instruction);
    // An empty value has a rule of its own.
    if (value === undefined || value === '') continue;
    if (form.fits(value) && (!isHadolint || form.fitsHadolint?.(value) !== false)) continue;
    yield {
      at: word.span,
      message: `The label ${key} is not ${form.called}, so tools that read it fail or skip it`,
      fix: repair(word, form.repaired?.(value)),
    };
  }
}

/** The type that a schema gives a key; undefined if it does not name it. */
export function typeOf(schema: LabelWishes['labelSchema'], key: string): LabelType | undefined {
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
