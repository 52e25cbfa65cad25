// Files that a step writes into a cache mount, and that a COPY or a later step looks for in the layer, where they are not.
import { mountOption, mountTypeOf, mountValue, mountsOf } from '../text/mount-options';
import { changesNamed, placers, makesOnlyNamed } from '../../knowledge/programs/build-steps';
import type { Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { baseName, isBelow, resolvePath } from '../../text/paths';
import type { Span } from '../../text/span';
import { folderOf } from '../commands/folder';
import { packageCommandOf } from '../packages/package-commands';
import { cacheMountsOf } from '../packages/tool-caches';
import type { CacheMount } from '../packages/tool-caches';

export interface LostFile {
  /** Where the file names it. */
  readonly span: Span;
  /** Absolute. */
  readonly path: string;
  /** The instruction that looks for it. */
  readonly reader: Instruction;
  /** The step that writes it into the mount. */
  readonly run: Instruction;
  readonly mount: CacheMount;
  /** Whether no other step can have written it into the layer, too. */
  readonly isCertain: boolean;
}

/** More places than this are not looked at. */
const most = 200;

const mountsByRun = once(
  (model: Model): ReadonlyMap<Instruction, readonly CacheMount[]> =>
    new Map(
      model.instructionsOf('RUN').flatMap((run) => {
        const mounts = run.flags.length > 0 && !run.onbuild ? cacheMountsOf(model, run) : [];
        return mounts.length > 0 ? [[run, mounts] as const] : [];
      }),
    ),
);

/** In file order. Not where another step may write the file into the layer. */
export function lostFiles(model: Model): readonly LostFile[] {
  if (mountsByRun(model).size === 0) return [];
  const found: LostFile[] = [];
  for (const { path, span, reader, stage } of placesRead(model)) {
    const written = writerOf(model, stage, path, reader);
    if (written) found.push({ path, span, reader, ...written });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

interface Place extends Pick<LostFile, 'path' | 'span' | 'reader'> {
  /** Where the file should be. */
  readonly stage: Stage;
}

/** What COPY --from takes from stages with such mounts, and what their later steps use. */
function placesRead(model: Model): readonly Place[] {
  const stages = new Set([...mountsByRun(model).keys()].flatMap((run) => model.stageOf(run) ?? []));
  const places: Place[] = [];
  for (const { instruction, sources, onbuild } of model.copies) {
    for (const source of onbuild ? [] : sources) {
      if (source.kind !== 'stage' || source.path === undefined || source.variable) continue;
      const path = `/${source.path.replace(/\/?[^/]*[*?[].*$/, '')}`;
      places.push({ path, span: source.span, reader: instruction, stage: source.stage });
    }
  }
  for (const stage of stages) {
    for (const instruction of stage.instructions) {
      if (!/^(?:RUN|CMD|ENTRYPOINT)$/.test(instruction.keyword)) continue;
      for (const command of model.commandsOf(instruction))
        for (const place of wordsRead(model, command)) places.push({ reader: instruction, stage, ...place });
    }
  }
  places.push(...mountedFrom(model, stages));
  return places.filter(({ stage }) => stage.chain.some((one) => stages.has(one))).slice(0, most);
}

/** What `--mount=type=bind,from=STAGE,source=…` takes from such a stage. */
function mountedFrom(model: Model, stages: ReadonlySet<Stage>): readonly Place[] {
  const byName = new Map([...stages].map((stage) => [stage.name?.value.toLowerCase(), stage]));
  return model.instructionsOf('RUN').flatMap((reader) =>
    mountsOf(reader).flatMap((mount): readonly Place[] => {
      const from = mountValue(mount, 'from')?.toLowerCase();
      const stage = from === undefined ? undefined : byName.get(from);
      const source = mountOption(mount, 'source');
      const path = source?.value === undefined ? undefined : resolvePath('/', source.value);
      if (!stage || !source || !path || path === '/' || mountTypeOf(mount) === 'cache') return [];
      return [{ path, span: source.span, reader, stage }];
    }),
  );
}

/** The program itself, and the files that cp, mv and install take. */
function wordsRead(
  model: Model,
  command: Command,
): readonly { readonly path: string; readonly span: Span }[] {
  const { program, name, args } = command;
  const operands = args.filter(({ prefix }) => !prefix.startsWith('-'));
  const words = placers.has(program)
    ? operands.slice(0, -1)
    : changesNamed.has(program)
      ? operands
      : name.value?.includes('/')
        ? [name]
        : [];
  if (words.length === 0) return [];
  const folder = folderOf(model, command);
  return words.flatMap(({ value, span }) => {
    const path = value === undefined ? undefined : resolvePath(folder, value);
    return path === undefined ? [] : [{ path, span }];
  });
}

/** The step that alone can have written a file, if it does so in a mount. */
function writerOf(
  model: Model,
  stage: Stage,
  path: string,
  reader: Instruction,
): Pick<LostFile, 'run' | 'mount' | 'isCertain'> | undefined {
  const isStep = model.stageOf(reader) === stage;
  // A step sees only what is above it.
  const seen = stage.chain.flatMap(({ instructions }) =>
    isStep ? instructions.filter(({ index }) => index < reader.index) : instructions,
  );
  const mountsAt = mountsByRun(model);
  const mountOver = (one: Instruction): CacheMount | undefined =>
    mountsAt.get(one)?.find(({ target }) => target !== undefined && isBelow(path, target));
  const run = seen.find(mountOver);
  const mount = run && mountOver(run);
  if (!run || mount?.target === undefined) return undefined;
  const { target } = mount;
  const others = seen.filter((one) => !mountOver(one));
  if (others.some((one) => mayBring(model, one, target) || namesFile(model, one, path))) return undefined;
  if ([...others, reader].some((one) => one.keyword === 'RUN' && buildsAlike(model, one, run)))
    return undefined;
  const isCertain = !others.some((one) => mayWrite(model, one, path, mountsAt.get(one)));
  if (!isStep) return { run, mount, isCertain };
  const isThere =
    mountOver(reader) !== undefined || mountsAt.get(reader)?.some((one) => one.target === undefined);
  if (isThere) return undefined;
  return { run, mount, isCertain: isCertain && isHarmless(model, reader, path) };
}

/** Whether a step runs a program that the other one runs, too, and that makes more than what its words name. */
function buildsAlike(model: Model, one: Instruction, run: Instruction): boolean {
  const programs = new Set(model.commandsOf(run).map(({ program }) => program));
  return model.commandsOf(one).some(({ program }) => programs.has(program) && !makesOnlyNamed.has(program));
}

/** Whether a step names a file with its folder. */
function namesFile(model: Model, { keyword, span }: Instruction, path: string): boolean {
  const [folder = '', name = ''] = path.split('/').slice(-2);
  return keyword === 'RUN' && model.document.slice(span).includes(`${folder}/${name}`);
}

/** Whether a step may write a file into the layer. */
function mayWrite(
  model: Model,
  run: Instruction,
  path: string,
  mounts: readonly CacheMount[] | undefined,
): boolean {
  if (run.keyword !== 'RUN') return false;
  return (
    // The target may be the one.
    mounts?.some(({ target }) => target === undefined) === true ||
    model.document.slice(run.span).includes(baseName(path)) ||
    !isHarmless(model, run, path)
  );
}

/** Whether all commands of a step are known to make nothing but what their words name. */
function isHarmless(model: Model, instruction: Instruction, path: string): boolean {
  return model
    .commandsOf(instruction)
    .every(
      (command) =>
        makesOnlyNamed.has(command.program) ||
        command.program === baseName(path) ||
        packageCommandOf(model, command)?.manager.scope === 'system',
    );
}

/** Whether a COPY writes below a folder. One into a folder above brings sources, not what a build makes of them. */
function mayBring(model: Model, instruction: Instruction, folder: string): boolean {
  const copy = model.copyOf(instruction);
  return (
    copy !== undefined && (copy.destination.path === undefined || isBelow(copy.destination.path, folder))
  );
}
