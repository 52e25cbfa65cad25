// The type of the tables of verdicts.

/** By id: texts, and the lines of the instructions that hadolint reports. */
export type Verdicts = Readonly<Record<string, readonly (readonly [string, readonly number[]])[]>>;

/** The texts of one id under a configuration. */
export interface Configured {
  readonly id: string;
  /** The content of a `.hadolint.yaml`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly texts: Verdicts[string];
}
