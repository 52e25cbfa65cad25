// Rules that stand in for ShellCheck: they look at the scripts that it has not read, because it is not installed or may not
// run. They find less than it does, and nothing that it would not find.
import { askedOf, scriptsForHadolint, scriptsToCheck } from '../analysis/shellcheck/shell-body';
import type { CheckedScript } from '../analysis/shellcheck/shell-body';
import type { Facts } from '../lint/facts';
import { sharedOptions } from '../lint/option';
import type { OptionValues } from '../lint/option';
import type { Model } from '../model/model';
import { namesOf } from '../shell/names';
import type { ShellName } from '../shell/names';
import type { Command, ShellScript, ShellWord } from '../shell/types';
import { once } from '../text/memo';
import { firstNotBefore } from '../text/search';
import type { Span } from '../text/span';

/** The options of a rule that stands in for ShellCheck. */
export const standInOptions = { profile: sharedOptions.profile };

interface Context {
  readonly model: Model;
  readonly facts: Facts;
  readonly options: OptionValues<typeof standInOptions>;
}

/** A script that ShellCheck has not read, with the shell that it would be told. */
export type UnreadScript = Pick<CheckedScript, 'script' | 'dialect'>;

/** Also asks for the answers, so that whoever can run ShellCheck knows what is missing. */
export function unreadScripts({ model, facts, options }: Context): readonly UnreadScript[] {
  const scripts = options.profile === 'hadolint' ? scriptsForHadolint(model) : scriptsToCheck(model);
  const valid = validOf(scripts);
  if (!facts.shellCheck) return valid;
  const asked = askedOf(scripts);
  const answers = facts.shellCheck(asked.map(({ body }) => body));
  const read = new Set(answers ? asked.filter((_, index) => answers[index] !== undefined) : []);
  return valid.filter((one) => !read.has(one));
}

/** Four rules ask for them. */
const validOf = once((scripts: readonly CheckedScript[]) => scripts.filter(({ script }) => script.valid));

/** A reference to a variable without an operator: `$NAME` or `${NAME}`. */
export interface PlainReference {
  readonly name: string;
  readonly span: Span;
}

/**
 * The references of a script to variables that nothing in the file and nothing in the script sets.
 * Empty if the script reads other scripts, which may set any.
 */
export function unsetReferences(model: Model, script: ShellScript): readonly PlainReference[] {
  if (!script.text.includes('$') || script.commands.some(readsOthers)) return [];
  const { uses, sets, isUnread } = namesOf(script);
  if (isUnread) return [];
  const known = new Set(sets.map(({ name }) => name));
  return plainReferences(
    model,
    uses.filter(({ name }) => !known.has(name)),
  );
}

/** The references of a script to variables but those that the script sets to a word without blanks and stars. */
export function openReferences(model: Model, script: ShellScript): readonly PlainReference[] {
  if (!script.text.includes('$')) return [];
  const { uses } = namesOf(script);
  const plain = new Set(
    [...script.text.matchAll(/(?<![\w$])(\w+)=["']?[\w./:@+,-]*["']?(?=[\s;&|)]|$)/g)].map(
      ([, name = '']) => name,
    ),
  );
  return plainReferences(
    model,
    uses.filter(({ name }) => !plain.has(name)),
  );
}

function plainReferences(model: Model, uses: readonly ShellName[]): readonly PlainReference[] {
  return uses
    .flatMap(({ name, span }) => {
      const whole = plainReference(model.file.text, span);
      return whole ? [{ name, span: whole }] : [];
    })
    .sort((a, b) => a.span.start - b.span.start);
}

function readsOthers({ program }: Command): boolean {
  return program === '.' || program === 'source' || program === 'eval';
}

/** Those in a word, outside of double quotes. @param references sorted by place @param text of the file */
export function unquotedIn(
  word: ShellWord,
  references: readonly PlainReference[],
  text: string,
): readonly PlainReference[] {
  if (!word.splits) return [];
  const found: PlainReference[] = [];
  for (let at = firstNotBefore(references, ({ span }) => span.start < word.span.start); ; at += 1) {
    const reference = references[at];
    if (!reference || reference.span.end > word.span.end) return found;
    const before = text.slice(word.span.start, reference.span.start);
    if (before.split('"').length % 2 === 1) found.push(reference);
  }
}

/** The reference around a name; undefined for one that says what to do if the variable is not set, and for others. */
function plainReference(text: string, { start, end }: Span): Span | undefined {
  if (text[start - 1] === '$') return { start: start - 1, end };
  return text.slice(start - 2, start) === '${' && text[end] === '}'
    ? { start: start - 2, end: end + 1 }
    : undefined;
}
