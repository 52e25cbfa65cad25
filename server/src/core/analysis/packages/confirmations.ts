// Which package commands wait for a confirmation that nobody can give, and when they ask.
import type { PackageManager } from '../../knowledge/packages/package-managers';
import type { PackageCommand } from '../../model/installs';
import type { Model } from '../../model/model';

/** The commands of some managers that nothing answers: no option, setting, variable or input. */
export function unanswered(
  model: Model,
  isMeant: (manager: PackageManager) => boolean,
): readonly PackageCommand[] {
  return model.packageCommands.filter(
    (use) => isMeant(use.manager) && !use.assumesYes && !use.mayHoldOptions,
  );
}

/**
 * `always`: whatever happens.
 * `if anything changes`: there may be nothing to upgrade, no orphan to remove, no broken dependency to repair.
 * `if more changes`: only when other packages than those named have to change as well.
 */
export type WhenAsked = 'always' | 'if anything changes' | 'if more changes';

/** When the manager asks for the confirmation of a command. */
export function whenAsked({ manager, action, packages }: PackageCommand): WhenAsked {
  if (!manager.asksAboutNamed && action === 'install' && packages.length > 0) return 'if more changes';
  const mayHaveNothingToDo =
    packages.length === 0 || action === 'upgrade' || action === 'distribution-upgrade';
  return mayHaveNothingToDo ? 'if anything changes' : 'always';
}
