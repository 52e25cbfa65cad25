// The bodies of hadolint's verdicts about package managers: packages without a version, and caches that stay. It reads
// every word that is not a flag as a package. Source: what hadolint 2.15.1 answers.
import type { Finding } from '../lint/finding';
import type { Model } from '../model/model';
import type { ShellWord } from '../shell/types';
import { once } from '../text/memo';
import { hasWord, operandsOf, seenIn, seenNamed, textOf, verbOf } from './hadolint-commands';
import type { SeenCommand } from './hadolint-commands';

/**
 * The words of a command that are not flags, and not the verb.
 * @param verbs where none is a word, there are none
 * @param valued flags whose next word is their value
 */
export function wordsAfter(
  seen: SeenCommand,
  verbs: readonly string[],
  valued?: RegExp,
): readonly ShellWord[] {
  if (!hasWord(seen, ...verbs)) return [];
  return operandsOf(seen, valued).filter((word) => !verbs.includes(textOf(word)));
}

interface PinnedBy {
  readonly program: string;
  readonly verbs: readonly string[];
  /** The words that can be packages, if not all of `wordsAfter`. */
  readonly wordsOf?: (seen: SeenCommand) => readonly ShellWord[];
  /** Whether the text of a word has a version. */
  readonly isPinned: (text: string, seen: SeenCommand) => boolean;
}

/** One finding for each command that installs something without a version. */
export function* withoutVersion(model: Model, by: PinnedBy): Generator<Finding> {
  for (const seen of seenNamed(model, by.program)) {
    const words = by.wordsOf?.(seen) ?? wordsAfter(seen, by.verbs);
    const word = words.find((one) => !by.isPinned(textOf(one), seen));
    if (word)
      yield {
        at: word.span,
        message: `${textOf(word)} has no version, so each build installs the newest one`,
      };
  }
}

/** One finding for each RUN whose first installation stands behind the first cleaning, or without one. */
export function* withoutCleaning(
  model: Model,
  installs: (seen: SeenCommand) => boolean,
  cleans: (seen: SeenCommand) => boolean,
): Generator<Finding> {
  for (const run of model.instructionsOf('RUN')) {
    const all = seenIn(model, run);
    const install = all.find(installs);
    if (!install) continue;
    const clean = all.find(cleans);
    if (clean && all.indexOf(clean) > all.indexOf(install)) continue;
    yield { at: verbOf(install), message: `${install.name} leaves files in the layer that no one needs` };
  }
}

/** Where the words behind `python -m pip install` start; -1 in another command. */
export function afterPipOfPython({ name, args }: SeenCommand): number {
  const words = args.map(textOf);
  const verb = words.indexOf('install');
  return /^python/.test(name) && words[verb - 1] === 'pip' && words[verb - 2] === '-m' ? verb + 1 : -1;
}

/** Whether every package of rpm that a word names has a version: `x-1.2`. A variable of the file counts as one. */
export function isPinnedRpm(
  model: Model,
  text: string,
  { command: { instruction }, ...seen }: SeenCommand,
): boolean {
  if (seen.args.some((word) => textOf(word) === 'module')) return text.includes(':');
  const known = text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    return argumentsOf(model).has(name) || model.declaration(name, instruction) ? '1' : all;
  });
  const [, ...parts] = known.split('-');
  return parts.some((part) => /^\d/.test(part)) && parts.every((part) => /^[\w.~^:+]*$/.test(part));
}

const argumentsOf = once(
  (model: Model): ReadonlySet<string> =>
    new Set(model.instructionsOf('ARG').flatMap(({ pairs }) => pairs.map(({ key }) => key.value))),
);
