import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { hasForeignAptSources } from '../core/analysis/packages/package-sources';
import { unanswered } from '../core/analysis/packages/confirmations';
import { givesOption } from '../core/analysis/packages/package-commands';
import { missingAnswer } from '../core/families/missing-answer';
import { installAlone, needOthers } from '../core/knowledge/packages/apt-recommends';
import { packageName } from '../core/knowledge/packages/package-managers';
import type { PackageCommand } from '../core/model/installs';

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
 * > apt-get asks for a confirmation if more than the packages named must change, gets none, and the build stops
 * > apt-get asks for a confirmation here, gets none, and the build stops
 * > apt asks for a confirmation if it finds anything to change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y \
 *     # client for the health check
 *     curl=${CURL_VERSION}
 * RUN apt-get -q remove -y wget; apt upgrade -y
 * ```
 * A package that needs no other is installed without a question, and what one of another publisher needs is not
 * known: there it is only a hint.
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get «install» tini
 * RUN echo "deb https://packages.example.com/apt stable main" > /etc/apt/sources.list.d/example.list && \
 *     apt-get update && apt-get «install» example-tools
 * ```
 * > apt-get asks for a confirmation if more than the packages named must change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y tini
 * RUN echo "deb https://packages.example.com/apt stable main" > /etc/apt/sources.list.d/example.list && \
 *     apt-get update && apt-get install -y example-tools
 * ```
 * Where dpkg has to have succeeded, a repair finds nothing broken, and does not ask. What dpkg may leave broken is
 * another matter:
 * ```dockerfile bad
 * FROM debian:12
 * RUN dpkg -i app.deb || apt-get -f «install»
 * RUN dpkg -i app.deb; apt-get «install» -f
 * RUN dpkg -i --force-depends app.deb && apt-get «install» -f
 * ```
 * > apt-get asks for a confirmation if it finds anything to change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN dpkg -i app.deb || apt-get -f install -y
 * RUN dpkg -i app.deb; apt-get install -y -f
 * RUN dpkg -i --force-depends app.deb && apt-get install -y -f
 * ```
 * `-qq` means yes as well, and so do a setting of apt and an answer through a pipe:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get -qq install curl && apt-get install -yq git && apt-get -q=2 install wget
 * RUN apt-get -o APT::Get::Assume-Yes=true install curl && yes | apt-get install git
 * RUN apt-get install $OPTIONS curl
 * RUN dpkg -i app.deb && apt-get -f install
 * RUN dpkg -i ${PACKAGE} && apt-get install -f
 * ```
 * Without a list of what is broken, or a step that says it, apt-get may have something to do:
 * ```dockerfile bad
 * FROM debian:12
 * RUN dpkg -i app.deb && apt-get «install»
 * ```
 * > apt-get asks for a confirmation if it finds anything to change, gets none, and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN dpkg -i app.deb && apt-get install -y
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN dpkg --install app.deb && apt-get install --fix-broken
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
    for (const use of unanswered(model, ({ family }) => family === 'apt')) {
      if (repairsNothing(use)) continue;
      yield {
        ...missingAnswer(use),
        ...(mayBringNothingElse(model, use) && { severity: 'hint' }),
        // Other tools know the installation by apt-get alone.
        ...(use.manager.name !== 'apt-get' && { alsoKnownAs: [] }),
      };
    }
  },
});

/** `dpkg -i x.deb && apt-get -f install`: dpkg fails when it leaves something broken, so that this comes too late. */
function repairsNothing(use: PackageCommand): boolean {
  const { command, action, packages } = use;
  if (action !== 'install' || packages.length > 0 || command.before !== '&&') return false;
  if (!givesOption(use, '-f', '--fix-broken')) return false;
  const previous = command.script?.commands[command.index - 1];
  return (
    previous?.program === 'dpkg' &&
    previous.chain === command.chain &&
    previous.before !== '||' &&
    previous.args.some(({ value }) => value === '-i' || value === '--install') &&
    !previous.args.some(({ text }) => text.startsWith('--force'))
  );
}

/**
 * One package that needs no other, or one of another publisher, of which that is not known: apt asks only when more
 * than what is named changes.
 */
function mayBringNothingElse(model: Model, { command, manager, action, packages }: PackageCommand): boolean {
  if (action !== 'install' || packages.length !== 1) return false;
  const name = packageName(manager, packages[0]?.value ?? '');
  return installAlone.has(name) || (!needOthers.has(name) && hasForeignAptSources(model, command));
}
