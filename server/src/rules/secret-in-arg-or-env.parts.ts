// How to get a secret out of an image: the edits, and where a file mentions arguments and variables.
import { insertAfter, remove, replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { withoutPair } from '../core/fixes/drop-pair';
import { addSyntaxLine } from '../core/fixes/syntax-line';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { isSecretName } from '../core/knowledge/syntax/secrets';
import type { Pair } from '../core/syntax/nodes';
import { once } from '../core/text/memo';

/** A build argument, and where it is declared. */
export interface Argument {
  readonly instruction: Instruction;
  readonly pair: Pair;
}

/**
 * Leaves a variable to the start of the container.
 * @param argument whose value the variable gets
 * @returns undefined if a build step reads it, or if a stage that inherits from this one may
 */
export function leaveToStart(
  model: Model,
  instruction: Instruction,
  pair: Pair,
  argument: Argument | undefined,
): Fix | undefined {
  const { document } = model;
  const stage = model.stageOf(instruction);
  const name = pair.key.value;
  if (!stage || instruction.onbuild || stage.usedBy.some(({ via }) => via === 'from')) return undefined;
  const isRead = mentionsOf(model, stage, name).some(
    (other) => other.index > instruction.index && !atRunTime.has(other.keyword),
  );
  const rest = isRead ? undefined : withoutPair(instruction, pair);
  const source = rest && (argument ? argumentAlone(model, stage, argument, instruction) : []);
  if (!rest || !source) return undefined;
  const comment = `# TODO: give ${name} to the container when it is started`;
  const edits =
    instruction.pairs.length === 1
      ? [replace(instruction.span, comment)]
      : [document.insertLinesBefore(instruction.span.start, comment), remove(rest)];
  return { title: `Remove ${name} from the image`, safety: 'manual', edits: [...source, ...edits] };
}

const atRunTime: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** The line of an argument that nothing else reads. Nothing if it is not a secret and others read it. */
function argumentAlone(
  model: Model,
  stage: Stage,
  { instruction, pair }: Argument,
  reader: Instruction,
): readonly Edit[] | undefined {
  const name = pair.key.value;
  const isAlone =
    model.stageOf(instruction) === stage &&
    instruction.pairs.length === 1 &&
    instruction.comments.length === 0 &&
    mentionsOf(model, undefined, name).length === 0 &&
    mentionsOf(model, stage, name).every((other) => other === instruction || other === reader);
  if (isAlone) return [model.document.removeLines(instruction.span)];
  // The argument itself would be reported then.
  return isSecretName(name) ? undefined : [];
}

/**
 * Mounts a secret into the RUNs that read an argument, and removes the argument.
 * @param name of the argument, which the instruction declares
 * @returns undefined if anything else reads it, or if a stage that inherits from this one may
 */
export function mountAsSecret(model: Model, instruction: Instruction, name: string): Fix | undefined {
  const stage = model.stageOf(instruction);
  if (!stage || instruction.pairs.length !== 1 || instruction.comments.length > 0) return undefined;
  // A stage that inherits from this one may also read it.
  if (stage.usedBy.some(({ via }) => via === 'from')) return undefined;
  if (mentionsOf(model, undefined, name).length > 0) return undefined;
  const readers: Instruction[] = [];
  for (const other of mentionsOf(model, stage, name)) {
    if (other === instruction) continue;
    if (other.keyword !== 'RUN' || other.json) return undefined;
    if (other.index > instruction.index) readers.push(other);
  }
  if (readers.length === 0) return undefined;
  const id = name.toLowerCase();
  const edits = [
    ...addSyntaxLine(model),
    model.document.removeLines(instruction.span),
    ...readers.map(({ keywordSpan }) =>
      insertAfter(keywordSpan, ` --mount=type=secret,id=${id},env=${name}`),
    ),
  ];
  return {
    title: `Mount ${name} as a secret in ${readers.length === 1 ? `the ${keywordLike(model.file, 'RUN')} that reads` : `the ${readers.length} steps that read`} it`,
    edits,
  };
}

type ByName = ReadonlyMap<string, readonly Instruction[]>;

/** One walk through the file, however many arguments it has. */
const byStage = once((model: Model): ReadonlyMap<Stage | undefined, ByName> => {
  const found = new Map<Stage | undefined, Map<string, Instruction[]>>();
  const names = new Set(
    model.instructions
      .filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV')
      .flatMap(({ pairs }) => pairs.map(({ key }) => key.value)),
  );
  for (const instruction of model.instructions) {
    const stage = model.stageOf(instruction);
    const byName = found.get(stage) ?? new Map<string, Instruction[]>();
    found.set(stage, byName);
    for (const word of new Set(model.document.slice(instruction.span).match(/\w+/g))) {
      if (!names.has(word)) continue;
      const instructions = byName.get(word) ?? [];
      instructions.push(instruction);
      byName.set(word, instructions);
    }
  }
  return found;
});

/**
 * The instructions whose text contains the name of an argument or variable as a word, in file order: only they can
 * read it.
 * @param stage where to look; undefined for what stands above the first FROM
 * @param name of an ARG or ENV anywhere in the file
 */
function mentionsOf(model: Model, stage: Stage | undefined, name: string): readonly Instruction[] {
  return byStage(model).get(stage)?.get(name) ?? [];
}
