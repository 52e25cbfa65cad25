// What a rule may ask about the world outside the file. The core never looks: it records the question, and the edge
// may answer it and lint again.

import type { ContextFacts } from '../analysis/context/context-sources';
import type { PackageIndexes } from '../package-index/package-index';
import type { AskShellCheck } from '../analysis/shellcheck/answers';
import type { Answers } from './questions';

export type { ContextFacts, GitFile } from '../analysis/context/context-sources';

export interface Facts {
  /** Path of the file, with slashes. Absent for a text without one. */
  readonly path?: string | undefined;
  /** Undefined if nobody looked: there is no folder, the workspace is untrusted or remote, or nobody has asked yet. */
  readonly context: ContextFacts | undefined;
  /**
   * What the repository calls the images that it builds itself: references whose unknown parts keep their `$`. Absent if
   * nobody looked.
   */
  readonly builtImages?: readonly string[] | undefined;
  /**
   * The stages that builds of the repository name as their target for this file. Absent if nobody looked.
   */
  readonly buildTargets?: readonly string[] | undefined;
  /** Answers of registries and package indexes. Absent if nobody asked. A fix records its question (`asks`). */
  readonly answers?: Answers | undefined;
  /** The package indexes that were read from mirrors. Absent if nobody may read any. */
  readonly packages?: PackageIndexes | undefined;
  /** What ShellCheck says of scripts. Absent if nobody can run it. */
  readonly shellCheck?: AskShellCheck | undefined;
}

export const noFacts: Facts = { context: undefined };
