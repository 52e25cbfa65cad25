// Finds Dockerfiles by name, below the paths that the user gave.
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../../core/text/nearest';
import { inWords } from './file-errors';

/** Folders that hold other people's files, or none. */
const skipped = new Set(['.git', 'node_modules', 'bower_components', 'site-packages', '.hg', '.svn']);

/** What a folder `vendor` holds if a tool fills it with the dependencies of a project: Go, Composer or Bundler. */
const vendored = new Set(['modules.txt', 'github.com', 'golang.org', 'autoload.php', 'bundle']);

/** In a folder with more, nobody looks for a name like the one that is missing. */
const mostNeighbours = 1000;

export interface FoundFile {
  /** As it will be printed: the given path, or the given folder plus the rest. */
  readonly path: string;
  /** Why it cannot be read. */
  readonly error?: string;
}

/**
 * Takes files whatever their name, and searches folders without following symbolic links.
 * @param wanted which files of a folder, by path; by default Dockerfiles
 */
export function findDockerfiles(
  paths: readonly string[],
  wanted: (path: string) => boolean = isDockerfileName,
): FoundFile[] {
  // By absolute path, because `x` and `./x` are the same file.
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    const stat = attempt(() => statSync(path));
    if (stat.error !== undefined) found.set(resolve(path), { path, error: stat.error + neighbour(path) });
    else if (stat.value?.isDirectory()) search(path === '.' ? '' : path, path, wanted, found);
    else found.set(resolve(path), { path });
  }
  return [...found.values()];
}

function search(
  prefix: string,
  folder: string,
  wanted: (path: string) => boolean,
  found: Map<string, FoundFile>,
): void {
  const entries = attempt(() => readdirSync(folder, { withFileTypes: true }));
  if (entries.error !== undefined) found.set(resolve(folder), { path: folder, error: entries.error });
  for (const entry of (entries.value ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(prefix, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) && !isVendored(path)) search(path, path, wanted, found);
    } else if (entry.isFile() && wanted(path)) found.set(resolve(path), { path });
  }
}

function isVendored(folder: string): boolean {
  if (basename(folder) !== 'vendor') return false;
  return attempt(() => readdirSync(folder)).value?.some((name) => vendored.has(name)) === true;
}

/** The order in which a search finds files, for sorting their paths. */
export function byPath(a: string, b: string): number {
  const [left, right] = [a.split(/[\\/]/), b.split(/[\\/]/)];
  const at = left.findIndex((part, position) => part !== right[position]);
  const [x, y] = [left[at], right[at]];
  return x === undefined ? left.length - right.length : y === undefined || x > y ? 1 : -1;
}

/** Whether a search would leave out a path, which is relative to where it began. */
export function isSkippedPath(path: string): boolean {
  return path.split(/[\\/]/).some((part) => skipped.has(part));
}

function attempt<T>(read: () => T): { readonly value?: T; readonly error?: string } {
  try {
    return { value: read() };
  } catch (error) {
    return { error: inWords(error) };
  }
}

/** The end of a message that names what the path probably meant. */
function neighbour(path: string): string {
  const folder = dirname(path);
  const names = attempt(() => readdirSync(folder)).value ?? [];
  const near = names.length > mostNeighbours ? undefined : nearest(basename(path), names);
  if (near === undefined || near === basename(path)) return '';
  return `. Did you mean ${folder === '.' ? near : join(folder, near)}?`;
}

/**
 * Whether a path names a Dockerfile or Containerfile, by the usual variants: `Dockerfile.dev`, `dev.Dockerfile`, `Dockerfile-dev`
 * and `Dockerfile_3.12`, but not `dockerfile-lint`, the name of a program, nor `Dockerfile_parser.py`
 * and `Dockerfile-notes`.
 */
export function isDockerfileName(path: string): boolean {
  const name = basename(path);
  if (/\.(?:dockerignore|containerignore)$/i.test(name)) return false;
  if (/^(?:Dockerfile|Containerfile)[-_][\w-]+(?:\.\d[\w-]*)*$/.test(name)) return !aboutOne.test(name);
  return /^(?:Dockerfile|Containerfile)(?:\..+)?$|\.(?:Dockerfile|Containerfile)$/i.test(name);
}

/** Texts about Dockerfiles, and what makes one. */
const aboutOne =
  /[-_](?:notes?|readme|tips|guide|todo|how-?to|docs?|faq|cheat-?sheet|reference|template|tmpl|in)$/i;

/** Whether a path names a YAML file that may name images: Compose, a workflow, or an action of one. */
export function isImageYamlName(path: string): boolean {
  const absolute = resolve(path).replaceAll('\\', '/');
  return (
    /\/(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml$/i.test(absolute) ||
    /\/\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(absolute) ||
    /\/action\.ya?ml$/.test(absolute)
  );
}
