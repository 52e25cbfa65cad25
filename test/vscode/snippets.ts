// The snippets that the extension contributes, as VS Code inserts them.
import { readFileSync } from 'node:fs';

export interface Snippet {
  readonly body: string | readonly string[];
  readonly description?: string;
}

/** @throws when there is none */
export function snippetNamed(name: string): Snippet {
  const json = JSON.parse(readFileSync('snippets/dockerfile.json', 'utf8')) as Record<string, Snippet>;
  const found = json[name];
  if (!found) throw new Error(`no snippet ${name}`);
  return found;
}

/** The text that a snippet becomes when no placeholder is changed; the first of several choices is taken. */
export function expandSnippet(body: string | readonly string[]): string {
  const source = typeof body === 'string' ? body : body.join('\n');
  const defaults = new Map<string, string>();
  for (const [, number = '', text, choices] of source.matchAll(placeholder)) {
    const value = text ?? choices?.split(',')[0];
    if (value !== undefined && !defaults.has(number)) defaults.set(number, value);
  }
  return source
    .replace(placeholder, (_, number: string) => defaults.get(number) ?? '')
    .replace(/(?<!\\)\$(\d+)/g, (_, number: string) => defaults.get(number) ?? '')
    .replace(/\\([$}\\])/g, '$1');
}

/** `${1:text}`, `${1|one,two|}`, `${1}` */
const placeholder = /(?<!\\)\$\{(\d+)(?::((?:\\.|[^}\\])*)|\|([^|]*)\|)?\}/g;
