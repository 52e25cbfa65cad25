// What is known about a project: facts by name, each with the file that says so.

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

export interface Project {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly conflicts: readonly Conflict[];
}

/** Collects facts. The first source of a fact wins, so the surest is asked first. */
export class FactBook implements Project {
  readonly #facts = new Map<string, Fact>();

  readonly #conflicts: Conflict[] = [];

  get facts(): ReadonlyMap<string, Fact> {
    return this.#facts;
  }

  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
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
}

export const yes = 'yes';

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
