// Finds installations from a manifest that run again after every change of a source file, because the whole context
// was copied before them. Kept apart from the rule that uses it, because rules about cache mounts need the same
// answers: which manifests a RUN installs from, and whether a mount keeps its downloads.
import { mountTypeOf, mountValue, mountsOf } from '../text/mount-options';
import { manifestsOf, readsManifests } from '../../knowledge/packages/manifests';
import type { Manifests } from '../../knowledge/packages/manifests';
import { folderOptions } from '../../knowledge/programs/command-options';
import type { Command, ShellWord } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { groupedBy } from '../../text/groups';
import { once, onceInside } from '../../text/memo';
import { argumentsOfComposer } from '../../model/installs';
import { contextCopiesByStage, isEverything, visibleEntries } from '../context/context-sources';
import type { ContextCopy, ContextFacts } from '../context/context-sources';
import type { Model, Stage } from '../../model/model';

export interface DependencyStep {
  /** The first copy of the whole context in the stage. */
  readonly copy: ContextCopy;
  readonly source: ContextCopy['sources'][number];
  readonly command: Command;
  readonly manifests: Manifests;
  /** Whether manifests are copied earlier but not used there. */
  readonly isRepeated: boolean;
}

/** The manifests that a command installs from, in the folder in which it works. */
export function manifestsOfCommand(command: Command): Manifests | undefined {
  const { program, args } = withoutInterpreter(command);
  if (!readsManifests(program)) return undefined;
  return manifestsOf(
    program,
    withoutFolder(program, args).map(({ value, text }) => value ?? (text.startsWith('-') ? text : undefined)),
  );
}

/** `php composer.phar install` is Composer. */
function withoutInterpreter({ program, args }: Command): Pick<Command, 'program' | 'args'> {
  const ofComposer = program === 'composer.phar' ? args : argumentsOfComposer({ program, args });
  return ofComposer ? { program: 'composer', args: ofComposer } : { program, args };
}

/** Whether an option tells the command to work in another folder. */
export function worksElsewhere({ program, args }: Command): boolean {
  return withoutFolder(program, args).length < args.length;
}

/** The arguments without those that only name the folder: `npm --prefix web ci`. */
function withoutFolder(program: string, args: readonly ShellWord[]): readonly ShellWord[] {
  const names = folderOptions.get(program);
  if (!names) return args;
  return args.filter(
    ({ value, prefix }, at) =>
      !names.some(
        (name) => value === name || args[at - 1]?.value === name || (value ?? prefix).startsWith(`${name}=`),
      ),
  );
}

/**
 * For each copy of the whole context, the first installation after it. None if the same tool installs before the
 * copy, or could do so from manifests that are copied there.
 * @param context the content of the build context, if known
 * @param isWanted which sources of a copy count; by default the whole context
 */
export function lateDependencySteps(
  model: Model,
  context?: ContextFacts,
  isWanted: (source: string) => boolean = isEverything,
): readonly DependencyStep[] {
  const copies = contextCopiesByStage(model);
  const firstBroad = broadByStage(model, copies, isWanted);
  const found = new Map<Instruction, DependencyStep>();
  const early = new Set<string>();
  const firstUses = new Map<Stage, Map<string, number>>();
  if (firstBroad.size === 0) return [];
  for (const command of model.commands) {
    const { instruction } = command;
    const stage = model.stageOf(instruction);
    const copy = stage && firstBroad.get(stage);
    if (!copy || instruction.keyword !== 'RUN' || instruction.onbuild) continue;
    const manifests = manifestsOfCommand(command);
    if (!manifests) continue;
    const [tool = ''] = manifests.title.split(' ');
    const uses = firstUses.get(stage) ?? new Map<string, number>();
    firstUses.set(stage, uses);
    if (!uses.has(tool)) uses.set(tool, instruction.index);
    if (copy.instruction.index >= instruction.index || found.has(copy.instruction)) continue;
    if (model.stageOf(copy.instruction) !== stage) continue;
    const source = copy.sources.find(({ value }) => isWanted(value));
    if (!source || isMounted(instruction, manifests.cache)) continue;
    if (bringsDownloads(model, stage, command, manifests.cache)) continue;
    if (tool === 'go' && isWithoutModules(model, command, copy, context)) continue;
    if (context && !worksElsewhere(command) && isFetchless(manifests, visibleEntries(copy, context)))
      continue;
    const key = `${copy.instruction.index} ${tool}`;
    if (early.has(key)) continue;
    const before = stage.chain
      .flatMap((one) => copies.get(one) ?? [])
      .filter((one) => one.instruction.index < copy.instruction.index)
      .filter(({ sources }) => sources.some(({ value }) => manifests.known.test(value)));
    const firstManifest = before.reduce((least, one) => Math.min(least, one.instruction.index), Infinity);
    const isEarly =
      stage.chain.some((one) => (firstUses.get(one)?.get(tool) ?? Infinity) < copy.instruction.index) ||
      before.some(({ sources }) => sources.some(({ value }) => /vendor/.test(value))) ||
      runsBetween(model, firstManifest, copy.instruction.index);
    if (isEarly) early.add(key);
    else found.set(copy.instruction, { copy, source, command, manifests, isRepeated: before.length > 0 });
  }
  return [...found.values()];
}

/** Whether a RUN is between two instructions: it may use the copied files. */
function runsBetween({ instructions }: Model, first: number, second: number): boolean {
  for (let at = second - 1; at > first; at -= 1) if (instructions[at]?.keyword === 'RUN') return true;
  return false;
}

/** Whether nothing is fetched: no dependencies are listed, or they are in the context. */
function isFetchless({ required, sums, vendored }: Manifests, entries: readonly string[]): boolean {
  if (!required.every((name) => entries.includes(name))) return false;
  if (sums !== undefined && !entries.includes(sums)) return true;
  return vendored !== undefined && entries.some((name) => vendored.test(name));
}

/**
 * Whether Go modules are off, or may be: GO111MODULE=off, a tool that is older than they are, an old image of Go, or a Go
 * of unknown age in a file that does not speak of modules. Go 1.11 and 1.12 have none below /go/src.
 */
function isWithoutModules(
  model: Model,
  { instruction }: Command,
  { destination }: ContextCopy,
  context: ContextFacts | undefined,
): boolean {
  const { variables, workdir } = model.environmentAt(instruction);
  const setting = variables.get('GO111MODULE')?.value;
  if (setting !== undefined && setting !== 'auto') return setting === 'off';
  if (model.commandsNamed('dep', 'glide', 'godep', 'govendor').length > 0) return true;
  const chain = model.stageOf(instruction)?.chain ?? [];
  const image = [chain[0]?.image, chain.at(-1)?.image].find((one) =>
    /(?:^|\/)golang$/.test(one?.path.text ?? ''),
  );
  const minor = /^1\.(\d+)/.exec(image?.tag?.text ?? '')?.[1];
  if (minor !== undefined) {
    const isBelow = [workdir, destination.path].some((path) => path?.startsWith('/go/src/'));
    return Number(minor) < (isBelow ? 13 : 11);
  }
  if (image && /^(?:library\/)?golang$/.test(image.path.text)) return false;
  return !context?.entries.includes('go.mod') && !speaksOfModules(model);
}

const speaksOfModules = once(
  (model: Model): boolean =>
    // `go -C` came long after modules.
    model.commandsNamed('go').some(({ args }) => /^(?:mod$|-C)/.test(args[0]?.prefix ?? '')) ||
    model.copies.some(({ sources }) => sources.some(({ value }) => value.endsWith('go.mod'))),
);

/** The first copy of the whole context that a stage makes or inherits. */
function broadByStage(
  { stages }: Model,
  copies: ReadonlyMap<Stage, readonly ContextCopy[]>,
  isWanted: (source: string) => boolean,
): ReadonlyMap<Stage, ContextCopy> {
  const broad = new Map<Stage, ContextCopy>();
  for (const stage of stages) {
    const inherited = stage.parent && broad.get(stage.parent);
    const own = copies.get(stage)?.find(({ sources }) => sources.some(({ value }) => isWanted(value)));
    const first = inherited ?? own;
    if (first) broad.set(stage, first);
  }
  return broad;
}

/** Whether the manifests or the downloads are in a mount. */
function isMounted(instruction: Instruction, cache: RegExp | undefined): boolean {
  return mountsOf(instruction).some((mount) => {
    const type = mountTypeOf(mount);
    return type === 'bind' || (type === 'cache' && cache?.test(mountValue(mount, 'target') ?? '') === true);
  });
}

/** Whether an earlier COPY brings the downloads from another stage: `COPY --from=deps /go/pkg/mod /go/pkg/mod`. */
function bringsDownloads(
  model: Model,
  stage: Stage,
  { instruction }: Command,
  cache: RegExp | undefined,
): boolean {
  if (cache === undefined) return false;
  const known = firstDownloads(model)(stage);
  // Many steps ask for the same.
  let first = known.get(cache.source);
  if (first === undefined) {
    const copy = copiesOfStages(model)
      .get(stage)
      ?.find(({ destination }) => cache.test(destination.path ?? ''));
    first = copy?.instruction.index ?? Infinity;
    known.set(cache.source, first);
  }
  return first < instruction.index;
}

const copiesOfStages = once((model: Model) =>
  groupedBy(
    model.copies.filter(({ sources }) => sources.some(({ kind }) => kind === 'stage')),
    ({ stage }) => stage,
  ),
);

/** By folder of downloads, the first copy of it from another stage. */
const firstDownloads = once((_: Model) => onceInside((__: Stage) => new Map<string, number>()));
