// Installs packages of the distribution before something needs them.
import type { PackageNaming } from '../knowledge/packages/command-packages';
import type { Install } from '../model/installs';
import type { Model, Stage } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import { addPackages } from './add-package';
import { insertStep } from './own-step';

/** Managers by the names that their distributions give to packages. */
export const namings: ReadonlyMap<string, PackageNaming> = new Map([
  ['apt', 'apt'],
  ['apk', 'apk'],
  ['yum', 'rpm'],
  ['dnf', 'rpm'],
  ['microdnf', 'rpm'],
]);

const steps: Readonly<Record<PackageNaming, (manager: string, names: string) => readonly string[]>> = {
  apt: (manager, names) => [
    `${manager} update`,
    `&& ${manager} install -y --no-install-recommends ${names}`,
    '&& rm -rf /var/lib/apt/lists/*',
  ],
  apk: (manager, names) => [`${manager} add --no-cache ${names}`],
  rpm: (manager, names) => [`${manager} install -y ${names} && ${manager} clean all`],
};

/** How a stage installs packages. */
export interface Installer {
  readonly naming: PackageNaming;
  /** The command: `apt-get`, `apk`, `dnf`. */
  readonly manager: string;
}

/** The installer of a stage's base image, if that is known. */
export function installerOf({ base }: Stage): Installer | undefined {
  const known = base.packageManager ?? '';
  const naming = namings.get(known);
  return naming && { naming, manager: known === 'apt' ? 'apt-get' : known };
}

/** Where packages are needed. */
export interface Need {
  readonly model: Model;
  readonly stage: Stage;
  readonly instruction: Instruction;
}

/**
 * Installs packages before an offset of an instruction: in an installation of the stage, else in a step of its own.
 * @param before where the packages are needed
 * @returns undefined where no step can install them
 */
export function installBefore(
  need: Need,
  installer: Installer,
  names: readonly string[],
  before: number,
): Edit | undefined {
  const { model, stage, instruction } = need;
  const place = installationBefore(need, installer, before);
  const after = place?.packages.filter(({ splits }) => !splits).at(-1);
  const [added] = place && after ? addPackages(model, place, after, names) : [];
  if (added) return added;
  return insertStep(model, stage, instruction, steps[installer.naming](installer.manager, names.join(' ')));
}

/** The last installation of the stage before an offset that keeps what it installs. */
function installationBefore(
  { model, stage, instruction }: Need,
  { naming }: Installer,
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
