// What the files of git around a build context say about a path: .gitignore and .gitattributes.
import { once } from '../../text/memo';
import type { ContextFacts, GitFile } from './context-sources';
import { IgnoreFile } from './ignore-file';

/** Whether git ignores a path, so that a checkout does not have it. @param path relative to the context, normalized */
export function isGitIgnored(context: ContextFacts, path: string): boolean {
  return names(ignored(context), path);
}

/** Whether git writes a file with LF in every checkout. @param path relative to the context, normalized */
export function hasUnixLines(context: ContextFacts, path: string): boolean {
  return names(unixLines(context), path);
}

interface Patterns {
  readonly below: string;
  readonly ignore: IgnoreFile;
}

function names(files: readonly Patterns[], path: string): boolean {
  return files.some(({ below, ignore }) => ignore.ignores(below === '' ? path : `${below}/${path}`));
}

const ignored = once((context: ContextFacts) =>
  (context.gitIgnores ?? []).map((file) => read(file, toIgnoreLine)),
);

const unixLines = once((context: ContextFacts) =>
  (context.gitAttributes ?? []).map((file) => read(file, toUnixLine)),
);

function read({ below, text }: GitFile, toLine: (line: string) => string): Patterns {
  return { below, ignore: new IgnoreFile(text.split('\n').map(toLine).join('\n')) };
}

/** Git finds a pattern without a slash in front of its end at any depth. */
function toIgnoreLine(line: string): string {
  const pattern = line.trim().replace(/\/$/, '');
  const isException = pattern.startsWith('!');
  const bare = isException ? pattern.slice(1) : pattern;
  if (bare === '' || bare.startsWith('#')) return '';
  return `${isException ? '!' : ''}${bare.includes('/') ? bare : `**/${bare}`}`;
}

/** `*.sh text eol=lf` as a pattern for what it names; a later line with other line ends takes it back. */
function toUnixLine(line: string): string {
  const [pattern = '', ...attributes] = line.trim().split(/\s+/);
  const said = attributes.find((one) => /^(?:eol=|-text$|binary$)/.test(one));
  if (said === undefined || pattern === '') return '';
  return toIgnoreLine(said === 'eol=lf' ? pattern : `!${pattern}`);
}
