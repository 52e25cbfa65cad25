// Finds the installations whose downloaded packages stay in the layer. Debian and Ubuntu images have a hook that deletes
// them, the file docker-clean; files that want to use a cache mount remove it.
import type { PackageCommand } from '../core/model/installs';
import type { Model } from '../core/model/model';
import type { Command } from '../core/shell/types';
import { groupedBy } from '../core/text/groups';
import { isBelow } from '../core/text/paths';
import { deletes, deletionsOf, mountedAway } from '../core/analysis/layers/layer-contents';
import { packageCommandOf, worksFromLists } from '../core/analysis/packages/package-commands';
import { aptKeepsDownloads, isSetBefore } from '../core/analysis/packages/written-settings';

const aptArchives = '/var/cache/apt/archives';

export interface DownloadsLeft {
  /** The first command of a RUN that leaves its downloads. */
  readonly first: PackageCommand;
  /** The last apt command of the RUN. */
  readonly last: PackageCommand;
}

/** The RUNs that leave downloads of apt in their layer, in stages that reach the image. */
export function downloadsLeft(model: Model): readonly DownloadsLeft[] {
  const byRun = groupedBy(model.packageCommands, ({ command: { instruction }, manager }) =>
    manager.family === 'apt' && instruction.keyword === 'RUN' ? instruction : undefined,
  );
  return [...byRun].flatMap(([run, uses]) => {
    if (!model.reachesImage(run) || !isSetBefore(model, aptKeepsDownloads, run)) return [];
    if (mountedAway(run).some((target) => isBelow(aptArchives, target))) return [];
    let cleaned = -1;
    for (const [at, command] of model.commandsOf(run).entries()) if (mayClean(model, command)) cleaned = at;
    const after = new Set(model.commandsOf(run).slice(cleaned + 1));
    const left = uses.filter(({ command }) => after.has(command));
    const first = left.find((use) => worksFromLists(use) && use.action !== 'download');
    const last = left.at(-1);
    return first && last ? [{ first, last }] : [];
  });
}

function mayClean(model: Model, command: Command): boolean {
  // A script with such a name probably removes them.
  if (/clean|purge|slim/i.test(command.program)) return true;
  const use = packageCommandOf(model, command);
  if (use?.manager.family === 'apt' && use.action === 'clean') return !use.phrase.startsWith('auto');
  return deletionsOf(model, command).known.some((one) => deletes(one, aptArchives));
}
