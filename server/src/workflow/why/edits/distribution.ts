// How the distribution of a stage names its packages and installs them.
import type { PackageNaming } from '../../../core/knowledge/packages/command-packages';
import type { Release } from '../../../core/knowledge/images/releases';
import { releaseNamed } from '../../../core/knowledge/images/releases';
import { installBefore as installPackages, installerOf, namings } from '../../../core/fixes/install-before';
import type { Installer } from '../../../core/fixes/install-before';
import { packageRelease } from '../../../core/analysis/packages/package-release';
import type { Edit } from '../../../core/text/edit';
import type { Failure } from './failure';

/** The release whose packages the stage installs, also if only the log names it. */
export function releaseOf({ model, stage, facts }: Failure): Release | undefined {
  return packageRelease(model, stage)?.release ?? stage.base.release ?? releaseNamed(wordOf(facts.release));
}

/** `centos 7` → `centos7`. */
function wordOf(release: string | undefined): string {
  return release?.toLowerCase().replaceAll(' ', '') ?? '';
}

interface Distribution extends Installer {
  readonly isGuess?: true;
}

const isDash = /^\/bin\/sh: \d+: [\w.+-]+: not found$/;

/** The manager of a stage: that of its base, else one that the stage uses. */
function distributionOf({ model, stage, facts }: Failure): Distribution | undefined {
  const known = installerOf(stage);
  if (known) return known;
  const used = model.installs
    .map(({ manager, command }) => ({ manager, from: model.stageOf(command.instruction) }))
    .filter(({ manager, from }) => manager.scope === 'system' && from && stage.chain.includes(from))
    .map(({ manager }) => manager);
  const [first] = used;
  // Only Debian and those made from it have dash as their /bin/sh, which numbers the lines of its messages.
  if (!first && stage.base.packageManager === undefined && isDash.test(facts.said ?? ''))
    return { naming: 'apt', manager: 'apt-get', isGuess: true };
  if (!first || used.some(({ family }) => family !== first.family)) return undefined;
  const own = namings.get(first.family) ?? namings.get(first.name);
  return own && { naming: own, manager: own === 'apt' ? 'apt-get' : first.name };
}

/** Whether only the words of its shell tell the distribution. */
export function isGuessed(failure: Failure): boolean {
  return distributionOf(failure)?.isGuess === true;
}

/** How the packages of the stage are named; undefined if its distribution is not known. */
export function namingOf(failure: Failure): PackageNaming | undefined {
  return distributionOf(failure)?.naming;
}

/**
 * Installs packages before an offset of the failing instruction.
 * @param before where the packages are needed
 */
export function installBefore(failure: Failure, names: readonly string[], before: number): Edit | undefined {
  const distribution = distributionOf(failure);
  return distribution && names.length > 0 ? installPackages(failure, distribution, names, before) : undefined;
}
