// Installations from a manifest that run again whenever any source file has changed, because all of the context was
// copied in front of them.
import { manifestsOf } from '../knowledge/manifests';
import type { Manifests } from '../knowledge/manifests';
import type { Command } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import { contextCopies, isEverything } from './context-sources';
import type { ContextCopy } from './context-sources';
import type { Model, Stage } from './model';

export interface DependencyStep {
  /** The first copy of everything in the stage. */
  readonly copy: ContextCopy;
  readonly source: ContextCopy['sources'][number];
  readonly command: Command;
  readonly manifests: Manifests;
}

/** What a command reads when it installs from a manifest. */
export function manifestsOfCommand({ program, args }: Command): Manifests | undefined {
  return manifestsOf(
    program,
    args.map(({ value }) => value),
  );
}

/** One for each copy of everything, the first installation behind it; none where manifests were copied before. */
export function lateDependencySteps(model: Model): readonly DependencyStep[] {
  const copies = copiesByStage(model);
  const firstBroad = broadByStage(model, copies);
  const found = new Map<Instruction, DependencyStep>();
  const early = new Set<string>();
  if (firstBroad.size === 0) return [];
  for (const command of model.commands) {
    const { instruction } = command;
    const stage = model.stageOf(instruction);
    const copy = stage && firstBroad.get(stage);
    if (!copy || instruction.keyword !== 'RUN' || instruction.onbuild) continue;
    if (copy.instruction.index >= instruction.index || found.has(copy.instruction)) continue;
    if (model.stageOf(copy.instruction) !== stage) continue;
    const manifests = manifestsOfCommand(command);
    const source = copy.sources.find(({ value }) => isEverything(value));
    if (!manifests || !source || isMounted(instruction, manifests.cache)) continue;
    const key = `${copy.instruction.index} ${manifests.title}`;
    if (early.has(key)) continue;
    // Copied by name before: then an installation stands in front of the sources already, or could.
    const before = stage.chain
      .flatMap((one) => copies.get(one) ?? [])
      .filter((one) => one.instruction.index < copy.instruction.index);
    if (before.some(({ sources }) => sources.some(({ value }) => manifests.known.test(value))))
      early.add(key);
    else found.set(copy.instruction, { copy, source, command, manifests });
  }
  return [...found.values()];
}

function copiesByStage(model: Model): ReadonlyMap<Stage, readonly ContextCopy[]> {
  const copies = new Map<Stage, ContextCopy[]>();
  for (const copy of contextCopies(model)) {
    const stage = model.stageOf(copy.instruction);
    const known = stage && copies.get(stage);
    if (known) known.push(copy);
    else if (stage) copies.set(stage, [copy]);
  }
  return copies;
}

/** The first copy of everything that a stage makes or inherits. */
function broadByStage(
  { stages }: Model,
  copies: ReadonlyMap<Stage, readonly ContextCopy[]>,
): ReadonlyMap<Stage, ContextCopy> {
  const broad = new Map<Stage, ContextCopy>();
  for (const stage of stages) {
    const inherited = stage.parent && broad.get(stage.parent);
    const own = copies.get(stage)?.find(({ sources }) => sources.some(({ value }) => isEverything(value)));
    const first = inherited ?? own;
    if (first) broad.set(stage, first);
  }
  return broad;
}

/** The manifests, or what is downloaded, are in a mount. */
function isMounted({ flags }: Instruction, cache: RegExp | undefined): boolean {
  return flags.some(({ name, options }) => {
    if (name !== 'mount') return false;
    const type = options.find(({ key }) => key === 'type')?.value ?? 'bind';
    const target =
      options.find(({ key }) => key === 'target' || key === 'dst' || key === 'destination')?.value ?? '';
    return type === 'bind' || (type === 'cache' && cache !== undefined && cache.test(target));
  });
}
