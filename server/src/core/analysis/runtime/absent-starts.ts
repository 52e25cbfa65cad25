// Files that a container starts and that certainly are not in its image: no step copies or makes them.
import { installsNothing, placers, readers } from '../../knowledge/programs/build-steps';
import { interpreters } from '../../knowledge/programs/programs';
import type { Copy, CopySource, Model, Stage } from '../../model/model';
import type { Command, ShellWord } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { baseName, isBelow, resolvePath, restBelow } from '../../text/paths';
import { folderOf } from '../commands/folder';
import { isIgnored, lookUp, namesIn } from '../context/context-paths';
import type { ContextFacts } from '../context/context-sources';
import { mayWrite } from '../context/copied-files';
import { isMadeElsewhere } from '../context/missing-paths';
import { nearPath } from '../context/near-path';
import { packageCommandOf } from '../packages/package-commands';
import { containerCommands, startOf } from './started-files';
import type { AsksContext } from './started-files';

/** A start of a file that is not there. */
export interface AbsentStart {
  readonly stage: Stage;
  readonly command: Command;
  /** The word that names the file. */
  readonly word: ShellWord;
  /** Absolute, in the image. */
  readonly path: string;
  /** Where the only file of that name was copied to, perhaps in other letters. */
  readonly instead: { readonly path: string; readonly copy: Copy } | undefined;
  /** A like name in the folder of the build context that lands there. */
  readonly near: string | undefined;
  /** The path in the build context that the ignore file leaves out. */
  readonly ignored: string | undefined;
}

/** The files that containers start and that are not in their images, each once, in file order. */
export function* absentStarts(model: Model, facts: AsksContext): Generator<AbsentStart> {
  let looked = 0;
  for (const stage of model.stages) {
    const { base, chain } = stage;
    // What an unknown image or one of a service has is not known.
    if (base.name === undefined || base.name.includes('/') || base.runsService !== false) continue;
    if (base.distribution === 'windows' || chain.length > longestChain) continue;
    const steps = chain.flatMap(({ instructions }) => instructions);
    // A trigger may copy it in the build that begins here.
    if (steps.some(({ trigger }) => trigger?.keyword === 'COPY' || trigger?.keyword === 'ADD')) continue;
    const seen = new Set<string>();
    for (const { command, viaEntrypoint } of containerCommands(model, stage)) {
      const start = viaEntrypoint ? undefined : startOfFile(model, command);
      if (!start || seen.has(start.path)) continue;
      seen.add(start.path);
      looked += 1;
      if (looked > mostStarts) return;
      const found = absent(model, steps, start.path, facts);
      if (found) yield { stage, command, ...start, ...found };
    }
  }
}

function absent(
  model: Model,
  steps: readonly Instruction[],
  path: string,
  facts: AsksContext,
): Pick<AbsentStart, 'instead' | 'near' | 'ignored'> | undefined {
  const instead = otherPlace(model, steps, path);
  const place = instead ? undefined : placeInFolder(model, steps, path, facts.context);
  if (ofSystem.test(path) && !(instead && /\.sh$/.test(path))) return undefined;
  // Without the folder, it is mounted.
  if ((!instead && place === undefined) || steps.some((step) => mayHold(model, step, path))) return undefined;
  const { context } = facts;
  if (!steps.every((step) => bringsNot(model, step, path, context))) return undefined;
  // What something around names may be mounted.
  if (context?.mentions?.(baseName(path)) === true) return undefined;
  if (place === undefined || !context) return { instead, near: undefined, ignored: undefined };
  const isThere = lookUp(context, place) === 'file';
  const name = baseName(place);
  const beside = (namesIn(context, place.slice(0, -name.length - 1)) ?? []).filter(
    (one) => !one.endsWith('/'),
  );
  // `index.js` is made of `index.ts`.
  if (!isThere && beside.some((one) => one.startsWith(name.replace(/\w+$/, '')) && one !== name))
    return undefined;
  return {
    instead,
    near: isThere ? undefined : nearPath(name, beside),
    ignored: isThere ? place : undefined,
  };
}

const longestChain = 64;

/** Starts of a file that are looked at: for each one all steps are read. */
const mostStarts = 30;

/** Where packages, tools of languages and images put programs. */
const ofSystem =
  /^\/(?:usr(?!\/src\/)|bin|sbin|lib\w*|etc|var|proc|dev|run|nix|snap|go|root)\/|^\/(?:docker-)?entrypoint(?:\.sh)?$|^\/init$/;

/** The file that a command starts: a script by its path, or one that an interpreter reads. */
function startOfFile(
  model: Model,
  command: Command,
): { readonly word: ShellWord; readonly path: string } | undefined {
  const { program, args } = command;
  if (interpreters.test(program)) {
    const [word] = args;
    const path =
      word?.value !== undefined && /^[^-].*\.(?:py|[cm]?js|rb|php|pl)$/.test(word.value)
        ? resolvePath(folderOf(model, command), word.value)
        : undefined;
    return word && path !== undefined ? { word, path } : undefined;
  }
  const start = startOf(model, command);
  const [path, ...more] = start?.paths ?? [];
  return start && path !== undefined && more.length === 0 ? { word: start.word, path } : undefined;
}

/** Whether a RUN may make a file, or a volume hold it. */
function mayHold(model: Model, step: Instruction, path: string): boolean {
  if (step.keyword === 'VOLUME') return true;
  if (step.keyword !== 'RUN') return false;
  const commands = model.commandsOf(step);
  const isNamed = model.document.slice(step.span).includes(baseName(path));
  return (
    commands.length === 0 ||
    step.heredocs.length > 0 ||
    commands.some((command) => !isHarmless(model, command, isNamed))
  );
}

function isHarmless(model: Model, command: Command, isNamed: boolean): boolean {
  const { program } = command;
  if (packageCommandOf(model, command)) return true;
  if (!installsNothing.has(program) || placers.has(program)) return false;
  return !isNamed || readers.has(program);
}

/** Whether a COPY or ADD certainly brings no file to a path. */
function bringsNot(
  model: Model,
  step: Instruction,
  path: string,
  context: ContextFacts | undefined,
): boolean {
  if (step.trigger) return true;
  const copy = model.copyOf(step);
  if (!copy) return true;
  const folder = copy.destination.path;
  if (folder === undefined) return false;
  if (folder !== path && !isBelow(path, folder)) return true;
  return copy.sources.every((source) =>
    source.kind === 'context' ? leavesOut(copy, source, path, context) : !mayWrite(copy, source, path),
  );
}

function leavesOut(copy: Copy, source: CopySource, path: string, context: ContextFacts | undefined): boolean {
  const { path: from, glob, target } = source;
  const folder = copy.destination.path ?? '';
  if (from === undefined || glob || copy.parents || target === path || folder === path) return false;
  // The destination may be a folder that is there already.
  if (resolvePath(folder, baseName(from)) === path) return false;
  const found = context ? lookUp(context, from) : 'unknown';
  // A file by its name, which lands at another path.
  if (found === 'file' || (from !== '' && /[^/]\.\w+$/.test(from) && found !== 'folder'))
    return !isArchive.test(from);
  if (!context || context.isCertain !== true || found !== 'folder') return false;
  const place = placeOf(copy, source, path);
  const isThere = lookUp(context, place);
  return isThere === 'missing'
    ? !isMadeElsewhere(place, context)
    : isThere === 'file' && isIgnored(context, place);
}

const isArchive = /\.(?:tar|t[gbx]z|gz|xz|bz2|zst)$/;

/** The only place where a file of that name was copied to. */
function otherPlace(model: Model, steps: readonly Instruction[], path: string): AbsentStart['instead'] {
  const name = baseName(path).toLowerCase();
  const found = steps.flatMap((step) => {
    const copy = step.trigger ? undefined : model.copyOf(step);
    return (copy?.sources ?? []).flatMap(({ target, path: from }) =>
      copy && target !== undefined && from !== '' && baseName(target).toLowerCase() === name
        ? { path: target, copy }
        : [],
    );
  });
  return new Set(found.map((one) => one.path)).size === 1 ? found[0] : undefined;
}

/** The path in the context of what would land at a path, from the first folder that a copy brings above it. */
function placeInFolder(
  model: Model,
  steps: readonly Instruction[],
  path: string,
  context: ContextFacts | undefined,
): string | undefined {
  for (const step of steps) {
    const copy = step.trigger ? undefined : model.copyOf(step);
    const source = copy?.sources.find(
      ({ kind, path: from, glob }) =>
        kind === 'context' &&
        !glob &&
        (from === '' || (from !== undefined && context && lookUp(context, from) === 'folder')),
    );
    if (copy && source && isBelow(path, copy.destination.path ?? path)) return placeOf(copy, source, path);
  }
  return undefined;
}

function placeOf({ destination }: Copy, { path: from = '' }: CopySource, path: string): string {
  const rest = restBelow(path, destination.path ?? '');
  return from === '' ? rest : `${from}/${rest}`;
}
