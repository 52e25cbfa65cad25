// The steps of a build: the instructions that a builder runs and keeps in its cache, stage by stage, with what each takes
// from the context and from stages. ENV, CMD and the like change the configuration alone, so they are not steps.
import { mountTypeOf, mountValue } from '../text/mount-options';
import type { Copy, CopySource, Model, Stage } from '../../model/model';
import type { Flag, Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { normalizePath, resolvePath } from '../../text/paths';

export interface Step {
  /** Of an ONBUILD its trigger. */
  readonly instruction: Instruction;
  /** The stage that it runs in: for the trigger of an ONBUILD a stage that builds on the one with the ONBUILD. */
  readonly stage: Stage;
  readonly copy: Copy | undefined;
  /** Empty for anything but RUN. */
  readonly mounts: readonly Mount[];
  /** Whether it is made apart from the steps before it, so that they do not count for it: COPY --link. */
  readonly apart: boolean;
}

/** A folder that a RUN mounts from the context or a stage. */
export interface Mount {
  /** Relative to the root of the origin, normalized; undefined if a variable has no known value. */
  readonly path: string | undefined;
  /** `unknown`: a variable names it. */
  readonly from: 'context' | 'unknown' | Stage;
}

export interface Plan {
  readonly steps: ReadonlyMap<Stage, readonly Step[]>;
  /** The stages that a stage needs to be built. */
  readonly needs: ReadonlyMap<Stage, readonly Stage[]>;
  /** The stages that a FROM with a variable may mean beside its parent. */
  readonly mayBuildOn: ReadonlyMap<Stage, readonly Stage[]>;
}

export const planOf = once((model: Model): Plan => {
  const mayBuildOn = new Map<Stage, Stage[]>();
  for (const stage of model.stages)
    for (const { stage: user, via, certain } of stage.usedBy)
      if (via === 'from' && !certain) mayBuildOn.set(user, [...(mayBuildOn.get(user) ?? []), stage]);
  const steps = new Map(model.stages.map((stage) => [stage, stepsOf(model, stage)]));
  const needs = new Map(
    model.stages.map((stage) => [
      stage,
      [
        ...(stage.parent ? [stage.parent] : []),
        ...(mayBuildOn.get(stage) ?? []),
        ...(steps.get(stage) ?? []).flatMap(originsOf),
      ],
    ]),
  );
  return { steps, needs, mayBuildOn };
});

/** The stages that a target needs, itself included, in file order. */
export function stagesFor(model: Model, target: Stage): readonly Stage[] {
  const { needs } = planOf(model);
  const wanted = new Set([target]);
  // Iterating a set also visits the elements that are added on the way.
  for (const stage of wanted) for (const other of needs.get(stage) ?? []) wanted.add(other);
  return model.stages.filter((stage) => wanted.has(stage));
}

/** The stage that `--target` names, as builders look for it: by name in any case, or by number. */
export function targetNamed(model: Model, name: string): Stage | undefined {
  const wanted = name.toLowerCase();
  const named = model.stages.filter((stage) => stage.name?.value.toLowerCase() === wanted).at(-1);
  return named ?? (/^\d+$/.test(name) ? model.stages[Number(name)] : undefined);
}

function originsOf({ copy, mounts }: Step): readonly Stage[] {
  const copied = copy?.sources.flatMap((source) => (source.kind === 'stage' ? [source.stage] : [])) ?? [];
  return [...copied, ...mounts.flatMap(({ from }) => (typeof from === 'string' ? [] : [from]))];
}

function stepsOf(model: Model, stage: Stage): readonly Step[] {
  // Triggers run at the start of a stage that builds on theirs, and not again in one that builds on that.
  const triggers = (stage.parent?.instructions ?? []).flatMap(({ trigger }) => trigger ?? []);
  return [...triggers, ...stage.instructions].flatMap(
    (instruction) => stepOf(model, stage, instruction) ?? [],
  );
}

function stepOf(model: Model, stage: Stage, instruction: Instruction): Step | undefined {
  const step = { instruction, stage, copy: undefined, mounts: [], apart: false };
  switch (instruction.keyword) {
    case 'RUN':
      return {
        ...step,
        mounts: instruction.flags.flatMap((flag) => mountOf(model, instruction, flag) ?? []),
      };
    case 'WORKDIR':
      return isRoot(model, instruction) ? undefined : step;
    case 'COPY':
    case 'ADD': {
      const copy = model.copyOf(instruction);
      // BuildKit makes no layer of its own for --link with --chmod.
      return copy && { ...step, copy, apart: copy.link && copy.chmod === undefined };
    }
    default:
      return undefined;
  }
}

/** `WORKDIR /` makes no folder. */
function isRoot(model: Model, instruction: Instruction): boolean {
  const [word] = instruction.words;
  const path = word && model.expand(word, instruction);
  return path !== undefined && resolvePath(model.environmentAt(instruction).workdir, path) === '/';
}

/** What a flag mounts; undefined for caches, secrets and images, which no edit of a file changes. */
function mountOf(model: Model, instruction: Instruction, flag: Flag): Mount | undefined {
  if (flag.name !== 'mount') return undefined;
  const type = mountTypeOf(flag);
  const source = mountValue(flag, 'source') ?? '';
  const origin = mountValue(flag, 'from');
  if (type.includes('$')) return { path: undefined, from: 'unknown' };
  if (type !== 'bind' && (type !== 'cache' || origin === undefined)) return undefined;
  const path = source.includes('$') ? undefined : normalizePath(`/${source}`).slice(1);
  if (origin === undefined) return { path, from: 'context' };
  const from = origin.includes('$') ? 'unknown' : model.stageNamed(origin, instruction);
  return from && { path, from };
}

/** Whether a source of a copy depends on nothing that an edit of a file changes. */
export function isForeign({ kind }: CopySource): boolean {
  return kind === 'url' || kind === 'git' || kind === 'image' || kind === 'heredoc';
}
