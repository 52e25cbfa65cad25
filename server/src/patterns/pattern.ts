// Texts with fields that people insert: whole Dockerfiles, and parts of one.

export interface Pattern {
  /** What people type: `distroless-go`. */
  readonly name: string;
  readonly description: string;
  /** Whether it is a whole file. */
  readonly isFile: boolean;
  /** Fields as in snippets of LSP: `${1:name}`, `${1|one,other|}`; a backslash escapes `$`, `}` and `\\`. */
  readonly body: string;
}
