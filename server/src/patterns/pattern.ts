// A pattern: files that a person can insert, or have written for a project. One file of snippets/patterns holds it.
import type { ValueKind } from './value-kinds';

export interface Pattern {
  /** Name of its file without the ending: `distroless-go`. */
  readonly id: string;
  /** A few words for a list. */
  readonly title: string;
  /** One line without a full stop. */
  readonly summary: string;
  /** A whole Dockerfile, a part of one, or files for other programs. */
  readonly as: PatternSort;
  /** What it is about: a language, or the place in a list. */
  readonly group: string;
  /** Conditions on the facts of a project, all of which have to hold: see `suits` in choose-patterns.ts. */
  readonly suits: readonly string[];
  /** Its place among those that suit a project as well: the smaller number comes first. */
  readonly rank: number;
  readonly advice: Advice;
  /** In the order in which a person is asked, and in which an editor visits them. */
  readonly parameters: readonly Parameter[];
  readonly files: readonly PatternFile[];
  /** Rules of the profile `strict` that it is right to break even after pinning, each with the reason. */
  readonly allows: Readonly<Record<string, string>>;
  /** What a person has to do first where the project lacks a fact: sentences by the name of the fact. */
  readonly needs?: Readonly<Record<string, string>>;
}

export type PatternSort = 'dockerfile' | 'part' | 'files';

/** Each is one or more sentences, with no other Markdown than `code`. */
export interface Advice {
  /** Begins with "Take it". */
  readonly take: string;
  /** Begins with "Not". */
  readonly not: string;
  /** Begins with "It costs". */
  readonly costs: string;
}

export interface Parameter {
  readonly name: string;
  /** What a person is asked: a noun without an article, such as `Go version`. */
  readonly ask: string;
  readonly is: ValueKind;
  /** May hold other parameters, as in `./cmd/«app»`. */
  readonly default: string;
  /** The values to choose from, best first; empty where only the person knows. */
  readonly proposals: readonly string[];
  /** Of a version that a tag has: where the proposals come from. */
  readonly table?: TagTable;
  /** Name of the fact of a project that answers it. */
  readonly from?: string;
  /** Whether no value may be written that neither a person gave nor the project holds. */
  readonly required?: boolean;
  /** Whether it is a path that has to be in the project. */
  readonly exists?: boolean;
}

/** The versions that a tag comes in. */
export interface TagTable {
  /** With `«»` in the place of the version: `golang:«»-trixie`. One with a blank is of a program: `pnpm «»`. */
  readonly tag: string;
  /** Every version that the tag ever came in, newest first, also those that are maintained no more. */
  readonly ever: readonly string[];
  /** The day when they were looked up, as YYYY-MM-DD. Absent: the pattern is of the user's own. */
  readonly date?: string;
  /** Whether the newest that a registry has may be used: not where a person decides which versions last for years. */
  readonly moves: boolean;
  /** The registry that listed them just now, and whether it listed all. */
  readonly listed?: { readonly host: string; readonly isComplete: boolean };
}

export interface PatternFile {
  /** Relative, with slashes; may hold parameters. Of a part: empty. */
  readonly path: string;
  /** With parameters as `«name»`; ends with a line break, except for a part. */
  readonly text: string;
  /** The word that asks for it in `--with`. Absent: it belongs to the pattern. */
  readonly extra?: string;
}
