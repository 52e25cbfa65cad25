// Which names in a Dockerfile tell where its build context is.
import { isLockFile } from '../../knowledge/packages/lock-files';
import { copyWordsOf } from '../../model/copies';
import { matchesGlob } from '../../shell/spelling';
import type { Dockerfile } from '../../syntax/nodes';
import { normalizePath } from '../../text/paths';
import { bindSourcesOf } from './context-sources';

/** More sources than this tell no more. */
const mostSources = 100;

/** The sources of all COPY and ADD that read the build context, as written. */
function writtenSources(file: Dockerfile): readonly string[] {
  return file.instructions.flatMap((instruction) => {
    const copy = instruction.trigger ?? instruction;
    if (copy.flags.some(({ name }) => name.toLowerCase() === 'from')) return [];
    return (copyWordsOf(copy)?.sources ?? []).flatMap(({ value, heredoc }) => (heredoc ? [] : [value]));
  });
}

/** Sources that are a pattern for names at the root of the context: `package*.json`, `go.*`. Each once. */
export function patternSources(file: Dockerfile): readonly string[] {
  const written = writtenSources(file).map((value) => value.replace(/^\.\//, ''));
  const found = written.filter((value) => /^[\w.*?-]*[*?][\w.*?-]*$/.test(value) && /\w/.test(value));
  return [...new Set(found)].slice(0, mostSources);
}

/** Sources from the build context that are plain names: no variable, glob, URL, heredoc or dot. Each once. */
export function literalSources(file: Dockerfile): readonly string[] {
  const found = new Set<string>();
  for (const value of writtenSources(file))
    if (!/[$*?[\]{]|^[a-z]+:\/\/|^git@/i.test(value)) found.add(normalizePath(`/${value}`).slice(1));
  for (const { path } of bindSourcesOf(file)) found.add(path);
  found.delete('');
  const all = [...found].slice(0, mostSources);
  // A project may keep no lock file, or only one further up.
  const sure = all.filter((path) => !isLockFile(path));
  return sure.length > 0 ? sure : all;
}

/** Whether a file or folder has a name that the pattern stands for. */
export function isNamedBy(pattern: string, name: string): boolean {
  return matchesGlob(pattern, name);
}
