// One archive's packages, ready to be asked: by name, and by what they provide. They stay text until somebody asks for
// one, because an archive has sixty thousand of them and a file names ten.
import { archiveKey, schemeOf } from './archive';
import type { Archive } from './archive';
import { nearName } from './near-name';
import { holds, parseGroups } from './relations';
import type { Group, Relation } from './relations';
import { compareVersions } from './versions';
import type { VersionScheme } from './versions';

/** One version of a package, as its index describes it. */
export interface PackageEntry {
  readonly name: string;
  readonly version: string;
  /** Which of several providers is taken: the lowest one. Of Debian: 1 required, 2 important, 3 standard, 4 the others. */
  readonly rank: number;
  readonly essential: boolean;
  /** In bytes, of the file that is fetched. */
  readonly download: number;
  /** In bytes, of what it adds to the file system. */
  readonly installed: number;
  readonly depends: readonly Group[];
  readonly recommends: readonly Group[];
  /** Names that it provides; each group has one relation. */
  readonly provides: readonly Group[];
  readonly conflicts: readonly Group[];
  /** It comes by itself once all of these are there. Empty for most packages. */
  readonly installIf: readonly Group[];
}

/** The same as text, with relations in the notation of Debian. */
export interface PackageFields {
  readonly name: string;
  readonly version: string;
  readonly rank?: number;
  readonly essential?: boolean;
  readonly download?: number;
  readonly installed?: number;
  readonly depends?: string;
  readonly recommends?: string;
  readonly provides?: string;
  readonly conflicts?: string;
  readonly installIf?: string;
}

/** One line of an index, which ends with a line feed. Plain text, so that it can be stored and sent to a thread. */
export function encodePackage(fields: PackageFields): string {
  const {
    name,
    version,
    rank = 4,
    essential = false,
    download = 0,
    installed = 0,
    depends = '',
    recommends = '',
    provides = '',
    conflicts = '',
    installIf = '',
  } = fields;
  const columns = [name, provides, version, `${essential ? 'e' : ''}${rank}`, `${download}`, `${installed}`];
  return `${[...columns, depends, recommends, conflicts, installIf].map(clean).join('\t')}\n`;
}

function clean(text: string): string {
  return /[\t\n\r]/.test(text) ? text.replaceAll(/[\t\n\r]+/g, ' ') : text;
}

function decodePackage(line: string): PackageEntry {
  const [
    name = '',
    provides = '',
    version = '',
    flags = '',
    download,
    installed,
    depends = '',
    recommends = '',
    conflicts = '',
    installIf = '',
  ] = line.split('\t');
  return {
    name,
    version,
    rank: Number(flags.replace('e', '')),
    essential: flags.startsWith('e'),
    download: Number(download),
    installed: Number(installed),
    depends: parseGroups(depends),
    recommends: parseGroups(recommends),
    provides: parseGroups(provides),
    conflicts: parseGroups(conflicts),
    installIf: parseGroups(installIf),
  };
}

/** What was read of an archive. Plain data. */
export interface IndexData {
  readonly archive: Archive;
  /** Its parts, such as `bookworm/main` and `bookworm-security/main`, each with the lines of its packages. */
  readonly parts: readonly { readonly name: string; readonly lines: string }[];
  /** Parts that could not be read. What is not found may be in them. */
  readonly missing: readonly string[];
}

export interface Provider {
  readonly entry: PackageEntry;
  /** Undefined if it provides the name without a version. */
  readonly version: string | undefined;
}

/** In which part a line is, and where it begins. */
interface Place {
  readonly part: number;
  readonly start: number;
}

/** More parts than any archive has. */
const partsAtMost = 64;

export class PackageIndex {
  readonly archive: Archive;
  readonly scheme: VersionScheme;
  /** Whether every part was read, so that what is not here is nowhere in the archive. */
  readonly isComplete: boolean;
  readonly missing: readonly string[];
  readonly #parts: readonly string[];
  /** By name; a place is one number. */
  readonly #places = new Map<string, number | number[]>();
  readonly #provided = new Map<string, number | number[]>();
  readonly #entries = new Map<number, PackageEntry>();
  readonly #near = new Map<string, string | undefined>();
  readonly #like = new Map<string, boolean>();
  #conditional: readonly PackageEntry[] | undefined;
  #required: readonly PackageEntry[] | undefined;

  constructor({ archive, parts, missing }: IndexData) {
    this.archive = archive;
    this.scheme = schemeOf[archive.family];
    this.missing = missing;
    this.isComplete = missing.length === 0;
    this.#parts = parts.slice(0, partsAtMost).map(({ lines }) => lines);
  }

  /** Lists the names, in steps of some milliseconds between which others may work. To be taken once, before all else. */
  *steps(): Generator<undefined> {
    for (const [part, lines] of this.#parts.entries()) yield* this.#readPart(part, lines);
  }

  *#readPart(part: number, lines: string): Generator<undefined> {
    let count = 0;
    for (let start = 0; start < lines.length;) {
      count += 1;
      if (count % 2000 === 0) yield;
      const end = lines.indexOf('\n', start);
      const tab = lines.indexOf('\t', start);
      const second = lines.indexOf('\t', tab + 1);
      const place = start * partsAtMost + part;
      add(this.#places, lines.slice(start, tab), place);
      if (second > tab + 1)
        for (const one of lines.slice(tab + 1, second).split(', ')) {
          const space = one.indexOf(' ');
          add(this.#provided, space < 0 ? one : one.slice(0, space), place);
        }
      start = end < 0 ? lines.length : end + 1;
    }
  }

  get size(): number {
    return this.#places.size;
  }

  /** All versions of a package, the newest first. */
  versionsOf(name: string): readonly PackageEntry[] {
    return this.#at(this.#places.get(name)).sort((a, b) =>
      compareVersions(this.scheme, b.version, a.version),
    );
  }

  /** The version that an install takes; undefined if there is no such package. */
  candidate(name: string): PackageEntry | undefined {
    return this.versionsOf(name)[0];
  }

  /** The candidates of the packages that provide a name, in the order in which one is taken. */
  providersOf(name: string): readonly Provider[] {
    const found = this.#at(this.#provided.get(name)).flatMap((entry): Provider[] => {
      if (this.candidate(entry.name) !== entry) return [];
      const relation = entry.provides.find(([one]) => one?.name === name)?.[0];
      return relation ? [{ entry, version: relation.version === '' ? undefined : relation.version }] : [];
    });
    // Of equals apt takes the one whose name its cache met last.
    return found.sort((a, b) => a.entry.rank - b.entry.rank || this.#order(b.entry) - this.#order(a.entry));
  }

  /** Where the name of a package stands first. */
  #order({ name }: PackageEntry): number {
    const places = this.#places.get(name);
    const { part, start } = placeOf((Array.isArray(places) ? places[0] : places) ?? 0);
    return part * 2 ** 32 + start;
  }

  /** Packages that may stand for a relation, in the order in which one is taken. */
  solutionsOf(relation: Relation): readonly PackageEntry[] {
    const own = this.versionsOf(relation.name).find(({ version }) => holds(this.scheme, relation, version));
    const others = this.providersOf(relation.name)
      .filter(({ version }) => holds(this.scheme, relation, version))
      .map(({ entry }) => entry);
    return own ? [own, ...others.filter((one) => one !== own)] : others;
  }

  /** Debian's and Ubuntu's packages that every system has. */
  get required(): readonly PackageEntry[] {
    this.#required ??= this.#matching((line) => /^[^\t]*\t[^\t]*\t[^\t]*\t(?:e\d|1\t)/.test(line));
    return this.#required;
  }

  /** Packages that come by themselves once others are there. */
  get conditional(): readonly PackageEntry[] {
    this.#conditional ??= this.#matching((line) => !line.endsWith('\t'));
    return this.#conditional;
  }

  /** The candidates among the packages with such a line. */
  #matching(fits: (line: string) => boolean): readonly PackageEntry[] {
    const found = new Set<PackageEntry>();
    for (const places of this.#places.values())
      for (const place of typeof places === 'number' ? [places] : places) {
        const line = this.#line(place);
        if (!fits(line)) continue;
        const candidate = this.candidate(line.slice(0, line.indexOf('\t')));
        if (candidate) found.add(candidate);
      }
    return [...found];
  }

  /** The name that a misspelled or former one probably means. */
  near(name: string): string | undefined {
    if (!this.#near.has(name)) {
      if (this.#near.size > 1000) this.#near.clear();
      this.#near.set(name, nearName(name, this.#places.keys()));
    }
    return this.#near.get(name);
  }

  /** Whether a name fits as the pattern that apt makes of a name with a point: any character in its place, anywhere. */
  hasLike(name: string): boolean {
    const known = this.#like.get(name);
    if (known !== undefined) return known;
    if (this.#like.size > 1000) this.#like.clear();
    // `g++` repeats the g.
    const has = name.includes('+') || [...this.#places.keys()].some((one) => holdsDotted(one, name));
    this.#like.set(name, has);
    return has;
  }

  #at(places: number | readonly number[] | undefined): PackageEntry[] {
    if (places === undefined) return [];
    return (typeof places === 'number' ? [places] : places).map((place) => {
      const known = this.#entries.get(place) ?? decodePackage(this.#line(place));
      this.#entries.set(place, known);
      return known;
    });
  }

  #line(place: number): string {
    const { part, start } = placeOf(place);
    const lines = this.#parts[part] ?? '';
    const end = lines.indexOf('\n', start);
    return lines.slice(start, end < 0 ? undefined : end);
  }
}

function holdsDotted(text: string, pattern: string): boolean {
  for (let start = 0; start + pattern.length <= text.length; start += 1) {
    let at = 0;
    while (at < pattern.length && (pattern[at] === '.' || pattern[at] === text[start + at])) at += 1;
    if (at === pattern.length) return true;
  }
  return false;
}

function placeOf(place: number): Place {
  return { part: place % partsAtMost, start: Math.floor(place / partsAtMost) };
}

function add(map: Map<string, number | number[]>, name: string, place: number): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, place);
  else if (typeof known === 'number') map.set(name, [known, place]);
  else known.push(place);
}

/** Indexes from what was read, each listed when it is first asked for. */
export function indexesFrom(all: readonly IndexData[]): PackageIndexes {
  const data = new Map(all.map((one) => [archiveKey(one.archive), one]));
  const indexes = new Map<string, PackageIndex>();
  return {
    of: (archive) => {
      const key = archiveKey(archive);
      const known = indexes.get(key);
      const given = data.get(key);
      if (known || !given) return known;
      const index = indexOf(given);
      indexes.set(key, index);
      return index;
    },
  };
}

/** An index that can be asked at once. */
export function indexOf(data: IndexData): PackageIndex {
  const index = new PackageIndex(data);
  for (const _ of index.steps());
  return index;
}

/** The archives that somebody has read. */
export interface PackageIndexes {
  /** Undefined: nobody has read it. */
  of(archive: Archive): PackageIndex | undefined;
}
