// Finds package commands that wait for a confirmation that a build cannot give, and when they ask.
import type { PackageManager } from '../../knowledge/packages/package-managers';
import type { PackageCommand } from '../../model/installs';
import type { Model } from '../../model/model';

/** The commands of some managers that get no answer from an option, setting, variable or input. */
export function unanswered(
  model: Model,
  isMeant: (manager: PackageManager) => boolean,
): readonly PackageCommand[] {
  return model.packageCommands.filter(
    (use) => isMeant(use.manager) && !use.assumesYes && !use.mayHoldOptions,
  );
}

/**
 * `always`: in any case.
 * `if anything changes`: there may be nothing to upgrade, remove or repair.
 * `if more changes`: only if other packages than the named ones must change too.
 */
export type WhenAsked = 'always' | 'if anything changes' | 'if more changes';

/** When the manager asks for confirmation of a command. */
export function whenAsked({ manager, action, packages }: PackageCommand): WhenAsked {
  if (!manager.asksAboutNamed && action === 'install' && packages.length > 0) return 'if more changes';
  const mayHaveNothingToDo = packages.length === 0 || action === 'upgrade' || action === 'release-upgrade';
  return mayHaveNothingToDo ? 'if anything changes' : 'always';
}
