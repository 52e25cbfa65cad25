// Names of a Dockerfile that files around it hold too: those that state how it is built.
import type { Edit } from '../../text/edit';

/** A build argument or a stage that gets another name. */
export interface OutsideName {
  readonly kind: 'arg' | 'stage';
  readonly name: string;
  readonly newName: string;
}

/** The edits of another file. */
export interface OtherFile {
  /** Absolute. */
  readonly path: string;
  /** What the edits are for. */
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** The edits of the files around, or why there can be none, as one sentence. */
export type RenameOutside = (name: OutsideName) => readonly OtherFile[] | { readonly refused: string };
