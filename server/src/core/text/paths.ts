// Computes with paths in images and build contexts. Works on text alone and never looks at a disk. Paths have
// forward slashes; paths of Windows images stay as written.

/** No system takes a longer path. The limit also keeps a series of relative paths linear. */
const longest = 4096;

/** An empty part, `.` or `..`, which most paths do not have. */
const abnormal = /^\.{1,2}(?:\/|$)|\/\.{0,2}(?:\/|$)/;

/**
 * Normalizes a path: removes `.`, double slashes and a final slash, and resolves `..`. An absolute path stops at
 * the root. A relative path keeps a `..` that leads out of its start folder, and is empty if it names that folder.
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
 * Resolves a path against a folder, as the builder does for WORKDIR and COPY (NormalizeWorkdir of BuildKit's
 * util/system).
 * @param folder absolute; undefined if unknown
 * @param windows whether the image is known to be for Windows; a drive letter also means Windows
 * @returns an absolute path, as written if it is an absolute Windows path; undefined if it depends on an unknown
 * folder
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

/** Windows accepts both slashes and any case. */
function resolveWindows(folder: string | undefined, path: string): string | undefined {
  if (hasDrive(path) || /^[\\/]/.test(path)) return path;
  if (folder === undefined) return undefined;
  const slash = folder.includes('/') && !folder.includes('\\') ? '/' : '\\';
  return folder.endsWith(slash) ? folder + path : folder + slash + path;
}

/** Whether a path is the folder or is inside it. Both are normalized and start at the same place. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || folder === '/' || path.startsWith(`${folder}/`);
}

/** The rest of a path inside a folder, without a leading slash. Both as for `isBelow`, which has to hold. */
export function restBelow(path: string, folder: string): string {
  return path.slice(folder === '/' ? 1 : folder.length + 1);
}

/** The part after the last slash: empty for a path that ends with a slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path without final slashes; the root keeps its slash. */
export function withoutEndSlash(path: string): string {
  return path.replace(/(?<=[^/])\/+$/, '');
}

/** `/root/x`, `/home/me/x` and `$HOME/x` become `~/x`: caches are in the home directory of the user. */
export function fromHome(path: string): string {
  return path.replace(/^(?:\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})(?=\/|$)/, '~');
}
