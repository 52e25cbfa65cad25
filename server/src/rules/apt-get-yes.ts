import { addArguments, defineRule } from '../core/lint/rule';

/**
 * A build has no terminal, so the confirmation apt-get asks for is answered with “no” and the build stops. It asks
 * as soon as anything beyond the packages named has to be installed or removed.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get «install» \
 *     # client for the health check
 *     curl=${CURL_VERSION}
 * RUN apt-get -q «remove» wget; apt «upgrade»
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y \
 *     # client for the health check
 *     curl=${CURL_VERSION}
 * RUN apt-get -q remove -y wget; apt upgrade -y
 * ```
 * `-qq` means yes as well, and so do a setting of apt and an answer through a pipe:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get -qq install curl && apt-get install -yq git && apt-get -q=2 install wget
 * RUN apt-get -o APT::Get::Assume-Yes=true install curl && yes | apt-get install git
 * RUN apt-get install $OPTIONS curl
 * ```
 */
export default defineRule({
  id: 'apt-get-yes',
  summary: 'apt-get waits for a confirmation nobody can give',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3014', 'trivy:DS-0021'],

  *check({ model }) {
    for (const use of model.packageCommands) {
      const { command, manager, action, verb, packages } = use;
      if (manager.family !== 'apt' || use.assumesYes || use.mayHoldOptions) continue;
      const edit = addArguments(command, verb, '-y');
      yield {
        at: verb.span,
        message:
          packages.length > 0 && action === 'install'
            ? `${command.program} asks for a confirmation if more than the packages named must change, gets none, and the build stops`
            : `${command.program} asks for a confirmation here, gets none, and the build stops`,
        // The others know the installation by apt-get alone.
        ...((action !== 'install' || manager.name !== 'apt-get') && { alsoKnownAs: [] }),
        ...(edit && { fix: { title: 'Add -y', edits: [edit] } }),
      };
    }
  },
});
