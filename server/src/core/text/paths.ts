// The arithmetic of paths in images and build contexts, on text alone: nothing here looks at a disk. Paths have
// forward slashes; those of Windows images are left as written.

/** No system takes a longer path; keeps rows of relative ones linear. */
const longest = 4096;

/** An empty part, `.` or `..`, which most paths do not have. */
const abnormal = /^\.{1,2}(?:\/|$)|\/\.{0,2}(?:\/|$)/;

/**
 * A path without `.`, doubled slashes and a slash at its end, with `..` worked in. From the root, `..` stops at the
 * root; a relative path keeps those that lead out of where it begins, and is empty where it names that place itself.
 */
export function normalizePath(path: string): string {
  if (!abnormal.test(path)) return path;
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  return (isAbsolute ? '/' : '') + parts.join('/');
}

/**
 * Where a path leads from a folder, as WORKDIR and COPY of the builder read it (NormalizeWorkdir of BuildKit's
 * util/system).
 * @param folder absolute; undefined when it is not known
 * @param windows whether the image is known to be for Windows; a drive letter says so as well
 * @returns an absolute path, as written where it is an absolute one of Windows; undefined when it rests on a folder
 * that is not known
 */
export function resolvePath(folder: string | undefined, path: string, windows = false): string | undefined {
  if (path.length + (folder?.length ?? 0) > longest) return undefined;
  if (windows || hasDrive(path) || (folder !== undefined && /^[A-Za-z]:/.test(folder)))
    return resolveWindows(folder, path);
  if (path.startsWith('/')) return normalizePath(path);
  return folder === undefined ? undefined : normalizePath(`${folder}/${path}`);
}

function hasDrive(path: string): boolean {
  return /^[A-Za-z]:(?:[\\/]|$)/.test(path);
}

/** Windows takes both slashes and any case. */
function resolveWindows(folder: string | undefined, path: string): string | undefined {
  if (hasDrive(path) || /^[\\/]/.test(path)) return path;
  if (folder === undefined) return undefined;
  const slash = folder.includes('/') && !folder.includes('\\') ? '/' : '\\';
  return folder.endsWith(slash) ? folder + path : folder + slash + path;
}

/** Whether a path is the folder or lies below it. Both are normalized, and begin at the same place. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || folder === '/' || path.startsWith(`${folder}/`);
}

/** What stands behind the last slash: empty for a path that ends in one. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path without slashes at its end; that of the root stays. */
export function withoutEndSlash(path: string): string {
  return path.replace(/(?<=[^/])\/+$/, '');
}

/** `/root/x`, `/home/me/x` and `$HOME/x` are `~/x`: caches lie in the home directory of whoever it is. */
export function fromHome(path: string): string {
  return path.replace(/^(?:\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})(?=\/|$)/, '~');
}
