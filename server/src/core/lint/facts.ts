// What a rule may ask about the world outside the file. The core never looks: it records the question,
// and the edge may answer it and lint again.

/** What the build context around the Dockerfile holds; every field is undefined while unknown. */
export interface ContextFacts {
  /** Names of the entries at the root of the build context; folders end in `/`. */
  readonly entries: readonly string[];
  /** The ignore file in force: its path relative to the context, its text. Undefined when there is none. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** Path of the Dockerfile relative to the context. */
  readonly dockerfile: string;
}

export interface Facts {
  /** Undefined: nobody looked (no folder, untrusted and remote, or not asked yet). */
  readonly context: ContextFacts | undefined;
}

export const noFacts: Facts = { context: undefined };
