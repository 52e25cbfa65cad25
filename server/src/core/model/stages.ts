// The stage graph, by BuildKit's rules (buildDispatchStates, addState and toCommand in dockerfile2llb). FROM finds
// the last stage of a name above it, compared exactly with the lower-cased names. --from and mount from= find the
// last stage of a name in the whole file, in any case. Numbers count from 0 and work only for COPY.
import type { BaseImage } from '../knowledge/images/base-image';
import { knowImage } from '../knowledge/images/images';
import { imageOfWord } from '../syntax/image-reference';
import type { Dockerfile, Flag, ImageReference, Instruction, Word } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { Expansion, Lookup } from './expand';
import { expandWord } from './expand';

export interface Stage {
  readonly index: number;
  /** Undefined for a fragment without FROM. */
  readonly from: Instruction | undefined;
  /** From the FROM to the end of the last instruction. */
  readonly span: Span;
  /** The image as written; undefined if FROM names an earlier stage or nothing. */
  readonly image: ImageReference | undefined;
  /** The earlier stage that FROM names. */
  readonly parent: Stage | undefined;
  readonly platform: Flag | undefined;
  readonly name: Word | undefined;
  /** The AS keyword. */
  readonly as: Word | undefined;
  /** Instructions after FROM. */
  readonly instructions: readonly Instruction[];
  readonly isFinal: boolean;
  /** Whether its files are part of the final image: it is the last stage, or the last stage (maybe) builds on it. */
  readonly reachesImage: boolean;
  /** Whether the last stage needs it in any way. */
  readonly reachable: boolean;
  /** The stages that build on it or copy from it. */
  readonly usedBy: readonly StageUse[];
  /** This stage, its parent, and so on. Computed on demand: do not read it for all stages in a loop. */
  readonly chain: readonly Stage[];
  /** What is known about the image at the bottom of the chain. */
  readonly base: BaseImage;
}

export interface StageUse {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly via: 'from' | 'copy' | 'mount';
  /** The word or flag value that names it. */
  readonly at: Span;
  /** False if FROM has a variable and this is only one of the stages it may mean, or not its default. */
  readonly certain: boolean;
}

export interface StageGraph {
  readonly stages: readonly Stage[];
  readonly preamble: readonly Instruction[];
  /** By `Instruction.index`; undefined for the preamble. */
  readonly stageOfIndex: readonly (Stage | undefined)[];
  /** The image name of each stage as the builder reads it; undefined if a variable has no known value. */
  readonly resolved: ReadonlyMap<Stage, string | undefined>;
  /** @param name of --from or from= @param numbers whether the instruction takes numbers */
  stageNamed(name: string, numbers: boolean): Stage | undefined;
}

/** A stage while the graph is built. A class, because an object literal with a getter is slow to read. */
class Draft implements Stage {
  readonly index: number;
  readonly from: Instruction | undefined;
  readonly span: Span;
  readonly image: ImageReference | undefined;
  readonly parent: Stage | undefined;
  readonly platform: Flag | undefined;
  readonly name: Word | undefined;
  readonly as: Word | undefined;
  readonly instructions: readonly Instruction[];
  isFinal = false;
  reachesImage = false;
  reachable = false;
  readonly usedBy: StageUse[] = [];
  readonly base: BaseImage;
  #chain: readonly Stage[] | undefined;

  /** @param parts what is known of it before the stages after it are read */
  constructor(parts: Omit<Stage, 'isFinal' | 'reachesImage' | 'reachable' | 'usedBy' | 'chain'>) {
    this.index = parts.index;
    this.from = parts.from;
    this.span = parts.span;
    this.image = parts.image;
    this.parent = parts.parent;
    this.platform = parts.platform;
    this.name = parts.name;
    this.as = parts.as;
    this.instructions = parts.instructions;
    this.base = parts.base;
  }

  /** Computed on demand: with many stages, all chains together take quadratic space. */
  get chain(): readonly Stage[] {
    return (this.#chain ??= [...ancestry(this)]);
  }
}

interface Node {
  readonly stage: Draft;
  /** All stages that it needs in any way. */
  readonly needs: Node[];
  /** Stages whose files it inherits, or may inherit. */
  readonly inherits: Node[];
}

/** Above this number of stages, possible targets of `FROM base-$X` are not searched: that compares all with all. */
const manyStages = 500;

/** @param lookup the variables that FROM lines see: ARGs above the first FROM, and the platform's variables */
export function buildStages(file: Dockerfile, lookup: Lookup): StageGraph {
  const { instructions } = file;
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const preamble = first < 0 ? [] : instructions.slice(0, first);
  const builder = new Builder(file, lookup);
  if (first < 0 && instructions.length > 0) builder.add(undefined, instructions);
  for (let at = first; at >= 0 && at < instructions.length;) {
    let end = at + 1;
    while (end < instructions.length && instructions[end]?.keyword !== 'FROM') end += 1;
    builder.add(instructions[at], instructions.slice(at + 1, end));
    at = end;
  }
  return builder.finish(preamble);
}

class Builder {
  readonly #nodes: Node[] = [];
  readonly #resolved = new Map<Stage, string | undefined>();
  /** Lower-cased names declared so far; at the end, those of the whole file. */
  readonly #byName = new Map<string, Node>();

  readonly file: Dockerfile;
  readonly lookup: Lookup;

  constructor(file: Dockerfile, lookup: Lookup) {
    this.file = file;
    this.lookup = lookup;
  }

  add(from: Instruction | undefined, instructions: readonly Instruction[]): void {
    const [source, as, name] = from?.words ?? [];
    const named = as?.value.toUpperCase() === 'AS' ? name : undefined;
    const origin: Expansion | undefined = source && expandWord(source.raw, this.file.escape, this.lookup);
    const parent = origin?.text === undefined ? undefined : this.#byName.get(origin.text);
    const index = this.#nodes.length;
    const start = (from ?? instructions[0])?.span.start ?? 0;
    const end = (instructions.at(-1) ?? from)?.span.end ?? start;
    const stage = new Draft({
      index,
      from,
      span: { start, end },
      image: from && source && !parent ? imageOfWord(source, from.line) : undefined,
      parent: parent?.stage,
      platform: from?.flags.find((flag) => flag.name === 'platform'),
      name: named,
      as: named && as,
      instructions,
      base: parent?.stage.base ?? knowImage(from ? origin?.text : undefined),
    });
    const node: Node = { stage, needs: [], inherits: [] };
    this.#resolved.set(stage, origin?.text);
    if (from && source && origin) this.#inherit(node, parent, from, source, origin);
    this.#nodes.push(node);
    if (named) this.#byName.set(named.value.toLowerCase(), node);
  }

  #inherit(node: Node, parent: Node | undefined, from: Instruction, source: Word, origin: Expansion): void {
    if (parent) {
      node.needs.push(parent);
      node.inherits.push(parent);
      parent.stage.usedBy.push({
        stage: node.stage,
        instruction: from,
        via: 'from',
        at: source.span,
        certain: true,
      });
    }
    if (this.#nodes.length > manyStages) return;
    // `FROM base-$TARGETOS`, or a default that the command line can replace: any stage that fits may be meant.
    for (const other of this.#mayMean(source, origin, parent)) {
      if (other === parent) continue;
      node.needs.push(other);
      if (!parent) node.inherits.push(other);
      other.stage.usedBy.push({
        stage: node.stage,
        instruction: from,
        via: 'from',
        at: source.span,
        certain: false,
      });
    }
  }

  #mayMean(source: Word, origin: Expansion, parent: Node | undefined): Node[] {
    let parts = origin.pattern;
    if (origin.text !== undefined) {
      if (!origin.overridable || !parent) return [];
      const open: Lookup = (name) => {
        const state = this.lookup(name);
        return state.overridable ? { value: undefined, set: undefined, overridable: true } : state;
      };
      parts = expandWord(source.raw, this.file.escape, open).pattern;
    }
    // A name that is only a variable may mean anything. Other stages are likely only if its default is a stage.
    if (!parts || (!parent && parts.every((part) => part === ''))) return [];
    const fitting: Node[] = [];
    for (const [name, node] of this.#byName) if (fits(name, parts)) fitting.push(node);
    return fitting;
  }

  finish(preamble: readonly Instruction[]): StageGraph {
    const nodes = this.#nodes;
    const stages = nodes.map(({ stage }) => stage);
    const stageOfIndex: (Stage | undefined)[] = [];
    const find = (name: string, numbers: boolean): Node | undefined =>
      numbers && /^[+-]?\d+$/.test(name) ? nodes[Number(name)] : this.#byName.get(name.toLowerCase());
    for (const node of nodes) {
      if (node.stage.from) stageOfIndex[node.stage.from.index] = node.stage;
      for (const instruction of node.stage.instructions) {
        stageOfIndex[instruction.index] = node.stage;
        for (const source of sourcesOf(instruction)) {
          const other = find(source.name, source.via === 'copy');
          if (!other) continue;
          node.needs.push(other);
          const { via, at } = source;
          other.stage.usedBy.push({
            stage: node.stage,
            instruction: source.instruction,
            via,
            at,
            certain: true,
          });
        }
      }
    }
    const last = nodes.at(-1);
    if (last) {
      last.stage.isFinal = true;
      for (const node of reach(last, ({ inherits }) => inherits)) node.stage.reachesImage = true;
      for (const node of reach(last, ({ needs }) => needs)) node.stage.reachable = true;
    }
    return {
      stages,
      preamble,
      stageOfIndex,
      resolved: this.#resolved,
      stageNamed: (name, numbers) => find(name, numbers)?.stage,
    };
  }
}

function* ancestry(stage: Stage): Generator<Stage> {
  for (let at: Stage | undefined = stage; at; at = at.parent) yield at;
}

function reach(from: Node, next: (node: Node) => readonly Node[]): ReadonlySet<Node> {
  const seen = new Set([from]);
  // Iterating a set also visits the elements that are added on the way.
  for (const node of seen) for (const other of next(node)) seen.add(other);
  return seen;
}

/** Whether a name begins with the first part, ends with the last, and has the others in between, in order. */
function fits(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** A place where an instruction names a stage or an image besides FROM. */
export interface Source {
  /** The trigger, under ONBUILD. */
  readonly instruction: Instruction;
  readonly name: string;
  readonly via: 'copy' | 'mount';
  readonly at: Span;
  readonly flag: Flag;
  /** Undefined for COPY. */
  readonly option: Flag['options'][number] | undefined;
}

const noSources: readonly Source[] = [];

/** The stages and images that COPY --from and RUN --mount from= name, also under ONBUILD. */
export function sourcesOf(instruction: Instruction): readonly Source[] {
  const runner = instruction.trigger ?? instruction;
  if (runner.flags.length === 0) return noSources;
  const found: Source[] = [];
  for (const flag of runner.flags) {
    if (runner.keyword === 'COPY' && flag.name === 'from' && flag.value?.value) {
      const { value, span } = flag.value;
      found.push({ instruction: runner, name: value, via: 'copy', at: span, flag, option: undefined });
    } else if (runner.keyword === 'RUN' && flag.name === 'mount') {
      for (const option of flag.options) {
        if (option.key !== 'from' || !option.value || !option.valueSpan) continue;
        const { value, valueSpan } = option;
        found.push({ instruction: runner, name: value, via: 'mount', at: valueSpan, flag, option });
      }
    }
  }
  return found;
}
