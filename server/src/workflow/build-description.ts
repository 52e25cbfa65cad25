// What a Dockerfile says about its build, in plain data: for the client, and for whatever builds and looks at images.

/** As in the Language Server Protocol: zero-based, UTF-16. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface BuildDescription {
  /** Of the document that was read. */
  readonly version: number;
  /** In file order; empty in a file without FROM. */
  readonly stages: readonly DescribedStage[];
  /** ARGs that a build can set; predefined ones (HTTP_PROXY, TARGETARCH, …) are left out. One entry per name and scope. */
  readonly args: readonly DescribedArg[];
  /** Platforms written out after `--platform=`, without those that hold a variable; each once. */
  readonly platforms: readonly string[];
  /** Sources of COPY and ADD that come from the build context, as written, without those that hold a variable. */
  readonly contextSources: readonly string[];
  /** Every instruction in file order (the trigger of an ONBUILD is part of it). */
  readonly instructions: readonly DescribedInstruction[];
  /** What files around it say about its build, the nearest first. */
  readonly builds: readonly DescribedBuild[];
  /** Secrets and keys that RUN mounts, each id once, in file order. */
  readonly secrets: readonly DescribedSecret[];
  /** What no builder but BuildKit and its like understands, as written: `RUN --mount`, `<<EOF`; each once. */
  readonly needsBuildKit: readonly string[];
  /** Whether a RUN mounts files of the build context. */
  readonly mountsContext: boolean;
}

export interface DescribedBuild {
  /** The service, target, step or image. */
  readonly name: string;
  /** Absolute path of the file that says so: a Compose or Bake file, a workflow, … */
  readonly source: string;
  /** Absolute folder; absent if it is remote or not known. */
  readonly context?: string;
  readonly target?: string;
  /** Values of build arguments, as far as they are known. */
  readonly args: Readonly<Record<string, string>>;
  /** Names of the image, as far as they are known. */
  readonly tags: readonly string[];
}

export interface DescribedSecret {
  readonly kind: 'secret' | 'ssh';
  readonly id: string;
  /** The build fails without it. */
  readonly required: boolean;
}

export interface DescribedStage {
  readonly index: number;
  /** As written after AS. */
  readonly name?: string;
  /** What to hand to `--target`: the name, or the index where it has none. */
  readonly target: string;
  readonly isFinal: boolean;
  /** The external image, with known ARG defaults put in; absent for `scratch`, an earlier stage, or an unknown value. */
  readonly baseImage?: string;
  /** Index of the earlier stage that FROM names. */
  readonly parent?: number;
  /** Of the FROM: index into `instructions`. */
  readonly from: number;
  /** Values of EXPOSE in the stage, as written: `8080`, `53/udp`. */
  readonly exposes: readonly string[];
}

export interface DescribedArg {
  readonly name: string;
  /** Quotes removed; absent without a default. Variables in it are left as written. */
  readonly default?: string;
  /** Index of the stage that declares it; absent for one above the first FROM. */
  readonly stage?: number;
}

export interface DescribedInstruction {
  /** Upper-cased. */
  readonly keyword: string;
  /**
   * The whole instruction on one line, as builders print it: keyword upper-cased, continuations and the comments
   * between them removed, heredoc bodies left out, blanks between the lines as they are.
   */
  readonly text: string;
  /** From the keyword to the end of its first line: where a mark is shown. */
  readonly mark: Range;
  /** The last line of the instruction, zero-based. */
  readonly endLine: number;
  /** Index of its stage; absent above the first FROM. */
  readonly stage?: number;
  /** What the history of an image says of a RUN, COPY, ADD or WORKDIR. */
  readonly step?: DescribedStep;
  /** Commands of a RUN whose failure stops it, in order; absent if none is known. */
  readonly commands?: readonly DescribedCommand[];
  /** Package managers whose install command a RUN holds (`apt-get`, `npm`, …), each once; absent when none. */
  readonly installs?: readonly string[];
}

/** In these texts a variable of the file stands as written, where the history has its value. */
export interface DescribedStep {
  /** As BuildKit writes it after the keyword and the flags; a relative WORKDIR begins with `/`, `.` or a word. */
  readonly words: string;
  /** Of COPY and ADD: what other builders write after ` in `. */
  readonly destination?: string;
  /** Of a RUN in JSON form: as written, which buildah and podman keep. */
  readonly json?: string;
}

export interface DescribedCommand {
  /** Base name of the program, or the word that is not known to be one. */
  readonly name: string;
  /** Its arguments whose value is known. */
  readonly words: readonly string[];
  readonly range: Range;
}
