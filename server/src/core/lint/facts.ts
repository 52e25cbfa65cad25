// What a rule may ask about the world outside the file. The core never looks: it records the question,
// and the edge may answer it and lint again.

import type { ContextFacts } from '../analysis/context/context-sources';
import type { Answers } from './questions';

export type { ContextFacts } from '../analysis/context/context-sources';

export interface Facts {
  /** Undefined: nobody looked (no folder, untrusted and remote, or not asked yet). */
  readonly context: ContextFacts | undefined;
  /** What registries and package indexes have answered; absent: nobody asked them. A fix records its question (`asks`). */
  readonly answers?: Answers | undefined;
}

export const noFacts: Facts = { context: undefined };
