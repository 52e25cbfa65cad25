// Which steps of a build run again after a change of the context: from the text alone, as BuildKit's cache decides. A step
// is taken from the cache if what it takes has the same content and the step before it is the same; a copy from a stage
// looks at the content of the copied files alone, so it may come from the cache although the stage was built again.
import type { Copy, CopySource, Model, Stage } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { isBelow } from '../../text/paths';
import type { IgnoreFile } from '../context/ignore-file';
import { isForeign, planOf, stagesFor } from './steps';
import type { Mount, Step } from './steps';
import { destinationOf, fixedPart, landing, otherName, takenBy, takenByPath } from './taken';
import type { Place, Taken } from './taken';

export type Change =
  /** Files of the context: another content or mode, or they are new or gone. Of a folder something in it. */
  | {
      readonly kind: 'places';
      readonly places: readonly Place[];
      /** Whether the ignore file is one of them: then it may leave out other files than before. */
      readonly ignoreFile: boolean;
    }
  /** Anything that a COPY, an ADD or a RUN with mounts takes from the context. */
  | { readonly kind: 'taken'; readonly by: Instruction };

export type Reason =
  /** Something that it takes changed: that was the question. */
  | { readonly kind: 'changed' }
  /** It takes what changed. Undefined: a variable in the source has no known value. */
  | { readonly kind: 'takes'; readonly source: string | undefined }
  | { readonly kind: 'takes from'; readonly source: string | undefined; readonly stage: Stage | undefined }
  /** It is the first step of a stage that builds on another one. */
  | { readonly kind: 'builds on'; readonly stage: Stage; readonly cause: Step }
  | { readonly kind: 'follows'; readonly cause: Step }
  /** Other patterns may leave out other files. */
  | { readonly kind: 'ignore file' };

export interface Rerun {
  readonly step: Step;
  /** False: it may run again; that depends on what another step gives, or on a value that is not known. */
  readonly certain: boolean;
  readonly reason: Reason;
}

export interface Rebuild {
  /** All steps of the build, in the order of their stages. */
  readonly steps: readonly Step[];
  /** Those that run again, or may. */
  readonly rerun: readonly Rerun[];
}

/**
 * What a build runs again after a change, if the last build had everything in the cache.
 * @param ignore the ignore file in force; undefined: there is none
 */
export function rebuiltBy(
  model: Model,
  change: Change,
  target: Stage,
  ignore: IgnoreFile | undefined,
): Rebuild {
  const walk = new Walk(model, change, ignore);
  for (const stage of stagesFor(model, target)) walk.build(stage);
  return { steps: walk.steps, rerun: walk.rerun };
}

/**
 * What runs again if something changes that an instruction takes from the context.
 * @returns undefined if it takes nothing from there
 */
export function rebuiltByInstruction(model: Model, instruction: Instruction): Rebuild | undefined {
  const stage = model.stageOf(instruction);
  const { finalStage } = model;
  if (!stage || !finalStage || !takesFromContext(model, stage, instruction)) return undefined;
  const isNeeded = stagesFor(model, finalStage).includes(stage);
  return rebuiltBy(model, { kind: 'taken', by: instruction }, isNeeded ? finalStage : stage, undefined);
}

function takesFromContext(model: Model, stage: Stage, instruction: Instruction): boolean {
  const step = planOf(model)
    .steps.get(stage)
    ?.find((one) => one.instruction === instruction);
  return (
    step?.copy?.sources.some(({ kind }) => kind === 'context') === true ||
    step?.mounts.some(({ from }) => from === 'context') === true
  );
}

/** Never, maybe, certainly. */
type Level = 0 | 1 | 2;

/** A file of a stage that may have another content than in the last build. */
interface Dirty {
  readonly place: Place;
  readonly certain: boolean;
}

/** A stage up to a step. */
interface State {
  level: Level;
  /** The last step that by itself runs as certainly as this. */
  cause: Step | undefined;
  /** What differs from the last build; `anything`: a command ran that may have written everywhere. */
  dirty: readonly Dirty[] | 'anything';
}

interface Verdict {
  readonly level: Level;
  readonly reason: Reason;
}

const untouched: State = { level: 0, cause: undefined, dirty: [] };

/** More files that differ count as any. */
const mostDirty = 100;

class Walk {
  readonly steps: Step[] = [];
  readonly rerun: Rerun[] = [];
  readonly #states = new Map<Stage, State>();
  readonly #model: Model;
  readonly #change: Change;
  /** What changed in the context, at one of these places; none if it never gets to the builder. */
  readonly #places: readonly Changed[];

  constructor(model: Model, change: Change, ignore: IgnoreFile | undefined) {
    this.#model = model;
    this.#change = change;
    this.#places = change.kind === 'taken' ? sourcesOf(model, change.by) : sentPlaces(change.places, ignore);
  }

  build(stage: Stage): void {
    const state = { ...this.#stateOf(stage.parent) };
    const { steps, mayBuildOn } = planOf(this.#model);
    for (const other of mayBuildOn.get(stage) ?? []) {
      const { level, cause } = this.#stateOf(other);
      if (level > 0 && state.level === 0) Object.assign(state, { level: 1, cause, dirty: 'anything' });
    }
    for (const step of steps.get(stage) ?? []) this.#take(step, state);
    this.#states.set(stage, state);
  }

  #stateOf(stage: Stage | undefined): State {
    return (stage && this.#states.get(stage)) ?? untouched;
  }

  #take(step: Step, state: State): void {
    this.steps.push(step);
    const own = this.#own(step);
    const { cause } = state;
    const inherits = !step.apart && cause !== undefined && state.level > own.level;
    const level = inherits ? state.level : own.level;
    if (level > 0)
      this.rerun.push({ step, certain: level === 2, reason: inherits ? inherited(step, cause) : own.reason });
    if (own.level > 0 && own.level >= state.level) Object.assign(state, { level: own.level, cause: step });
    if (step.copy) state.dirty = this.#copied(step.copy, state.dirty);
    else if (step.instruction.keyword === 'RUN' && level > 0) state.dirty = 'anything';
  }

  /** What a step takes from the context and from stages, whatever stands before it. */
  #own({ instruction, copy, mounts }: Step): Verdict {
    if (isBy(this.#change, instruction)) return { level: 2, reason: { kind: 'changed' } };
    let found: Verdict = { level: 0, reason: { kind: 'changed' } };
    const add = (next: Verdict): void => {
      if (next.level > found.level) found = next;
    };
    for (const source of copy?.sources ?? [])
      if (copy && !isForeign(source)) add(this.#ofSource(copy, source));
    for (const mount of mounts) add(this.#ofMount(mount));
    return found;
  }

  #ofSource(copy: Copy, source: CopySource): Verdict {
    const take = (place: Place): Taken => takenBy(copy, source, place);
    const { value, path } = source;
    if (source.kind === 'context') {
      const same = copy.excludes.length > 0 || copy.parents ? undefined : path;
      return this.#fromContext(value, take, same);
    }
    const stage = source.kind === 'stage' ? source.stage : undefined;
    return { level: this.#fromStage(stage, take), reason: { kind: 'takes from', source: value, stage } };
  }

  #ofMount({ path, from }: Mount): Verdict {
    const take = (place: Place): Taken =>
      path === undefined ? { kind: 'doubtful' } : takenByPath(path, place);
    const source = path === '' ? '.' : path;
    if (from === 'context') return this.#fromContext(source, take, path);
    const stage = from === 'unknown' ? undefined : from;
    return { level: this.#fromStage(stage, take), reason: { kind: 'takes from', source, stage } };
  }

  /** @param same the source: if it is also what changed, it takes that */
  #fromContext(source: string | undefined, take: (place: Place) => Taken, same: string | undefined): Verdict {
    const found = this.#places.map((place): Level =>
      same !== undefined && place.source === same ? 2 : lower(levels[take(place).kind], place.most),
    );
    // Of what an instruction takes one thing changed; of places all did.
    const best = found.reduce<Level>((a, b) => (a > b ? a : b), 0);
    const level = this.#change.kind === 'taken' && found.some((one) => one < 2) ? lower(best, 1) : best;
    if (level > 0) return { level, reason: { kind: 'takes', source } };
    const isIgnoreFile = this.#change.kind === 'places' && this.#change.ignoreFile;
    return { level: isIgnoreFile ? 1 : 0, reason: { kind: 'ignore file' } };
  }

  /** @param stage undefined: any may be meant */
  #fromStage(stage: Stage | undefined, take: (place: Place) => Taken): Level {
    if (!stage) return this.rerun.length > 0 ? 1 : 0;
    const { dirty } = this.#stateOf(stage);
    if (dirty === 'anything') return 1;
    let found: Level = 0;
    for (const { place, certain } of dirty) {
      const { kind } = takenFrom(stage, place, take);
      if (kind === 'whole' && certain) return 2;
      if (kind !== 'apart') found = 1;
    }
    // A link that a command made may lead from what is taken to what differs.
    return found === 0 && dirty.length > 0 && makesLinks(this.#model, stage) ? 1 : found;
  }

  /** What differs in a stage after a copy. */
  #copied(copy: Copy, before: State['dirty']): State['dirty'] {
    if (before === 'anything') return before;
    const added = this.#landings(copy);
    if (added === 'anything') return added;
    const kept = before.map((one) => (mayOverwrite(copy, one.place) ? { ...one, certain: false } : one));
    const all = [...kept, ...added];
    return all.length > mostDirty ? 'anything' : all;
  }

  #landings(copy: Copy): State['dirty'] {
    if (isBy(this.#change, copy.instruction)) {
      const path = destinationOf(copy);
      return path === undefined ? 'anything' : [{ place: { path, exact: false }, certain: true }];
    }
    const found: Dirty[] = [];
    for (const source of copy.sources) {
      const from = this.#differing(source);
      if (from === 'anything') return from;
      for (const { place, certain } of from) {
        const take = (one: Place): Taken => takenBy(copy, source, one);
        const taken = source.kind === 'stage' ? takenFrom(source.stage, place, take) : take(place);
        if (taken.kind === 'apart') continue;
        const landed = taken.kind === 'whole' ? landing(copy, source, place, taken.rest) : undefined;
        if (taken.kind !== 'whole' || !landed) return 'anything';
        // Of an archive that was packed again, and of what --exclude names, perhaps nothing differs.
        const plain = copy.keyword === 'COPY' && (copy.excludes.length === 0 || taken.rest !== '');
        found.push({ place: landed, certain: certain && plain });
      }
    }
    return found;
  }

  /** What differs in the origin of a source. */
  #differing(source: CopySource): State['dirty'] {
    if (source.kind === 'context') {
      const { kind } = this.#change;
      if (kind === 'places' && this.#change.ignoreFile) return 'anything';
      const isOneOfSeveral = kind === 'taken' && this.#places.length > 1;
      return this.#places.map((place) => ({ place, certain: place.most === 2 && !isOneOfSeveral }));
    }
    if (source.kind === 'unknown') return this.rerun.length > 0 ? 'anything' : [];
    return source.kind === 'stage' ? this.#stateOf(source.stage).dirty : [];
  }
}

function isBy(change: Change, instruction: Instruction): boolean {
  return change.kind === 'taken' && change.by === instruction;
}

const levels: Readonly<Record<Taken['kind'], Level>> = { apart: 0, doubtful: 1, whole: 2 };

function lower(a: Level, b: Level): Level {
  return a < b ? a : b;
}

function inherited(step: Step, cause: Step): Reason {
  return cause.stage === step.stage
    ? { kind: 'follows', cause }
    : { kind: 'builds on', stage: cause.stage, cause };
}

/** A place of the context that changed. */
interface Changed extends Place {
  /** The source that names it, if that is all that is known. */
  readonly source: string | undefined;
  /** Less than certain if the ignore file lets only part of it through. */
  readonly most: Level;
}

function sourcesOf(model: Model, by: Instruction): readonly Changed[] {
  const sources = model.copyOf(by)?.sources ?? [];
  return sources.flatMap(({ kind, path }) =>
    kind === 'context' && path !== undefined
      ? [{ path: fixedPart(path), exact: false, source: path, most: 2 }]
      : [],
  );
}

/** Without what the ignore file keeps from the builder. */
function sentPlaces(places: readonly Place[], ignore: IgnoreFile | undefined): readonly Changed[] {
  return places.flatMap(({ path, exact }): readonly Changed[] => {
    const place = { path, exact, source: undefined };
    if (!ignore || ignore.size === 0) return [{ ...place, most: 2 }];
    if (ignore.ignores(path)) return !exact && ignore.mayKeepIn(path) ? [{ ...place, most: 1 }] : [];
    return [{ ...place, most: exact || !ignore.mayLeaveOutOf(path) ? 2 : 1 }];
  });
}

/** Also compared with the name that today's distributions have for the folder. */
function takenFrom({ base }: Stage, place: Place, take: (place: Place) => Taken): Taken {
  const taken = take(place);
  const other = base.distribution === 'scratch' ? undefined : otherName(place.path);
  if (taken.kind !== 'apart' || other === undefined) return taken;
  return take({ ...place, path: other }).kind === 'apart' ? taken : { kind: 'doubtful' };
}

/** Whether a copy may write over a file of the stage. A name with an ending is a file's. */
function mayOverwrite(copy: Copy, { path }: Place): boolean {
  const folder = destinationOf(copy);
  if (folder === undefined) return true;
  const targets = copy.sources.map(({ target, glob }) =>
    glob || target === undefined || copy.parents || !/\.\w+$/.test(target) ? folder : target.slice(1),
  );
  return targets.some((at) =>
    [path, otherName(path)].some(
      (one) => one !== undefined && (at === '' || isBelow(one, at) || isBelow(at, one)),
    ),
  );
}

/** Whether a command of a stage may make a link. */
function makesLinks({ document }: Model, stage: Stage): boolean {
  return stage.chain.some(({ instructions }) =>
    instructions.some(({ keyword, span }) => keyword === 'RUN' && /\bln\b/.test(document.slice(span))),
  );
}
