// What a rule can know about the world outside the file. The core never looks: it records a question, and the editor
// or the command line may answer it and lint again.

import type { ContextFacts } from '../analysis/context/context-sources';
import type { Answers } from './questions';

export type { ContextFacts } from '../analysis/context/context-sources';

export interface Facts {
  /** Undefined if not read (no folder, not trusted, remote, or not requested yet). */
  readonly context: ContextFacts | undefined;
  /** Answers of registries and package indexes; missing if nothing was asked. A fix records its question (`asks`). */
  readonly answers?: Answers | undefined;
}

export const noFacts: Facts = { context: undefined };
