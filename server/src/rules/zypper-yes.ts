import { defineRule } from '../core/lint/rule';
import { mayHaveNothingToDo } from '../core/model/confirmation';
import { addArguments } from '../core/shell/edits';

/**
 * A build has no terminal, so the confirmation zypper asks for is answered with “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper «install» \
 *     # client for the health check
 *     curl && zypper «remove» wget
 * ```
 * > zypper asks for a confirmation here, gets none, and the build stops
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper install -y \
 *     # client for the health check
 *     curl && zypper remove -y wget
 * ```
 * ```dockerfile good
 * FROM opensuse/leap:15.6
 * RUN zypper -n install curl && zypper --non-interactive in git
 * RUN zypper install --no-confirm wget && zypper refresh
 * ```
 * An update may find nothing to do, and asks if it does:
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper «update»
 * ```
 * > zypper asks for a confirmation if it finds anything to change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper update -y
 * ```
 */
export default defineRule({
  id: 'zypper-yes',
  summary: 'zypper waits for a confirmation nobody can give',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3034'],

  *check({ model }) {
    for (const {
      command,
      manager,
      action,
      verb,
      packages,
      assumesYes,
      mayHoldOptions,
    } of model.packageCommands) {
      if (manager.family !== 'zypper' || assumesYes || mayHoldOptions) continue;
      const edit = addArguments(command, verb, '-y');
      yield {
        at: verb.span,
        message: mayHaveNothingToDo(action, packages)
          ? `${command.program} asks for a confirmation if it finds anything to change, gets none, and the build stops`
          : `${command.program} asks for a confirmation here, gets none, and the build stops`,
        ...(action !== 'install' && { alsoKnownAs: [] }),
        ...(edit && { fix: { title: 'Add -y', edits: [edit] } }),
      };
    }
  },
});
