// What is known about a project: facts by name, each with the file that says so.

import { isInRange, shortened } from './versions';

/** The files below a folder, as far as a search went. */
export interface ProjectFiles {
  /** Relative, with slashes, sorted. Without what tools make and download. */
  readonly paths: readonly string[];
  /** Undefined if the file is missing, too large or not to be read. */
  text(path: string): string | undefined;
}

export interface Fact {
  readonly value: string;
  /** The path of the file that says so. */
  readonly source: string;
  /** The value is the oldest version that will do. */
  readonly isMinimum?: true;
  /** The value is a range of versions, as npm or Python write it. */
  readonly isRange?: true;
}

/** Two or more answers to one question. */
export interface Conflict {
  readonly name: string;
  readonly facts: readonly Fact[];
}

/** Why nothing can be chosen for a project by itself. */
export interface Obstacle {
  /** The path of the file. */
  readonly source: string;
  /** What is wrong with it: the rest of a sentence that begins with the path, without a full stop. */
  readonly why: string;
}

export interface Project {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly conflicts: readonly Conflict[];
  readonly obstacles: readonly Obstacle[];
}

/** Collects facts. The first source of a fact wins, so the surest is asked first. */
export class FactBook implements Project {
  readonly #facts = new Map<string, Fact>();

  readonly #conflicts: Conflict[] = [];

  readonly #obstacles: Obstacle[] = [];

  get facts(): ReadonlyMap<string, Fact> {
    return this.#facts;
  }

  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
  }

  get obstacles(): readonly Obstacle[] {
    return this.#obstacles;
  }

  stop(source: string, why: string): void {
    this.#obstacles.push({ source, why });
  }

  has(name: string): boolean {
    return this.#facts.has(name);
  }

  value(name: string): string | undefined {
    return this.#facts.get(name)?.value;
  }

  /** Adds a fact, unless it is known or there is no value. */
  add(
    name: string,
    value: string | undefined,
    source: string,
    kind: Pick<Fact, 'isMinimum' | 'isRange'> = {},
  ): void {
    if (value !== undefined && value !== '' && !this.#facts.has(name))
      this.#facts.set(name, { value, source, ...kind });
  }

  /** Adds a fact that several files may answer: with one answer it is known, with different ones a conflict. */
  choose(name: string, answers: readonly Fact[]): void {
    const [first] = answers;
    if (!first || this.#facts.has(name)) return;
    if (answers.every(({ value }) => value === first.value)) this.#facts.set(name, first);
    else this.#conflicts.push({ name, facts: answers });
  }

  /**
   * Adds a version that several files speak of: the exact one of the surest, if the others name the same or a range that
   * holds it; else it is a conflict. Two ranges are not compared.
   */
  agree(name: string, sources: readonly Fact[]): void {
    const chosen = sources.find(({ isRange }) => isRange !== true) ?? sources[0];
    if (!chosen) return;
    const others =
      chosen.isRange === true
        ? []
        : sources.filter(({ value, isRange }) =>
            isRange === true ? !isInRange(chosen.value, value) : value !== chosen.value,
          );
    this.choose(name, [chosen, ...others]);
  }
}

export const yes = 'yes';

/** What stands in the way where a manifest is half-written. */
export const notToml = 'cannot be read as TOML, so nothing is known from it';
export const notJson = 'cannot be read as JSON, so nothing is known from it';

/** A fact if there is a value: for lists of what several files say. */
export function factOf(
  value: string | undefined,
  source: string,
  kind: Pick<Fact, 'isMinimum' | 'isRange'> = {},
): readonly Fact[] {
  return value === undefined || value === '' ? [] : [{ value, source, ...kind }];
}

/** The version of a program that asdf and mise are to install: a list with one fact, if it is written down. */
export function toolVersion(files: ProjectFiles, program: string, parts: number): readonly Fact[] {
  const source = '.tool-versions';
  const lines = (files.text(source) ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  const version = lines.find(([name]) => name === program)?.[1] ?? '';
  return factOf(/^\d+(?:\.\d+)+$/.test(version) ? shortened(version, parts) : undefined, source);
}

/** Folders that no program needs at run time. */
const beside = /^(?:tests?|__tests__|specs?|docs?|examples?|scripts?|tools|benchmarks?|e2e|migrations)$/;

/**
 * The names at the top of a project that are sources, or folders that hold some. Without tests, documents and scripts.
 * @param isSource of a path
 */
export function sourcesAtTop({ paths }: Pick<ProjectFiles, 'paths'>, isSource: RegExp): readonly string[] {
  const names = paths.filter((path) => isSource.test(path)).map((path) => path.split('/')[0] ?? '');
  return [...new Set(names)].filter((name) => !beside.test(name));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
