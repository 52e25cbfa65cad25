// Why a build failed: the answer to a log and the Dockerfile it is about. `read-log.ts` finds the step, `causes/` names the
// cause from what was printed, `edits/` makes a change of the file from the cause and its facts.
import type { Edit } from '../../core/text/edit';

/** What one cause knows of the failure. Texts are as the log prints them; unknown ones are missing. */
export interface Facts {
  /** Of the system or of a language, as its manager names it. Several are separated by blanks. */
  readonly package?: string;
  /** The version that was asked for. */
  readonly version?: string;
  /** A version that is there, or that would do; several are separated by blanks. */
  readonly available?: string;
  /** The version of a language, or of its package manager, that is needed: `3.0`, `>=18.17`. */
  readonly needed?: string;
  /** The version that is there. */
  readonly present?: string;
  /** Of a distribution: `stretch`, `centos 7`. */
  readonly release?: string;
  /** Name of a server, without scheme. */
  readonly host?: string;
  readonly url?: string;
  /** A file or folder. */
  readonly path?: string;
  readonly command?: string;
  readonly image?: string;
  readonly platform?: string;
  /** Ids of signing keys, separated by blanks. */
  readonly key?: string;
  /** A C header that was not found. */
  readonly header?: string;
  readonly argument?: string;
  readonly user?: string;
  /** The version of the pip that ran. */
  readonly pip?: string;
  /** Exit code of the command. */
  readonly exit?: string;
  /** Why, in the words of the log and without what stands around it. */
  readonly detail?: string;
  /** The line of the log that says it. */
  readonly said?: string;
}

export interface Explanation {
  /** Zero-based line of the instruction, or of the command in it that failed; undefined if no instruction did. */
  readonly line: number | undefined;
  /** Index into `file.instructions`. */
  readonly instruction: number | undefined;
  /** The instruction in one line, as builders print it; undefined if none is known. */
  readonly text: string | undefined;
  /** Id of the cause; `unknown` if the log does not say. */
  readonly cause: string;
  /** The cause, and what it did to the build, in one or two short sentences without the last full stop. */
  readonly message: string;
  readonly facts: Facts;
  /** Best first; empty if no edit of the file helps, or none is certain enough. */
  readonly edits: readonly ExplainedEdit[];
}

export interface ExplainedEdit {
  /** Imperative; names the thing. */
  readonly title: string;
  /** Apply all together. */
  readonly edits: readonly Edit[];
}
