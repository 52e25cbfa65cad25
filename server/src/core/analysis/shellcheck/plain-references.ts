// References to variables that say nothing about what to do without a value: `$NAME` and `${NAME}`, as ShellCheck warns of.
import type { Model } from '../../model/model';
import { namesOf } from '../../shell/names';
import type { ShellName } from '../../shell/names';
import type { Command, ShellScript, ShellWord } from '../../shell/types';
import { firstNotBefore } from '../../text/search';
import type { Span } from '../../text/span';

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
