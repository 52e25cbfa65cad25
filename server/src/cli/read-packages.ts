// Reads the package indexes that the files of a run install from, before they are checked. Only for a user who asked for it.
import { dirname, resolve } from 'node:path';
import { readOptions } from '../core/lint/option';
import { archiveKey, archiveTitle } from '../core/package-index/archive';
import type { Archive } from '../core/package-index/archive';
import type { IndexData } from '../core/package-index/package-index';
import type { Mirrors } from '../io/packages/mirrors';
import { findSection } from '../io/surroundings/command-section';
import { archivesIn } from '../service/package-archives';
import { packageSection } from '../settings';
import type { CheckArguments } from './check-arguments';
import type { Troubles } from './troubles';

export interface PackagedText {
  readonly path: string;
  readonly text: string;
}

/** What cannot be read is told, and the run ends as one that was not answered. */
export async function readPackages(
  { mirrors, config }: CheckArguments,
  texts: Iterable<PackagedText>,
  told: Troubles,
): Promise<readonly IndexData[]> {
  if (!mirrors) return [];
  const wanted = new Map<string, { readonly archive: Archive; readonly folder: string }>();
  for (const { path, text } of texts)
    for (const archive of archivesIn(text)) {
      const key = archiveKey(archive);
      if (!wanted.has(key)) wanted.set(key, { archive, folder: dirname(resolve(path)) });
    }
  if (wanted.size === 0) return [];
  const network = await import('../io/network');
  const access = new network.PackageAccess();
  const { signal } = new AbortController();
  const data: IndexData[] = [];
  for (const { archive, folder } of wanted.values()) {
    const read = await access.read(archive, mirrorsFor(mirrors, folder, config, told), null, signal);
    if (read.kind === 'failed')
      told.unanswered(`${read.message}. The packages of ${archiveTitle(archive)} are not checked`);
    if (read.kind !== 'read') continue;
    if (read.note !== undefined) told.unanswered(read.note);
    const one = access.dataOf(archive);
    if (one) data.push(one);
  }
  await access.dispose();
  return data;
}

/** Those of the command line, and those of the project where it names none. */
function mirrorsFor(
  given: Readonly<Partial<Record<string, string>>>,
  folder: string,
  config: string | undefined,
  told: Troubles,
): Mirrors {
  const section = findSection('packages', folder, config);
  if (!section) return { byName: given, fromProject: new Set() };
  // A file that cannot be read is told by whoever reads its rules.
  const value = 'problem' in section ? undefined : section.value;
  const { values, problems } = readOptions(packageSection, value, 'packages.');
  for (const problem of problems) told.unanswered(`${section.path}: ${problem}`);
  const fromProject = Object.keys(values.mirrors).filter((name) => given[name] === undefined);
  return { byName: { ...values.mirrors, ...given }, fromProject: new Set(fromProject) };
}
