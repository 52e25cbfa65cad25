// How a WORKDIR follows on the one before it (NormalizeWorkdir of BuildKit's util/system).

/** No system takes a longer path; keeps rows of relative ones linear. */
const longest = 4096;

/**
 * @param before the directory in force; undefined when unknown
 * @param path what WORKDIR says, expanded
 * @param windows whether the image is known to be for Windows; a drive letter says so as well
 * @returns an absolute path, or undefined when it rests on one that is not known
 */
export function joinWorkdir(before: string | undefined, path: string, windows: boolean): string | undefined {
  if (path.length + (before?.length ?? 0) > longest) return undefined;
  const isWindows =
    windows || /^[A-Za-z]:([\\/]|$)/.test(path) || (before !== undefined && /^[A-Za-z]:/.test(before));
  if (isWindows) return joinWindows(before, path);
  if (path.startsWith('/')) return normalize(path);
  return before === undefined ? undefined : normalize(`${before}/${path}`);
}

/** Without `.`, `..`, doubled slashes and a slash at the end. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** As written where it is absolute: Windows takes both slashes and any case. */
function joinWindows(before: string | undefined, path: string): string | undefined {
  if (/^(?:[A-Za-z]:[\\/]|[A-Za-z]:$|[\\/])/.test(path)) return path;
  if (before === undefined) return undefined;
  const slash = before.includes('/') && !before.includes('\\') ? '/' : '\\';
  return before.endsWith(slash) ? before + path : before + slash + path;
}
