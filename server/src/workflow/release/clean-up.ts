// Removing what was built: names in an engine's store, and the builder's cache. Nothing here forces: an image that a
// container uses stays, and an image with another name loses this one alone.
import type { StoredImage } from '../build/stored-image';
import type { DurationText, ImageName } from '../checked-arguments';
import { successAlone, wholeAnswer } from '../readers';
import type { Printed, Program, Reading, Run, Runner, Trouble } from '../run';
import type { Engine, FoundTool } from '../tool';
import { engineNamed } from '../tool-list';

/** What the cache of a builder takes on the disk, as the builder writes it: `1.704GB`. */
export interface CacheUse {
  readonly total: string;
  /** What nothing uses now; of it only goes what nobody needed for the time that is asked for. */
  readonly reclaimable: string;
}

/** One image in one store. */
export interface Doomed {
  readonly found: FoundTool;
  readonly name: ImageName;
  readonly image: StoredImage;
}

/** How engines say that they have no such image. */
const isAbsence = /no such (?:image|object)|not known|not found|does not exist/i;

/**
 * The images of these names in the stores of the engines that work now.
 * @returns `trouble`: an engine did not say whether it has one
 */
export async function findImages(
  names: readonly ImageName[],
  found: readonly FoundTool[],
  runner: Runner,
  folder: string,
): Promise<
  | { readonly images: readonly Doomed[] }
  | { readonly engine: Engine; readonly name: ImageName; readonly trouble: Trouble }
> {
  const images: Doomed[] = [];
  for (const one of found) {
    const engine = engineNamed(one.id);
    if (one.trouble || !engine?.commands.store) continue;
    for (const name of names) {
      const looked = await runner.run(engine.commands.inspect(one, name), { folder });
      if (looked.kind === 'done') {
        const doomed = { found: one, name, image: looked.value };
        if (!images.some((other) => isSame(other, doomed))) images.push(doomed);
      } else if (looked.kind !== 'failed' || !isAbsence.test(looked.said))
        return { engine, name, trouble: looked };
    }
  }
  return { images };
}

/** podman and buildah work on one store: what one of them removes is gone for the other. */
const oneStore: ReadonlySet<string> = new Set(['podman', 'buildah']);

function isSame(a: Doomed, b: Doomed): boolean {
  return (
    a.name === b.name && a.image.id === b.image.id && oneStore.has(a.found.id) && oneStore.has(b.found.id)
  );
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
