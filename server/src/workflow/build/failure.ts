// What is known of a failed build from the builder's output.

export interface FailedStep {
  /** The instruction as the builder prints it. */
  readonly text: string;
  /** Counted by the builder from 1; see `locate-failure.ts` for what each family counts. */
  readonly number?: number;
  /** Name of the stage, or `stage-N`, as BuildKit prints it. */
  readonly stageName?: string;
  /** Number of the stage counted from 1, as buildah prints it. */
  readonly stageNumber?: number;
}

export interface BuildFailure {
  readonly family: 'buildkit' | 'legacy' | 'buildah' | 'kaniko' | 'unknown';
  /** The builder's own reason, without its prefixes; empty when the reason is the exit code alone. */
  readonly message: string;
  /** Exit code of the command that failed inside the build. */
  readonly exitCode?: number;
  /** The command as the builder repeats it, with its shell; perhaps only its end. */
  readonly command?: string;
  /** Zero-based lines that the builder itself names. */
  readonly lines?: { readonly first: number; readonly last: number };
  /** The Dockerfile, as the builder names it. */
  readonly file?: string;
  readonly step?: FailedStep;
  /** What the failing step printed: its last lines, and of those before them the ones that tell of trouble. */
  readonly output: readonly string[];
}
