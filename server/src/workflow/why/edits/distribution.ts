// How the distribution of a stage names its packages and installs them.
import type { PackageNaming } from '../../../core/knowledge/packages/command-packages';
import type { Release } from '../../../core/knowledge/images/releases';
import { releaseNamed } from '../../../core/knowledge/images/releases';
import { addPackages } from '../../../core/fixes/add-package';
import { insertStep } from '../../../core/fixes/own-step';
import { packageRelease } from '../../../core/analysis/packages/package-release';
import type { Install } from '../../../core/model/installs';
import type { Edit } from '../../../core/text/edit';
import type { Failure } from './failure';

/** Managers by the names that their distributions give to packages. */
const namings: ReadonlyMap<string, PackageNaming> = new Map([
  ['apt', 'apt'],
  ['apk', 'apk'],
  ['yum', 'rpm'],
  ['dnf', 'rpm'],
  ['microdnf', 'rpm'],
]);

/** The release whose packages the stage installs, also if only the log names it. */
export function releaseOf({ model, stage, facts }: Failure): Release | undefined {
  return packageRelease(model, stage)?.release ?? stage.base.release ?? releaseNamed(wordOf(facts.release));
}

/** `centos 7` → `centos7`. */
function wordOf(release: string | undefined): string {
  return release?.toLowerCase().replaceAll(' ', '') ?? '';
}

interface Distribution {
  readonly naming: PackageNaming;
  readonly manager: string;
  readonly isGuess?: true;
}

/** The manager of a stage: that of its base, else one that the stage uses. */
const isDash = /^\/bin\/sh: \d+: [\w.+-]+: not found$/;

function distributionOf({ model, stage, facts }: Failure): Distribution | undefined {
  const known = stage.base.packageManager ?? '';
  const naming = namings.get(known);
  if (naming !== undefined) return { naming, manager: known === 'apt' ? 'apt-get' : known };
  const used = model.installs
    .map(({ manager, command }) => ({ manager, from: model.stageOf(command.instruction) }))
    .filter(({ manager, from }) => manager.scope === 'system' && from && stage.chain.includes(from))
    .map(({ manager }) => manager);
  const [first] = used;
  // Only Debian and those made from it have dash as their /bin/sh, which numbers the lines of its messages.
  if (!first && known === '' && isDash.test(facts.said ?? ''))
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

const steps: Readonly<Record<PackageNaming, (manager: string, names: string) => readonly string[]>> = {
  apt: (manager, names) => [
    `${manager} update`,
    `&& ${manager} install -y --no-install-recommends ${names}`,
    '&& rm -rf /var/lib/apt/lists/*',
  ],
  apk: (manager, names) => [`${manager} add --no-cache ${names}`],
  rpm: (manager, names) => [`${manager} install -y ${names} && ${manager} clean all`],
};

/**
 * Installs packages before an offset of the failing instruction: in an installation of the stage, else in a step of its own.
 * @param before where the packages are needed
 */
export function installBefore(failure: Failure, names: readonly string[], before: number): Edit | undefined {
  const { model, stage, instruction } = failure;
  const distribution = distributionOf(failure);
  if (!distribution || names.length === 0) return undefined;
  const place = installationBefore(failure, distribution, before);
  const after = place?.packages.filter(({ splits }) => !splits).at(-1);
  const [added] = place && after ? addPackages(model, place, after, names) : [];
  if (added) return added;
  return insertStep(
    model,
    stage,
    instruction,
    steps[distribution.naming](distribution.manager, names.join(' ')),
  );
}

/** The last installation of the stage before an offset that keeps what it installs. */
function installationBefore(
  { model, stage, instruction }: Failure,
  { naming }: Distribution,
  before: number,
): Install | undefined {
  return model.installs
    .filter(
      ({ manager, command, packages }) =>
        (namings.get(manager.family) ?? namings.get(manager.name)) === naming &&
        packages.some(({ value }) => value !== undefined) &&
        packages.every(({ text }) => !/[/*]|\.(?:deb|rpm|apk)$/.test(text)) &&
        command.span.end <= before &&
        command.nesting.length === 0 &&
        model.stageOf(command.instruction) === stage &&
        (command.instruction === instruction ||
          !model.packageCommands.some(
            (use) => use.command.instruction === command.instruction && use.action === 'remove',
          )),
    )
    .at(-1);
}
