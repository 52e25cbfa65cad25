// The first command of each stage that asks the servers of its release for packages.
import type { PackageCommand } from '../../model/installs';
import type { Model, Stage } from '../../model/model';
import { once } from '../../text/memo';
import { hasChangedSources } from './archive-sources';
import { worksFromLists } from './package-commands';
import { packageRelease } from './package-release';
import type { PackageRelease } from './package-release';

interface AskedServer {
  readonly use: PackageCommand;
  readonly stage: Stage;
  readonly known: PackageRelease;
}

/**
 * One for each stage on a known release that asks the servers which its image names; none for a stage that builds on
 * such a stage, and after a step that may send its package manager elsewhere.
 */
export const askedServers = once((model: Model): readonly AskedServer[] => {
  const found: AskedServer[] = [];
  const done = new Set<Stage>();
  for (const use of model.packageCommands) {
    const { instruction } = use.command;
    const stage = asksServer(use) ? model.stageOf(instruction) : undefined;
    if (!stage || stage.chain.some((one) => done.has(one))) continue;
    const known = packageRelease(model, stage);
    if (!known || isRedHat(known) !== (use.manager.family === 'rpm')) continue;
    if (hasChangedSources(model, instruction, stage)) continue;
    done.add(stage);
    found.push({ use, stage, known });
  }
  return found;
});

function isRedHat({ release: { family } }: PackageRelease): boolean {
  return family !== 'debian' && family !== 'ubuntu';
}

/** Whether a command fetches lists or packages, and not only files that are there. */
export function asksServer(use: PackageCommand): boolean {
  const { action, packages, manager } = use;
  if (manager.family !== 'apt' && manager.family !== 'rpm') return false;
  if (action === 'update') return true;
  const onlyFiles = packages.length > 0 && packages.every(({ text }) => /\.(?:deb|rpm)$|^\.?\//.test(text));
  return worksFromLists(use) && !onlyFiles;
}
