import { addArguments, defineRule, mayHaveNothingToDo } from '../core/lint/rule';

/**
 * A build has no terminal, so the confirmation dnf asks for is answered with “no” and the build stops.
 *
 * ```dockerfile bad
 * FROM fedora:41
 * RUN dnf «install» \
 *     # client for the health check
 *     curl && dnf «remove» wget
 * ```
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf install -y \
 *     # client for the health check
 *     curl && dnf remove -y wget
 * ```
 * ```dockerfile good
 * FROM fedora:41
 * RUN dnf -y install curl && dnf install --assumeyes git
 * RUN microdnf install curl
 * RUN yes | dnf install wget
 * ```
 */
export default defineRule({
  id: 'dnf-yes',
  summary: 'dnf waits for a confirmation nobody can give',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3038'],

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
      if (manager.name === 'yum' || manager.family !== 'rpm' || assumesYes || mayHoldOptions) continue;
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
