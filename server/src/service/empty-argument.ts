// A step that asks for something with a hole in it: the place of a build argument that has no value. Where the log shows what
// the step asked for, it must show the hole.
import { globalNames, variableNames } from '../core/analysis/symbols/variable-names';
import type { VariableName } from '../core/analysis/symbols/variable-names';
import type { Model } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';
import type { BuildFailure } from '../workflow/build/failure';
import type { Explanation } from '../workflow/why/explanation';

/** Causes that follow from a broken address, path, version or name. */
const mayFollow: ReadonlySet<string> = new Set([
  'add-url-failed',
  'build-failed',
  'copied-file-missing',
  'download-gone',
  'download-no-answer',
  'download-not-an-archive',
  'file-missing',
  'gem-missing',
  'git-failed',
  'git-login',
  'git-ref-missing',
  'go-dependency-missing',
  'npm-package-missing',
  'path-is-folder',
  'pip-version-missing',
  'requirements-file-missing',
  'signature-unchecked',
  'unknown',
  'user-problem',
  'wrong-usage',
]);

/** Of these the log often says no more than that the server refused an address. */
const downloads: ReadonlySet<string> = new Set([
  'add-url-failed',
  'download-gone',
  'download-no-answer',
  'download-not-an-archive',
]);

/** What commands say of a word that is not there. */
const lacksWord = (said: string): boolean =>
  /(?:missing|expected|requires?|needs?|at least) (?:\w+ ){0,3}(?:URL|operand|argument|file)|missing URL|invalid (?:user|group) ID|remote branch {2}not found|[Uu]sage:|^ +-\w, --/i.test(
    said,
  );

interface Hole {
  /** The build argument to give a value. */
  readonly argument: string;
  /** The file has a value for it above FROM, which this stage does not see. */
  readonly isAbove: boolean;
  /** The word as the step has it, with nothing in the place of the argument; empty if the argument is all of it. */
  readonly word: string;
}

/** @returns the explanation, which names the build argument where one without a value is the cause */
export function explainEmptyArgument(
  explained: Explanation,
  { output, message, exitCode }: BuildFailure,
  instruction: Instruction,
  model: Model,
): Explanation {
  const isCandidate = explained.cause !== 'unknown' || output.length > 0 || exitCode !== undefined;
  if (!mayFollow.has(explained.cause) || !isCandidate) return explained;
  const printed = [...output.slice(-60), message, explained.facts.said ?? ''];
  for (const hole of holesOf(instruction, model)) {
    const { argument, isAbove, word } = hole;
    const isSeen = word.length > 3 && printed.some((line) => holds(line, word));
    const isMissing = word === '' && printed.some(lacksWord);
    const isSilent =
      downloads.has(explained.cause) &&
      /^\w+:\/\/[\w.-]+\//.test(word) &&
      !printed.some((line) => line.includes(word.slice(0, word.indexOf('/', 8) + 1)));
    if (!isSeen && !isMissing && !isSilent) continue;
    const asks = word === '' ? 'a word is missing' : `the step asks for ${shortened(word)}`;
    const helps = isAbove
      ? `Repeat ARG ${argument} in the stage`
      : `Pass it with --build-arg ${argument}=…, or give ARG ${argument} a default`;
    const empty = isAbove
      ? `ARG ${argument} stands above FROM, where the stage does not see it, so ${asks}`
      : isSilent
        ? `ARG ${argument} has no default: unless the build gives it a value, ${asks}`
        : `${argument} has no value, so ${asks}`;
    return {
      ...explained,
      cause: 'required-argument',
      message: `${empty}. ${helps}`,
      facts: { ...explained.facts, argument, ...(word !== '' && { detail: word }) },
    };
  }
  return explained;
}

const shortened = (word: string): string => (word.length > 160 ? `${word.slice(0, 157)}…` : word);

/** Whether a line has the text as a whole: a value in the hole at one of its ends would go on. */
function holds(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const before = line[at - 1] ?? '';
    const after = line.slice(at + text.length);
    if (!/[\w+-]/.test(before) && !/^(?:[\w+-]|\.\w)/.test(after)) return true;
  }
  return false;
}

/** One for each word with a build argument that has no value. */
function* holesOf(instruction: Instruction, model: Model): Generator<Hole> {
  const { uses, sets, unread } = variableNames(model, instruction);
  if (unread) return;
  const ownNames = new Set(sets.map(({ name }) => name));
  const text = model.document.slice(instruction.span);
  const start = instruction.span.start;
  const seen = new Set<string>();
  for (const { name, span } of uses) {
    if (ownNames.has(name) || /^:?[-+=?]/.test(text.slice(span.end - start))) continue;
    const empty = emptyArgument(name, instruction, model);
    if (!empty) continue;
    const { from, to } = wordAround(text, span.start - start);
    const word = filled(text.slice(from, to), start + from, uses, instruction, model, ownNames);
    if (word === undefined || seen.has(word)) continue;
    seen.add(word);
    yield { ...empty, word };
  }
}

/** The build argument without a value that leaves a variable empty; undefined if there is none. */
function emptyArgument(
  name: string,
  at: Instruction,
  model: Model,
  depth = 0,
): Pick<Hole, 'argument' | 'isAbove'> | undefined {
  const declared = model.declaration(name, at);
  if (!declared)
    return globalNames(model).has(name) && model.isDeclared(name, at) === false
      ? { argument: name, isAbove: true }
      : undefined;
  if (declared.kind === 'arg')
    return declared.set === false && declared.overridable ? { argument: name, isAbove: false } : undefined;
  // `ENV A=$B` is empty where B is.
  const { pair, instruction } = declared;
  const [only, ...others] = pair.value?.variables ?? [];
  if (!only || others.length > 0 || depth > 3) return undefined;
  if (!/^["']?\$(?:\w+|\{\w+\})["']?$/.test(pair.value?.raw ?? '')) return undefined;
  return emptyArgument(only.name, instruction, model, depth + 1);
}

const ends = /[\s;|&()<>`]/;

/** The word around a place, with its quotes. */
function wordAround(text: string, at: number): { readonly from: number; readonly to: number } {
  let from = at;
  while (from > 0 && !ends.test(text[from - 1] ?? '')) from -= 1;
  let to = at;
  while (to < text.length && !ends.test(text[to] ?? '')) to += 1;
  return { from, to };
}

/**
 * The word as the shell makes it; of one with parts that the file does not tell, the first part with a hole.
 * @returns undefined if no part with a hole is known
 */
function filled(
  word: string,
  offset: number,
  uses: readonly VariableName[],
  instruction: Instruction,
  model: Model,
  ownNames: ReadonlySet<string>,
): string | undefined {
  let made = '';
  let done = 0;
  let hasHole = false;
  for (const found of word.matchAll(/\$(?:\{(!?)(\w+)\}|(\w+))/g)) {
    const [reference, indirect, braced, plain] = found;
    const name = braced ?? plain ?? '';
    const end = found.index + reference.length;
    made += word.slice(done, found.index);
    done = end;
    const isUse = uses.some(({ span }) => span.start >= offset + found.index && span.start < offset + end);
    const isOwn = ownNames.has(name);
    if (isUse && !isOwn && !indirect && emptyArgument(name, instruction, model)) {
      hasHole = true;
      continue;
    }
    const value = isOwn || indirect ? undefined : model.declaration(name, instruction)?.value;
    if (value !== undefined) made += value;
    else if (hasHole) return cleaned(made);
    else made = '';
  }
  return cleaned(made + word.slice(done));
}

/** Without quotes, and without the option or name that a value is given to; undefined if it holds more than variables. */
function cleaned(word: string): string | undefined {
  const plain = word.replace(/["'\\]/g, '').replace(/^-{1,2}[\w-]+=|^\w+=(?!=)/, '');
  return /[${}]/.test(plain) ? undefined : plain;
}
