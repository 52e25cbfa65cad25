// Removing what was built: names in an engine's store, and the builder's cache. Nothing here forces: an image that a
// container uses stays, and an image with another name loses this one alone.
import type { DurationText, ImageName } from '../checked-arguments';
import { successAlone, wholeAnswer } from '../readers';
import type { Printed, Program, Reading, Run } from '../run';

/** What the cache of a builder takes on the disk, as the builder writes it: `1.704GB`. */
export interface CacheUse {
  readonly total: string;
  /** What nothing uses now; of it only goes what nobody needed for the time that is asked for. */
  readonly reclaimable: string;
}

/** docker, podman and buildah share the word. */
export function removeRun({ id, program }: Program, image: ImageName): Run<undefined, Printed> {
  const limit = { ms: 300_000, characters: 1_000_000 };
  return {
    tool: { id, program },
    args: ['rmi', image],
    env: {},
    answer: 'output',
    limit,
    reader: successAlone,
  };
}

/** For buildx alone. */
export function cacheUseRun({ id, program }: Program): Run<CacheUse> {
  return {
    tool: { id, program },
    args: ['buildx', 'du'],
    env: {},
    answer: 'output',
    limit: { ms: 60_000, characters: 50_000_000 },
    reader: () => wholeAnswer(({ exit, stdout }) => readCacheUse(exit, stdout)),
  };
}

/** For buildx alone. @param unused how long nobody needed what goes */
export function pruneCacheRun({ id, program }: Program, unused: DurationText): Run<undefined, Printed> {
  return {
    tool: { id, program },
    args: ['buildx', 'prune', '--force', `--filter=until=${unused}`],
    env: {},
    answer: 'output',
    limit: { ms: Infinity, characters: 50_000_000 },
    reader: successAlone,
  };
}

/** The sums stand behind the table; an empty cache has the total alone. */
function readCacheUse(exit: number | undefined, answer: string): Reading<CacheUse> {
  const total = /^Total:\s+(\d[\d.]*[kMGTP]?i?B)\s*$/m.exec(answer)?.[1];
  const reclaimable = /^Reclaimable:\s+(\d[\d.]*[kMGTP]?i?B)\s*$/m.exec(answer)?.[1];
  if (exit !== 0) return { unreadable: `exit status ${exit ?? 'unknown'}` };
  if (total === undefined) return { unreadable: 'it names no total' };
  return { value: { total, reclaimable: reclaimable ?? '0B' } };
}
