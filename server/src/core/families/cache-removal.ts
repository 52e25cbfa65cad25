// The fix of the rules whose package manager leaves lists or downloads in the layer of a RUN: it appends a command to
// that RUN that empties the caches. The table of package managers holds every difference between them.
import { empties } from '../analysis/layers/layer-contents';
import { cleansCache, laterRemoval, vainDeletionAfter } from '../analysis/packages/caches-left';
import type { CacheLeft } from '../analysis/packages/caches-left';
import { laterListNeeds } from '../analysis/packages/list-needs';
import { sudoLike, worksFromLists } from '../analysis/packages/package-commands';
import { andDrop } from '../fixes/drop-run';
import type { Fix } from '../lint/finding';
import type { PackageCommand } from '../model/installs';
import type { Model, Stage } from '../model/model';
import { addArguments, appendToOutermostChain, prependToCommand } from '../shell/edits';
import type { Edit } from '../text/edit';
import { once } from '../text/memo';

/**
 * Empties the caches after the last use of the manager. Later steps that work from package lists, however old, then
 * fetch their own.
 * @param left one of `firstCachesLeft`
 * @returns undefined if nothing in the RUN works from what is left: then the lists belong to the step that does
 */
export function cacheRemoval(model: Model, left: CacheLeft, title: string): Fix | undefined {
  const { command, manager } = left.use;
  const own = left.uses.filter(
    (one) => one.manager.family === manager.family && one.command.script === command.script,
  );
  if (!own.some((one) => worksFromLists(one) && one.command.index >= command.index)) return undefined;
  const vain = vainDeletionAfter(model, left);
  const removal =
    vain?.unquoted === undefined
      ? removalBehind(model, own)
      : { start: vain.word.span.start, end: vain.word.span.end, text: vain.unquoted };
  if (!removal) return undefined;
  const later = laterRemoval(model, left);
  if (!manager.trustsOldLists) return andDrop(model, { title, edits: [removal] }, later);
  const { needs, unknown } = laterListNeeds(model, command.instruction, manager.family);
  const [update = ''] = manager.verbs.update ?? [];
  const edits: Edit[] = [removal];
  for (const need of needs) {
    const [first] = need;
    const fetch = prependToCommand(model, first.command, `${sudoLike(first)}${command.program} ${update}`);
    const isEmptied = empties(model, model.commandsOf(first.command.instruction), left.folder);
    const removed = isEmptied ? [] : [removalBehind(model, need)];
    for (const edit of [fetch, ...removed]) {
      if (!edit) return undefined;
      edits.push(edit);
    }
  }
  const fix: Fix = { title, edits, ...((needs.length > 0 || unknown) && { safety: 'suggested' }) };
  // Where the lists are removed later, a script on the way there may install from them.
  if (unknown) return isRemovedLater(model, left) ? { ...fix, safety: 'manual' } : fix;
  return andDrop(model, fix, later);
}

function removalBehind(model: Model, uses: readonly PackageCommand[]): Edit | undefined {
  const last = uses.at(-1);
  if (!last) return undefined;
  const { cleanup, cleanNeeds } = last.manager;
  const [option] = cleanNeeds;
  if (last.action === 'clean' && !cleansCache(last) && option?.startsWith('-') === true)
    return addArguments(last.command, last.verb, option);
  return cleanup === undefined
    ? undefined
    : appendToOutermostChain(model, last.command, sudoLike(last) + cleanup);
}

/** Whether a later step of the stage removes what is left, among other things. */
function isRemovedLater(model: Model, { use, folder }: CacheLeft): boolean {
  const { instruction } = use.command;
  const stage = model.stageOf(instruction);
  return stage !== undefined && lastRemoval(model, stage, folder) > instruction.index;
}

/** The index of the last step of a stage that removes what a folder holds; -1 if none does. */
function lastRemoval(model: Model, { index, instructions }: Stage, folder: string): number {
  const known = lastRemovals(model);
  const key = `${index} ${folder}`;
  let last = known.get(key);
  if (last === undefined) {
    const removal = [...instructions]
      .reverse()
      .find((one) => one.keyword === 'RUN' && empties(model, model.commandsOf(one), folder));
    known.set(key, (last = removal?.index ?? -1));
  }
  return last;
}

/** By stage and folder: each step that leaves a cache asks for it. */
const lastRemovals = once((_model: Model) => new Map<string, number>());
