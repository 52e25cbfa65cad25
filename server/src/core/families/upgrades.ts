// The body of the rules about steps that upgrade what the base image has. The fix takes the upgrade away, and the whole
// RUN if it does nothing else of use then.
import { deletionsOf } from '../analysis/layers/layer-contents';
import { packageCommandOf, worksFromLists } from '../analysis/packages/package-commands';
import { dropRun } from '../fixes/drop-run';
import { doNothing } from '../knowledge/programs/shell-builtins';
import type { Fix } from '../lint/finding';
import type { PackageCommand } from '../model/installs';
import type { Model } from '../model/model';
import { removeCommand } from '../shell/removal';
import type { Command } from '../shell/types';
import type { Edit } from '../text/edit';

/** The upgrades of everything that is installed, in build steps. */
export function upgradesOfAll(
  model: Model,
  action: 'upgrade' | 'release-upgrade',
): readonly PackageCommand[] {
  return model.packageCommands.filter(
    (use) =>
      use.action === action &&
      use.manager.scope === 'system' &&
      use.command.instruction.keyword === 'RUN' &&
      use.packages.length === 0 &&
      !use.mayHoldOptions,
  );
}

/** Takes an upgrade out of its RUN, together with the update that only it needs. */
export function withoutUpgrade(model: Model, use: PackageCommand): Fix | undefined {
  const { command, manager, phrase } = use;
  const title = `Remove ${command.program} ${phrase}`;
  const commands = model.commandsOf(command.instruction);
  if (commands.every((one) => one === command || servesPackages(model, one))) {
    const dropped = dropRun(model, command.instruction);
    return dropped && { title, edits: [dropped.edit] };
  }
  const family = commands.flatMap((one) => {
    const other = packageCommandOf(model, one);
    return other && other !== use && other.manager.family === manager.family ? [other] : [];
  });
  const updates = family.some(worksFromLists) ? [] : family.filter(({ action }) => action === 'update');
  const edits: Edit[] = [];
  for (const one of [...updates.map((update) => update.command), command]) {
    const removal = removeCommand(model, one);
    if (!removal) return undefined;
    edits.push(...removal);
  }
  const overlaps = edits.some((edit, at) => edit.start < (edits[at - 1]?.end ?? 0));
  return overlaps ? undefined : { title, edits };
}

/** Whether a command is of no use without an installation: it fetches lists, cleans up, or does nothing. */
function servesPackages(model: Model, command: Command): boolean {
  const use = packageCommandOf(model, command);
  if (use) return /^(?:update|clean)$/.test(use.action) || /^auto-?remove$/.test(use.phrase);
  if (command.program === 'set' || doNothing.has(command.program)) return command.redirects.length === 0;
  const { known, more } = deletionsOf(model, command);
  return (
    !more && known.length > 0 && known.every(({ pattern }) => /^\/(?:var\/(?:lib|cache)|tmp)\b/.test(pattern))
  );
}
