// The history of docker-library/official-images: which tags each official image had, from when to when, and which
// Dockerfile each of them was built from. Formats: README.md of that repository, "Instruction format"; before 2016
// each line was `TAG: REPOSITORY@COMMIT FOLDER`.
import { releaseOfTag, releaseOfWords } from '../../src/core/knowledge/images/releases';
import { git, readObjects } from './git';

/** Where a tag was built from. */
export interface Origin {
  readonly repository: string;
  readonly commit: string;
  readonly folder: string;
  readonly file: string;
  readonly windows: boolean;
  /** Name of the release that the folder or the other tags of the entry name. */
  readonly release: string | undefined;
}

export interface TagHistory {
  readonly image: string;
  readonly tag: string;
  /** Days as YYYY-MM-DD. */
  readonly first: string;
  /** The day it was no longer listed; undefined if it is listed now. */
  gone: string | undefined;
  /** Where it was built from, from which day on; only changes. */
  readonly origins: { readonly day: string; readonly origin: Origin }[];
}

interface Version {
  readonly day: string;
  readonly image: string;
  /** Undefined where the file was deleted. */
  readonly blob: string | undefined;
}

/** The histories of all tags, by image. @param folder git directory of docker-library/official-images */
export function readLibrary(folder: string): ReadonlyMap<string, ReadonlyMap<string, TagHistory>> {
  const versions = versionsOf(folder);
  const blobs = [...new Set(versions.flatMap(({ blob }) => blob ?? []))];
  const texts = new Map(readObjects(folder, blobs).map((text, at) => [blobs[at], text ?? '']));
  const images = new Map<string, Map<string, TagHistory>>();
  const listed = new Map<string, ReadonlyMap<string, Origin>>();
  for (const { day, image, blob } of versions) {
    let tags = images.get(image);
    if (!tags) images.set(image, (tags = new Map<string, TagHistory>()));
    const now = blob === undefined ? new Map<string, Origin>() : tagsOf(image, texts.get(blob) ?? '');
    for (const tag of listed.get(image)?.keys() ?? []) {
      const history = tags.get(tag);
      if (history && !now.has(tag)) history.gone = day;
    }
    for (const [tag, origin] of now) {
      let history = tags.get(tag);
      if (!history) tags.set(tag, (history = { image, tag, first: day, gone: undefined, origins: [] }));
      history.gone = undefined;
      const last = history.origins.at(-1)?.origin;
      const isSame = last?.commit === origin.commit && last.folder === origin.folder;
      if (!isSame || last.release !== origin.release) history.origins.push({ day, origin });
    }
    listed.set(image, now);
  }
  return images;
}

/** The day of the newest commit. */
export function lastDay(folder: string): string {
  return day(Number(git(folder, ['log', '-1', '--format=%ct']).toString()));
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Every version of every file in `library/`, oldest first. */
function versionsOf(folder: string): readonly Version[] {
  const log = git(folder, [
    ...['log', '--first-parent', '-m', '--reverse', '--raw', '--no-abbrev', '--no-renames'],
    ...['--format=@%ct', '--', 'library'],
  ]).toString();
  const found: Version[] = [];
  let when = '';
  for (const line of log.split('\n')) {
    if (line.startsWith('@')) when = day(Number(line.slice(1)));
    const [, blob, status, image = ''] =
      /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) (\w)\d*\tlibrary\/([^/]+)$/.exec(line) ?? [];
    if (image === '' || image === 'MAINTAINERS' || image === 'README.md') continue;
    found.push({ day: when, image, blob: status === 'D' ? undefined : blob });
  }
  return found;
}

/** The tags that a version of a library file lists. */
function tagsOf(image: string, text: string): Map<string, Origin> {
  const found = new Map<string, Origin>();
  for (const { tags, shared, ...entry } of entriesOf(text)) {
    // What the folder says, then what the entry's other tags say if they agree.
    const named = new Set(
      [...tags, ...(entry.windows ? [] : shared)].flatMap((tag) => releaseOfTag(image, tag)?.name ?? []),
    );
    const [only] = named.size === 1 ? named : [];
    const release = releaseOfWords(entry.folder.toLowerCase().replaceAll('/', '-'))?.name ?? only;
    const origin: Origin = { ...entry, release };
    for (const tag of tags) found.set(tag, origin);
    // Windows and Linux share a tag: it means the Linux one on Linux.
    for (const tag of shared) {
      const known = found.get(tag);
      if (!known || (known.windows && !origin.windows)) found.set(tag, origin);
    }
  }
  return found;
}

interface Entry extends Omit<Origin, 'release'> {
  readonly tags: readonly string[];
  readonly shared: readonly string[];
}

function entriesOf(text: string): readonly Entry[] {
  return /^(?:Tags|GitRepo):/m.test(text) ? ofParagraphs(text) : ofLines(text);
}

function ofLines(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    const [, tag, repository, commit, folder = ''] =
      /^(\w[\w.+-]*):\s*(\S+?)@(\S+)(?:\s+(\S+))?\s*$/.exec(line.trim()) ?? [];
    if (tag === undefined || repository === undefined || commit === undefined) return [];
    return [{ tags: [tag], shared: [], repository, commit, folder, file: '', windows: false }];
  });
}

function ofParagraphs(text: string): readonly Entry[] {
  const found: Entry[] = [];
  const common = new Map<string, string>();
  for (const paragraph of text.replaceAll(/^#.*\n/gm, '').split(/\n\s*\n/)) {
    const own = fieldsOf(paragraph);
    if (!own.has('Tags') && !own.has('SharedTags')) {
      if (found.length === 0) for (const [key, value] of own) common.set(key, value);
      continue;
    }
    const all = new Map([...common, ...own]);
    const field = (name: string): string =>
      all.get(`amd64-${name}`) ??
      all.get(name) ??
      [...all].find(([key]) => key.endsWith(`-${name}`))?.[1] ??
      '';
    const folder = field('Directory');
    const architectures = all.get('Architectures') ?? '';
    found.push({
      tags: listOf(own.get('Tags')),
      shared: listOf(own.get('SharedTags')),
      repository: field('GitRepo'),
      commit: field('GitCommit'),
      folder,
      file: all.get('File') ?? '',
      windows: architectures.includes('windows') || /windowsservercore|nanoserver/.test(folder),
    });
  }
  return found;
}

function fieldsOf(paragraph: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let key: string | undefined;
  for (const line of paragraph.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.set((key = name), value.trim());
    else if (key !== undefined) fields.set(key, `${fields.get(key) ?? ''} ${line.trim()}`);
  }
  return fields;
}

function listOf(text = ''): readonly string[] {
  return text.split(',').flatMap((part) => part.trim() || []);
}
