// The façade for rules: everything the core knows about a file beyond its syntax. It only answers questions; each
// part is computed once, when it is first needed.
import type { TextFile } from '../text/document';
import { groupedBy } from '../text/groups';
import { mentionsIn } from '../text/mentions';
import type { Mentions } from '../text/mentions';
import type { Dockerfile, Instruction, Word } from '../syntax/nodes';
import { wordsIn } from '../shell/assigned';
import { shellInForce } from '../shell/dialect';
import type { Command, ShellInForce, ShellScript } from '../shell/types';
import type { InstructionCommands } from './commands';
import { readCommands } from './commands';
import { readCopy } from './copies';
import type { Copy, CopyContext } from './copies';
import { Environments, readGlobals } from './environment';
import type { Environment } from './environment';
import type { Expansion } from './expand';
import { expandWord } from './expand';
import { findImages } from './images';
import type { ImageUse } from './images';
import type { Install, PackageCommand } from './installs';
import { installsOf, packageCommandsOf } from './installs';
import type { Stage, StageGraph } from './stages';
import { buildStages } from './stages';
import { globalLookup } from './variables';
import type { Variable } from './variables';

export type { Copy, CopyDestination, CopySource } from './copies';
export type { Environment, UserSetting } from './environment';
export type { ImageUse } from './images';
export type { Stage, StageUse } from './stages';

export interface Model {
  readonly file: Dockerfile;
  readonly document: TextFile;
  /** The words of the text, comments included. */
  readonly mentions: Mentions;
  /** At least one if the file has an instruction: a fragment without FROM is one stage on an unknown base image. */
  readonly stages: readonly Stage[];
  /** The last stage; undefined in an empty file. */
  readonly finalStage: Stage | undefined;
  /** Instructions above the first FROM, if there is a FROM. */
  readonly preamble: readonly Instruction[];
  /** All instructions, where a trigger replaces its ONBUILD. */
  readonly instructions: readonly Instruction[];
  readonly commands: readonly Command[];
  /** The commands that run one of these programs, in order. A file without any costs one look per name. */
  commandsNamed(...names: readonly string[]): readonly Command[];
  /** The instructions with one of these keywords in upper case, in order; triggers as in `instructions`. */
  instructionsOf(...keywords: readonly string[]): readonly Instruction[];
  readonly installs: readonly Install[];
  /** All tasks of package managers, including installations. */
  readonly packageCommands: readonly PackageCommand[];
  /** Every external image: in FROM, COPY --from, RUN --mount from=, # syntax=. Without stages and scratch. */
  readonly images: readonly ImageUse[];

  /** The sources and the destination of each COPY and ADD; those under ONBUILD are marked. */
  readonly copies: readonly Copy[];

  stageOf(instruction: Instruction): Stage | undefined;
  /**
   * Whether the effect of an instruction can be part of the final image: false in a stage that others only copy from,
   * and in an unused stage.
   */
  reachesImage(instruction: Instruction): boolean;
  /** What a COPY or ADD copies; undefined for other instructions, and if a source or the destination is missing. */
  copyOf(instruction: Instruction): Copy | undefined;
  /** The scripts of a RUN, CMD, ENTRYPOINT or HEALTHCHECK: one, or one per heredoc body a shell reads. */
  scriptsOf(instruction: Instruction): readonly ShellScript[];
  commandsOf(instruction: Instruction): readonly Command[];
  /** The environment in which the instruction runs (before its own effect). */
  environmentAt(instruction: Instruction): Environment;
  /** The environment of the image that a stage produces. */
  environmentAfter(stage: Stage): Environment;
  /** The shell that reads the shell form of the instruction. */
  shellAt(instruction: Instruction): ShellInForce;
  /**
   * The word with its variables expanded, using ARG and ENV of the file. Defaults of ARG count as known.
   * @returns undefined if any reference has no known value
   */
  expand(word: Word, at: Instruction): string | undefined;
  /**
   * The same with more detail, such as whether the text depends on an ARG that the command line can override.
   * @param unset the text for a variable without a value; the builder uses ''
   */
  expansion(word: Word, at: Instruction, unset?: string): Expansion;
  /**
   * Whether a variable has been declared where the instruction's words are expanded: by ARG or ENV of the file,
   * by the builder, or by the base image.
   * @returns undefined if the base image decides and is not known
   */
  isDeclared(name: string, at: Instruction): boolean | undefined;
  /**
   * The declaration whose value a reference in the instruction sees; undefined if the file has none.
   * @param word the value of one of several pairs of an ARG, which sees those before it
   */
  declaration(name: string, at: Instruction, word?: Word): Variable | undefined;
  /**
   * The stage that --from or mount from= names, by BuildKit's rules: any stage of the file, the last one of its name,
   * even the instruction's own or a later one (which the builder then refuses). COPY also accepts numbers.
   */
  stageNamed(name: string, at: Instruction): Stage | undefined;
}

/** The model of a parsed file. Cheap: everything is computed on demand. */
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
  #mentionsMade: Mentions | undefined;
  #partsMade: Parts | undefined;
  #instructionsMade: readonly Instruction[] | undefined;
  #commandsMade: readonly Command[] | undefined;
  #commandsByName: Groups<Command> | undefined;
  #instructionsByKeyword: Groups<Instruction> | undefined;
  #installsMade: readonly Install[] | undefined;
  #packageCommandsMade: readonly PackageCommand[] | undefined;
  #imagesMade: readonly ImageUse[] | undefined;
  #copiesMade: readonly Copy[] | undefined;
  #copiesByInstruction: ReadonlyMap<Instruction, Copy> | undefined;

  readonly file: Dockerfile;
  readonly document: TextFile;

  constructor(file: Dockerfile, document: TextFile) {
    this.file = file;
    this.document = document;
  }

  get mentions(): Mentions {
    return (this.#mentionsMade ??= mentionsIn(this.file.text));
  }

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
    if (this.#commandsMade) return this.#commandsMade;
    const all: Command[] = [];
    for (const one of this.instructions) for (const command of this.commandsOf(one)) all.push(command);
    return (this.#commandsMade = all);
  }

  commandsNamed(...names: readonly string[]): readonly Command[] {
    this.#commandsByName ??= new Groups(
      this.commands,
      ({ program }) => program,
      ({ span }) => span.start,
    );
    return this.#commandsByName.inOrder(names);
  }

  instructionsOf(...keywords: readonly string[]): readonly Instruction[] {
    this.#instructionsByKeyword ??= new Groups(
      this.instructions,
      ({ keyword }) => keyword,
      ({ index }) => index,
    );
    return this.#instructionsByKeyword.inOrder(keywords);
  }

  get packageCommands(): readonly PackageCommand[] {
    return (this.#packageCommandsMade ??= packageCommandsOf(this.commands, {
      valueFor: (name, { instruction, script }) => {
        const own = script && wordsIn(script);
        return own?.has(name) ? own.get(name) : this.environmentAt(instruction).variables.get(name)?.value;
      },
      asks: ({ name }, { instruction }) =>
        name !== 'microdnf' || this.stageOf(instruction)?.base.microdnfAsks === true,
      scopesOf: ({ instruction }) => this.stageOf(instruction)?.chain ?? [],
    }));
  }

  get installs(): readonly Install[] {
    return (this.#installsMade ??= installsOf(this.packageCommands));
  }

  get images(): readonly ImageUse[] {
    return (this.#imagesMade ??= findImages(this.file, this.#parts.graph));
  }

  get copies(): readonly Copy[] {
    if (this.#copiesMade) return this.#copiesMade;
    const { graph, environments } = this.#parts;
    const context: CopyContext = {
      graph,
      expand: (raw, at) =>
        /[$"'\\`]/.test(raw)
          ? expandWord(raw, this.file.escape, environments.lookup(undefined, at)).text
          : raw,
      workdirAt: (at) => environments.at(at).workdir,
    };
    return (this.#copiesMade = this.instructionsOf('COPY', 'ADD').flatMap(
      (one) => readCopy(one, context) ?? [],
    ));
  }

  copyOf(instruction: Instruction): Copy | undefined {
    this.#copiesByInstruction ??= new Map(this.copies.map((copy) => [copy.instruction, copy]));
    return this.#copiesByInstruction.get(instruction.trigger ?? instruction);
  }

  stageOf(instruction: Instruction): Stage | undefined {
    return this.#parts.graph.stageOfIndex[instruction.index];
  }

  reachesImage(instruction: Instruction): boolean {
    return this.stageOf(instruction)?.reachesImage ?? true;
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

  declaration(name: string, at: Instruction, word?: Word): Variable | undefined {
    return this.#parts.environments.declaration(name, word, at);
  }

  stageNamed(name: string, at: Instruction): Stage | undefined {
    return this.#parts.graph.stageNamed(name, (at.trigger ?? at).keyword === 'COPY');
  }
}

const none: readonly never[] = [];

/** Items by a name of theirs. */
class Groups<T> {
  readonly #byName: ReadonlyMap<string, readonly T[]>;
  readonly #placeOf: (item: T) => number;
  /** Lists put together of several groups: a rule may ask for the same one at each of its places. */
  readonly #joined = new Map<string, readonly T[]>();

  constructor(items: readonly T[], nameOf: (item: T) => string, placeOf: (item: T) => number) {
    this.#byName = groupedBy(items, nameOf);
    this.#placeOf = placeOf;
  }

  /** The items with one of some names in one list, by their place. */
  inOrder(names: readonly string[]): readonly T[] {
    let only: readonly T[] = none;
    for (const name of names) {
      const group = this.#byName.get(name);
      if (!group) continue;
      if (only.length > 0) return this.#join(names);
      only = group;
    }
    return only;
  }

  #join(names: readonly string[]): readonly T[] {
    const key = names.join(' ');
    let joined = this.#joined.get(key);
    if (!joined) {
      const all: T[] = [];
      // Not as arguments of one push: there may be too many.
      for (const name of new Set(names)) for (const item of this.#byName.get(name) ?? none) all.push(item);
      const placeOf = this.#placeOf;
      joined = all.sort((a, b) => placeOf(a) - placeOf(b));
      this.#joined.set(key, joined);
    }
    return joined;
  }
}
