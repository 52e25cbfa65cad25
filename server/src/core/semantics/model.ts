// The façade that rules see: everything the core knows about a file beyond its syntax. Queries only;
// each part is computed on first use, once.
import type { Span } from '../text/span';
import type { TextFile } from '../text/document';
import type { Dockerfile, Flag, ImageReference, Instruction, Word } from '../syntax/nodes';
import { shellInForce } from '../shell/dialect';
import type { Command, ShellInForce, ShellScript } from '../shell/types';
import type { BaseImage } from '../knowledge/images';
import type { InstructionCommands } from './commands';
import { readCommands } from './commands';
import { Environments, readGlobals } from './environment';
import type { Expansion } from './expand';
import { expandWord } from './expand';
import { findImages } from './image-uses';
import type { Install, PackageCommand } from './installs';
import { installsOf, packageCommandsOf } from './installs';
import type { StageGraph } from './stages';
import { buildStages } from './stages';
import type { Variable } from './variables';
import { globalLookup } from './variables';

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
  /** Everything package managers are told to do, installations among it. */
  readonly packageCommands: readonly PackageCommand[];
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
  /** What reads shell forms of the instruction. */
  shellAt(instruction: Instruction): ShellInForce;
  /**
   * The word with variables put in, as far as ARG and ENV of the file tell. Defaults of ARG count as known.
   * @returns undefined as soon as one reference has no known value
   */
  expand(word: Word, at: Instruction): string | undefined;
  /**
   * The same with more to it: whether the text rests on an ARG that the command line may override.
   * @param unset what variables without a value become; the builder takes ''
   */
  expansion(word: Word, at: Instruction, unset?: string): Expansion;
  /**
   * Whether a variable has been declared where the instruction's words are expanded: by ARG or ENV of the file,
   * by the builder, or by the base image.
   * @returns undefined when the base image decides and is not known
   */
  isDeclared(name: string, at: Instruction): boolean | undefined;
  /**
   * The stage a --from or mount from= names, by BuildKit's rules: any stage of the file, the last of its name,
   * also the instruction's own or a later one (which the builder then refuses). COPY takes numbers as well.
   */
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
  /** Its file system is part of the final image: it is the last stage or one that the last inherits, or may inherit. */
  readonly reachesImage: boolean;
  /** The last stage needs it in any way. */
  readonly reachable: boolean;
  /** Stages that inherit from it or copy out of it. */
  readonly usedBy: readonly StageUse[];
  /** This stage and those it inherits from, itself first. Made on demand: do not ask it of all stages in a loop. */
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
  /** False where FROM has a variable and this is one of the stages it may mean, or not the one it means by default. */
  readonly certain: boolean;
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
  /** Both, with what gave each its value: the last one wins. */
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface UserSetting {
  readonly instruction: Instruction;
  readonly word: Word;
  /** Expanded; undefined when a variable has no known value. */
  readonly text: string | undefined;
  /** Part in front of the colon. */
  readonly name: string | undefined;
}

/** The model of a parsed file. Cheap: nothing is computed before somebody asks. */
export function buildModel(file: Dockerfile, document: TextFile): Model {
  return new LazyModel(file, document);
}

const noCommands: InstructionCommands = { scripts: [], commands: [] };
const runners: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

interface Parts {
  readonly graph: StageGraph;
  readonly environments: Environments;
}

class LazyModel implements Model {
  readonly #commands = new Map<Instruction, InstructionCommands>();
  readonly #shells = new Map<Environment, ShellInForce>();
  #partsMade: Parts | undefined;
  #instructionsMade: readonly Instruction[] | undefined;
  #commandsMade: readonly Command[] | undefined;
  #installsMade: readonly Install[] | undefined;
  #packageCommandsMade: readonly PackageCommand[] | undefined;
  #imagesMade: readonly ImageUse[] | undefined;

  constructor(
    readonly file: Dockerfile,
    readonly document: TextFile,
  ) {}

  get #parts(): Parts {
    if (!this.#partsMade) {
      const globals = readGlobals(this.file);
      const graph = buildStages(this.file, globalLookup(globals.scope, globals.scope.step));
      this.#partsMade = { graph, environments: new Environments(this.file, globals, graph) };
    }
    return this.#partsMade;
  }

  get stages(): readonly Stage[] {
    return this.#parts.graph.stages;
  }

  get finalStage(): Stage | undefined {
    return this.stages.at(-1);
  }

  get preamble(): readonly Instruction[] {
    return this.#parts.graph.preamble;
  }

  get instructions(): readonly Instruction[] {
    return (this.#instructionsMade ??= this.file.instructions.map((one) => one.trigger ?? one));
  }

  get commands(): readonly Command[] {
    return (this.#commandsMade ??= this.instructions.flatMap((one) => [...this.commandsOf(one)]));
  }

  get packageCommands(): readonly PackageCommand[] {
    return (this.#packageCommandsMade ??= packageCommandsOf(this.commands, {
      valueFor: (name, { instruction }) => this.environmentAt(instruction).variables.get(name)?.value,
      scopesOf: ({ instruction }) => this.stageOf(instruction)?.chain ?? [],
    }));
  }

  get installs(): readonly Install[] {
    return (this.#installsMade ??= installsOf(this.packageCommands));
  }

  get images(): readonly ImageUse[] {
    return (this.#imagesMade ??= findImages(this.file, this.#parts.graph));
  }

  stageOf(instruction: Instruction): Stage | undefined {
    return this.#parts.graph.stageOfIndex[instruction.index];
  }

  shellAt(instruction: Instruction): ShellInForce {
    const environment = this.environmentAt(instruction);
    let shell = this.#shells.get(environment);
    if (!shell) {
      shell = shellInForce(environment.shell, this.stageOf(instruction)?.base.shell);
      this.#shells.set(environment, shell);
    }
    return shell;
  }

  #read(instruction: Instruction): InstructionCommands {
    const runner = instruction.trigger ?? instruction;
    if (!runners.has(runner.keyword)) return noCommands;
    let commands = this.#commands.get(runner);
    if (!commands) {
      commands = readCommands(this.file, runner, this.shellAt(runner));
      this.#commands.set(runner, commands);
    }
    return commands;
  }

  scriptsOf(instruction: Instruction): readonly ShellScript[] {
    return this.#read(instruction).scripts;
  }

  commandsOf(instruction: Instruction): readonly Command[] {
    return this.#read(instruction).commands;
  }

  environmentAt(instruction: Instruction): Environment {
    return this.#parts.environments.at(instruction);
  }

  environmentAfter(stage: Stage): Environment {
    return this.#parts.environments.after(stage);
  }

  expand(word: Word, at: Instruction): string | undefined {
    return word.raw === word.value && word.variables.length === 0
      ? word.value
      : this.expansion(word, at).text;
  }

  expansion(word: Word, at: Instruction, unset?: string): Expansion {
    return expandWord(word.raw, this.file.escape, this.#parts.environments.lookup(word, at), unset);
  }

  isDeclared(name: string, at: Instruction): boolean | undefined {
    return this.#parts.environments.isDeclared(name, at);
  }

  stageNamed(name: string, at: Instruction): Stage | undefined {
    return this.#parts.graph.stageNamed(name, (at.trigger ?? at).keyword === 'COPY');
  }
}
