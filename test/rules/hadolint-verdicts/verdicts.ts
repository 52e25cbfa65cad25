// The type of the tables of verdicts.

/** By id: texts, and the lines of the instructions that hadolint reports. */
export type Verdicts = Readonly<Record<string, readonly (readonly [string, readonly number[]])[]>>;
