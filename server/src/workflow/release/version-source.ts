// Finds the version of a project where its files say it for certain.
import { object, text } from '../foreign-json';
import { versionTag } from './tags';
import type { TagName } from '../checked-arguments';

export interface VersionSource {
  readonly version: TagName;
  /** The file, or `git tag v1.4.0`. */
  readonly from: string;
}

/** How to read the version out of a file of this name. */
const readers: Readonly<Record<string, (content: string) => string>> = {
  'package.json': versionInJson,
  'composer.json': versionInJson,
  'Cargo.toml': (content) => versionInToml(content, ['package', 'workspace.package']),
  'pyproject.toml': (content) => versionInToml(content, ['project', 'tool.poetry']),
  'pubspec.yaml': (content) => /^version:[ \t]*['"]?([^\s'"#+]+)/m.exec(content)?.[1] ?? '',
  'gradle.properties': (content) => /^version[ \t]*=[ \t]*(\S+)[ \t]*$/m.exec(content)?.[1] ?? '',
  VERSION: firstLine,
  'version.txt': firstLine,
};

/** The files of a project that may say its version, in the order in which people trust them. */
export const versionFiles: readonly string[] = Object.keys(readers);

/** @returns undefined if the file does not say it, or not as a full version (`1.4`, `0.0.0-dynamic+x`) */
export function versionInFile(name: string, content: string): TagName | undefined {
  return versionTag(readers[name]?.(content) ?? '');
}

/** Which version the project has. `differ`: its files do not agree, so that only a person can tell. */
export type ProjectVersion =
  | { readonly kind: 'known'; readonly source: VersionSource }
  | { readonly kind: 'differ'; readonly sources: readonly VersionSource[] }
  | { readonly kind: 'unknown' };

/**
 * @param tags of the current commit: whoever tags a commit says which version it is
 * @param files contents by name
 */
export function projectVersion(
  tags: readonly string[],
  files: Readonly<Partial<Record<string, string>>>,
): ProjectVersion {
  const ofGit = tags.flatMap((tag) => source(versionTag(tag.replace(/^.*\//, '')), `git tag ${tag}`));
  const ofFiles = versionFiles.flatMap((name) => source(versionInFile(name, files[name] ?? ''), name));
  const sources = ofGit.length > 0 ? ofGit : ofFiles;
  const [first] = sources;
  if (first === undefined) return { kind: 'unknown' };
  const agree = sources.every(({ version }) => plain(version) === plain(first.version));
  return agree ? { kind: 'known', source: first } : { kind: 'differ', sources };
}

function source(version: TagName | undefined, from: string): VersionSource[] {
  return version === undefined ? [] : [{ version, from }];
}

function plain(version: string): string {
  return version.replace(/^v/, '');
}

function versionInJson(content: string): string {
  try {
    return text(object(JSON.parse(content))['version']);
  } catch {
    // A broken file says nothing for certain.
    return '';
  }
}

/** The first `version = "…"` directly below one of the tables. */
function versionInToml(content: string, tables: readonly string[]): string {
  let table = '';
  for (const line of content.split('\n')) {
    table = /^\s*\[\s*([\w.-]+)\s*\]/.exec(line)?.[1] ?? (line.startsWith('[') ? '' : table);
    const value = /^\s*version\s*=\s*["']([^"']+)["']/.exec(line)?.[1];
    if (value !== undefined && tables.includes(table)) return value;
  }
  return '';
}

function firstLine(content: string): string {
  return content.split('\n', 1)[0]?.trim() ?? '';
}
