// Whether a stage has copied a certain file of the build context, as far as its COPYs and the listing of the context
// tell.
import { matchesGlob } from '../../shell/spelling';
import type { Copy, CopySource, Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { baseName, isBelow, normalizePath } from '../../text/paths';
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
  const copies = contextCopiesByStage(model);
  return chain.some((stage) =>
    copies
      .get(stage)
      ?.some(
        (copy) =>
          copy.instruction.index < instruction.index &&
          copy.sources.some((source) => brings(copy, source, context, path)),
      ),
  );
}

function brings(
  { destination, ...copy }: Copy,
  source: CopySource,
  context: ContextFacts | undefined,
  path: string,
): boolean {
  const folder = destination.path;
  const from = source.path;
  if (folder === undefined || from === undefined || copy.parents) return false;
  if (!source.glob && source.target === path && from !== '') {
    const found = context && lookUp(context, from);
    if (found !== 'folder' && found !== 'missing') return true;
  }
  if (!context || !isBelow(path, folder)) return false;
  const rest = path.slice(folder === '/' ? 1 : folder.length + 1);
  const place = source.glob ? matched(from, rest) : normalizePath(`/${from}/${rest}`).slice(1);
  return (
    place !== undefined &&
    lookUp(context, place) === 'file' &&
    !isIgnored(context, place) &&
    !excludedBy({ destination, ...copy }).ignores(place)
  );
}

/** The path that a pattern takes for a name in the destination; undefined if it does not match. */
function matched(pattern: string, name: string): string | undefined {
  const last = baseName(pattern);
  const above = pattern.slice(0, -last.length);
  if (/[*?[]/.test(above) || name.includes('/') || !matchesGlob(last, name)) return undefined;
  return above + name;
}
