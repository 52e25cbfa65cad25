// The façade that rules see: everything the core knows about a file beyond its syntax. Queries only;
// each part is computed on first use, once.
import type { Span } from '../text/span';
import type { TextFile } from '../text/document';
import type { Dockerfile, Flag, ImageReference, Instruction, Word } from '../syntax/nodes';
import type { Command, ShellScript } from '../shell/types';
import type { BaseImage } from '../knowledge/images';
import type { Install } from './installs';

export interface Model {
  readonly file: Dockerfile;
  readonly document: TextFile;
  /** At least one for a file with an instruction: a fragment without FROM is one stage on an unknown base. */
  readonly stages: readonly Stage[];
  /** The last stage; undefined in an empty file. */
  readonly finalStage: Stage | undefined;
  /** Instructions above the first FROM, when there is one. */
  readonly preamble: readonly Instruction[];
  /** All instructions with the triggers of ONBUILD in the place of their ONBUILD. */
  readonly instructions: readonly Instruction[];
  readonly commands: readonly Command[];
  readonly installs: readonly Install[];
  /** Every image named outside: FROM, COPY --from, RUN --mount from=, # syntax=. Stages and scratch are left out. */
  readonly images: readonly ImageUse[];

  stageOf(instruction: Instruction): Stage | undefined;
  /** The scripts of a RUN, CMD, ENTRYPOINT or HEALTHCHECK: one, or one per heredoc body a shell reads. */
  scriptsOf(instruction: Instruction): readonly ShellScript[];
  commandsOf(instruction: Instruction): readonly Command[];
  /** What holds while the instruction runs (before its own effect). */
  environmentAt(instruction: Instruction): Environment;
  /** What holds in the image a stage results in. */
  environmentAfter(stage: Stage): Environment;
  /**
   * The word with variables put in, as far as ARG and ENV of the file tell.
   * @returns undefined as soon as one reference has no known value
   */
  expand(word: Word, at: Instruction): string | undefined;
  /** The stage a --from or mount from= names (name or number), by BuildKit's rules. */
  stageNamed(name: string, at: Instruction): Stage | undefined;
}

export interface ImageUse {
  readonly image: ImageReference;
  readonly via: 'from' | 'copy' | 'mount' | 'syntax';
  /** Undefined for # syntax=. */
  readonly instruction: Instruction | undefined;
  /** Reference with known ARG defaults put in; undefined when it holds a variable without a known value. */
  readonly resolved: string | undefined;
}

export interface Stage {
  readonly index: number;
  /** Undefined for a fragment without FROM. */
  readonly from: Instruction | undefined;
  /** From the FROM to the end of the last instruction. */
  readonly span: Span;
  /** The image as written; undefined when FROM names an earlier stage or nothing. */
  readonly image: ImageReference | undefined;
  /** The earlier stage that FROM names. */
  readonly parent: Stage | undefined;
  readonly platform: Flag | undefined;
  readonly name: Word | undefined;
  /** The AS keyword. */
  readonly as: Word | undefined;
  /** Instructions behind FROM. */
  readonly instructions: readonly Instruction[];
  readonly isFinal: boolean;
  /** Its file system is part of the final image: it is the last stage or one that the last inherits from. */
  readonly reachesImage: boolean;
  /** The last stage needs it in any way. */
  readonly reachable: boolean;
  /** Stages that inherit from it or copy out of it. */
  readonly usedBy: readonly StageUse[];
  /** This stage and those it inherits from, itself first. */
  readonly chain: readonly Stage[];
  /** What is known of the image at the bottom of the chain. */
  readonly base: BaseImage;
}

export interface StageUse {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly via: 'from' | 'copy' | 'mount';
  /** The word or flag value that names it. */
  readonly at: Span;
}

export interface Environment {
  /** The last USER in force; undefined when no instruction set one (the base decides). */
  readonly user: UserSetting | undefined;
  /** Whether commands run as root; undefined when that cannot be known. */
  readonly isRoot: boolean | undefined;
  /** Absolute directory; undefined when unknown (unknown base, variable). */
  readonly workdir: string | undefined;
  /** A WORKDIR instruction of this file set it. */
  readonly workdirSet: boolean;
  /** The words of SHELL, or of the base's default; undefined when unknown. */
  readonly shell: readonly string[] | undefined;
  /** The SHELL instruction that set it. */
  readonly shellInstruction: Instruction | undefined;
  /** ENV of the file in force by name; the value is undefined when it is not known. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** ARGs declared so far in the stage; the value is the default, if there is one that is known. */
  readonly args: ReadonlyMap<string, string | undefined>;
}

export interface UserSetting {
  readonly instruction: Instruction;
  readonly word: Word;
  /** Expanded; undefined when a variable has no known value. */
  readonly text: string | undefined;
  /** Part in front of the colon. */
  readonly name: string | undefined;
}
