// Whether a stage has copied a certain file of the build context, as far as its COPYs and the listing of the context
// tell.
import { matchesGlob } from '../../shell/spelling';
import type { Copy, CopySource, Model, Stage } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { baseName, isBelow, normalizePath, resolvePath, restBelow } from '../../text/paths';
import { isIgnored, lookUp } from './context-paths';
import { contextCopiesByStage, excludedBy } from './context-sources';
import type { ContextFacts } from './context-sources';

/**
 * Whether a file of the context lies at a path of the image when an instruction runs. A source that is named counts as
 * present; what a folder or a pattern brings counts only if the context is known to hold it.
 * @param path absolute, normalized
 */
export function isCopied(
  model: Model,
  context: ContextFacts | undefined,
  instruction: Instruction,
  path: string,
): boolean {
  const chain = model.stageOf(instruction)?.chain ?? [];
  return chain.some((stage) => firstCopyOf(model, context, stage, path) < instruction.index);
}

/** The index of the first copy in a stage that brings a file to a path; Infinity if there is none. */
function firstCopyOf(model: Model, context: ContextFacts | undefined, stage: Stage, path: string): number {
  const known = firstCopies(model)(stage);
  const byPath = known.get(context) ?? new Map<string, number>();
  known.set(context, byPath);
  let first = byPath.get(path);
  if (first === undefined) {
    const copy = contextCopiesByStage(model)
      .get(stage)
      ?.find((one) => one.sources.some((source) => brings(one, source, context, path)));
    first = copy?.instruction.index ?? Infinity;
    byPath.set(path, first);
  }
  return first;
}

/** By context and path: many commands look for the same files. */
const firstCopies = once((_model: Model) =>
  once((_stage: Stage) => new Map<ContextFacts | undefined, Map<string, number>>()),
);

function brings(copy: Copy, source: CopySource, context: ContextFacts | undefined, path: string): boolean {
  const from = source.path;
  if (copy.destination.path === undefined || from === undefined || copy.parents) return false;
  if (!source.glob && source.target === path && from !== '') {
    const found = context && lookUp(context, from);
    if (found !== 'folder' && found !== 'missing') return true;
  }
  return context !== undefined && heldFile(copy, source, context, path) !== undefined;
}

/** The file that a folder or a pattern of the context certainly brings to a path of the image. */
function heldFile(
  copy: Copy,
  { path: from = '', glob }: CopySource,
  context: ContextFacts,
  path: string,
): string | undefined {
  const folder = copy.destination.path ?? '';
  if (!isBelow(path, folder)) return undefined;
  const rest = restBelow(path, folder);
  const place = glob ? matched(from, rest) : normalizePath(`/${from}/${rest}`).slice(1);
  return place !== undefined && isSent(copy, context, place) ? place : undefined;
}

/** Whether the context holds a file and a copy takes it. */
function isSent(copy: Copy, context: ContextFacts, place: string): boolean {
  return lookUp(context, place) === 'file' && !isIgnored(context, place) && !excludedBy(copy).ignores(place);
}

export interface CopiedFile {
  readonly copy: Copy;
  readonly source: CopySource;
  /** Relative to the root of the context. */
  readonly place: string;
}

/**
 * The file of the context that a stage has at a path, from the last copy that writes there.
 * @param path absolute, normalized, of a file that something uses
 * @param before the index of the instruction that uses it
 * @returns undefined if none is known to be there, or if a copy from elsewhere may have replaced it
 */
export function copiedFile(
  model: Model,
  context: ContextFacts,
  stage: Stage,
  path: string,
  before: number,
): CopiedFile | undefined {
  for (const { instructions } of stage.chain) {
    for (const instruction of [...instructions].reverse()) {
      const copy = instruction.index < before ? model.copyOf(instruction) : undefined;
      if (!copy || copy.onbuild) continue;
      for (const source of copy.sources) {
        const place = source.kind === 'context' ? placeOf(copy, source, context, path) : undefined;
        if (place !== undefined) return { copy, source, place };
        if (source.kind !== 'context' && mayWrite(copy, source, path)) return undefined;
      }
      if (copy.destination.path === undefined) return undefined;
    }
  }
  return undefined;
}

/** The file that a source brings to a path. A file copied to the name of a folder goes into the folder. */
function placeOf(copy: Copy, source: CopySource, context: ContextFacts, path: string): string | undefined {
  const { path: from, target, glob } = source;
  if (from === undefined || copy.destination.path === undefined || copy.parents) return undefined;
  const isNamed = !glob && (target === path || resolvePath(copy.destination.path, baseName(from)) === path);
  return isNamed && isSent(copy, context, from) ? from : heldFile(copy, source, context, path);
}

/** Whether a source that is not of the context may bring a file to a path. */
export function mayWrite({ destination }: Copy, { target }: CopySource, path: string): boolean {
  return (
    destination.path === undefined ||
    target === path ||
    (isBelow(path, destination.path) && (target === undefined || !baseName(target).includes('.')))
  );
}

/** The path that a pattern takes for a name in the destination; undefined if it does not match. */
function matched(pattern: string, name: string): string | undefined {
  const last = baseName(pattern);
  const above = pattern.slice(0, -last.length);
  if (/[*?[]/.test(above) || name.includes('/') || !matchesGlob(last, name)) return undefined;
  return above + name;
}
