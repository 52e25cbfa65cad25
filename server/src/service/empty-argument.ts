// A step that asks for something with a hole in it: the place of a build argument that has no value. Where the log shows what
// the step asked for, it must show the hole.
import { globalNames, variableNames } from '../core/analysis/symbols/variable-names';
import type { Model } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';
import type { BuildFailure } from '../workflow/build/failure';
import type { Explanation } from '../workflow/why/explanation';

/** Causes that follow from a broken address. Of these the log often says no more than that the server refused it. */
const downloads: ReadonlySet<string> = new Set([
  'add-url-failed',
  'download-gone',
  'download-no-answer',
  'download-not-an-archive',
]);

/** Causes that follow from a broken address, path, version or name. */
const mayFollow: ReadonlySet<string> = new Set([
  ...downloads,
  'build-failed',
  'copied-file-missing',
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
  /** The word goes on before it with what the file does not tell. */
  readonly isOpen: boolean;
  /** The step itself may give it a value, so only what the log shows counts. */
  readonly mayBeSet: boolean;
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
    const { argument, isAbove, word, isOpen, mayBeSet } = hole;
    const isSeen = word.length > 3 && printed.some((line) => holds(line, word, isOpen));
    const isMissing = word === '' && printed.some(lacksWord);
    const isSilent =
      downloads.has(explained.cause) &&
      /^\w+:\/\/[\w.-]+\//.test(word) &&
      !printed.some((line) => line.includes(word.slice(0, word.indexOf('/', 8) + 1)));
    if (!isSeen && (mayBeSet || (!isMissing && !isSilent))) continue;
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
function holds(line: string, text: string, isOpen: boolean): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const before = line[at - 1] ?? '';
    const after = line.slice(at + text.length);
    if ((isOpen || !/[\w+-]/.test(before)) && !/^(?:[\w+-]|\.\w)/.test(after)) return true;
  }
  return false;
}

/** One for each word with a build argument that has no value. */
function* holesOf(instruction: Instruction, model: Model): Generator<Hole> {
  const { uses, sets, unread } = variableNames(model, instruction);
  if (unread) return;
  const ownNames = new Set(sets.map(({ name }) => name));
  const starts = new Set(uses.map(({ span }) => span.start));
  const text = model.document.slice(instruction.span);
  const start = instruction.span.start;
  const seen = new Set<string>();
  let last = { from: 0, to: 0 };
  for (const { name, span } of uses) {
    const at = span.start - start;
    // Each word once, by its first argument without a value.
    if (at >= last.from && at < last.to) continue;
    if (/^:?[-+=?]/.test(text.slice(span.end - start, span.end - start + 2))) continue;
    const empty = emptyArgument(name, instruction, model);
    if (!empty) continue;
    last = wordAround(text, at);
    const part = filled(text.slice(last.from, last.to), (one, offset) => {
      if (!starts.has(start + last.from + offset)) return undefined;
      if (one !== name && ownNames.has(one)) return undefined;
      return emptyArgument(one, instruction, model) ? '' : model.declaration(one, instruction)?.value;
    });
    if (part === undefined || seen.has(part.word)) continue;
    seen.add(part.word);
    yield { ...empty, ...part, mayBeSet: ownNames.has(name) };
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
 * @param valueOf a name and where it stands in the word: its value, `''` for a hole, undefined if it is not known
 * @returns undefined if no part with a hole is known
 */
function filled(
  word: string,
  valueOf: (name: string, offset: number) => string | undefined,
): Pick<Hole, 'word' | 'isOpen'> | undefined {
  let made = '';
  let done = 0;
  let hasHole = false;
  let isOpen = false;
  let rest = word.length;
  for (const { 0: reference, 1: braced, 2: plain, index } of word.matchAll(/\$(?:\{!?(\w+)\}|(\w+))/g)) {
    const name = braced ?? plain ?? '';
    made += word.slice(done, index);
    done = index + reference.length;
    const value = reference.startsWith('${!') ? undefined : valueOf(name, index + reference.indexOf(name));
    if (value === '') hasHole = true;
    else if (value !== undefined) made += value;
    else if (hasHole) {
      rest = done;
      break;
    } else {
      made = '';
      isOpen = true;
    }
  }
  const whole = cleaned(made + word.slice(done, rest));
  return whole === undefined || !hasHole ? undefined : { word: whole, isOpen };
}

/** Without quotes, and without the option or name that a value is given to; undefined if it holds more than variables. */
function cleaned(word: string): string | undefined {
  const plain = word.replace(/["'\\]/g, '').replace(/^-{1,2}[\w-]+=|^\w+=(?!=)/, '');
  return /[${}]/.test(plain) ? undefined : plain;
}
