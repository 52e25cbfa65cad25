// What lies at a path of the build context, as far as its folders are listed, and whether the builder is sent it.
import { once } from '../../text/memo';
import { baseName } from '../../text/paths';
import type { ContextFacts } from './context-sources';
import { IgnoreFile } from './ignore-file';

/** No system has longer paths. */
const longestPath = 4096;

const setOf = once((names: readonly string[]): ReadonlySet<string> => new Set(names));

export interface ContextEntry {
  /** Relative to the root of the context. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** The ignore file in force; without one it ignores nothing. */
export const ignoreFileOf = once(
  ({ ignoreFile }: ContextFacts): IgnoreFile => new IgnoreFile(ignoreFile?.text ?? ''),
);

/**
 * What a build is sent of a folder, in the order of its listing. An ignored folder stays if an exception may keep
 * something in it.
 * @param folder relative to the root, without a slash at the end; empty for the root
 * @returns undefined if it is not known
 */
export function contextEntries(context: ContextFacts, folder: string): readonly ContextEntry[] | undefined {
  return namesIn(context, folder)?.flatMap((listed): ContextEntry[] => {
    const name = listed.replace(/\/$/, '');
    const path = folder === '' ? name : `${folder}/${name}`;
    const kind = listed === name ? 'file' : 'folder';
    const isKept = !isIgnored(context, path) || (kind === 'folder' && ignoreFileOf(context).mayKeepIn(path));
    return isKept ? [{ path, name, kind }] : [];
  });
}

/**
 * What lies at a path of the context. Case counts on every system, as it does for the builder.
 * @param path relative to the root, normalized; empty for the root
 * @returns `unknown` below what is not listed, and below links
 */
export function lookUp(context: ContextFacts, path: string): 'file' | 'folder' | 'missing' | 'unknown' {
  if (path === '') return 'folder';
  if (path.length > longestPath) return 'unknown';
  const name = baseName(path);
  const folder = path === name ? '' : path.slice(0, -name.length - 1);
  const above = lookUp(context, folder);
  if (above === 'missing') return 'missing';
  const names = above === 'folder' ? namesIn(context, folder) : undefined;
  if (!names) return 'unknown';
  if (setOf(names).has(`${name}/`)) return 'folder';
  return setOf(names).has(name) ? 'file' : 'missing';
}

/** Whether the ignore file keeps a path out of the build. @param path relative to the root, normalized */
export function isIgnored(context: ContextFacts, path: string): boolean {
  return ignoreFileOf(context).ignores(path);
}

/** Names of what a folder holds, as they are listed; undefined if that is not known. */
export function namesIn({ entries, entriesOf }: ContextFacts, folder: string): readonly string[] | undefined {
  return folder === '' ? entries : entriesOf?.(folder);
}
