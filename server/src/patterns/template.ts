// The two ways of filling a pattern: with values, and as a snippet whose stops an editor visits. Both give the same text.
import type { Parameter, Pattern } from './pattern';

/** A parameter in a text. */
export const mark = /«([a-z][a-z0-9-]*)»/g;

/** Names of the parameters in a text, each once, in order. */
export function namesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(mark)].map(([, name = '']) => name))];
}

/** A text with values in the place of its parameters. @param values every name in the text has one */
export function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(mark, (whole, name: string) => values.get(name) ?? whole);
}

/**
 * The value of every parameter of a pattern.
 * @param given values for some of them; the others have their default, filled with the rest
 */
export function valuesOf(
  { parameters }: Pick<Pattern, 'parameters'>,
  given: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const values = new Map(given);
  const waiting = parameters.filter(({ name }) => !values.has(name));
  // Each turn settles at least one, as the reader refuses defaults that need each other.
  for (let turn = 0; turn < parameters.length; turn += 1) {
    for (const { name, default: text } of waiting) {
      if (!values.has(name) && namesIn(text).every((other) => values.has(other)))
        values.set(name, fill(text, values));
    }
  }
  return values;
}

/**
 * A text as a snippet, in the grammar that VS Code documents and the Language Server Protocol repeats.
 * @param parameters those of the pattern: one that the text lacks gets no stop
 * @param ends whether the cursor goes behind the text at last
 */
export function toSnippet(text: string, parameters: readonly Parameter[], ends: boolean): string {
  const used = usedIn(text, parameters);
  const numbers = new Map(used.map(({ name }, index) => [name, index + 1]));
  const byName = new Map(used.map((parameter) => [parameter.name, parameter]));
  const written = new Set<string>();
  const write = (part: string): string => {
    let at = 0;
    let out = '';
    for (const match of part.matchAll(mark)) {
      out += escape(part.slice(at, match.index));
      at = match.index + match[0].length;
      const parameter = byName.get(match[1] ?? '');
      out += parameter ? stop(parameter) : escape(match[0]);
    }
    return out + escape(part.slice(at));
  };
  const stop = ({ name, default: value, proposals }: Parameter): string => {
    const number = numbers.get(name) ?? 0;
    if (written.has(name)) return `$${number}`;
    written.add(name);
    if (proposals.length > 1) return `\${${number}|${proposals.map(escapeChoice).join(',')}|}`;
    return `\${${number}:${write(value)}}`;
  };
  return write(text) + (ends ? '$0' : '');
}

/** Names with those that their defaults need, and so on. */
export function withNeeded(names: readonly string[], parameters: readonly Parameter[]): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [...names];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...namesIn(parameters.find(({ name }) => name === next)?.default ?? ''));
  }
  return found;
}

/** The parameters that a text needs, also through the defaults of others, in their order. */
export function usedIn(text: string, parameters: readonly Parameter[]): readonly Parameter[] {
  const names = withNeeded(namesIn(text), parameters);
  return parameters.filter(({ name }) => names.has(name));
}

function escape(text: string): string {
  return text.replaceAll(/[\\$}]/g, (character) => `\\${character}`);
}

function escapeChoice(text: string): string {
  return text.replaceAll(/[\\,|]/g, (character) => `\\${character}`);
}
