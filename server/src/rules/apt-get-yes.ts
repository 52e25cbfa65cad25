import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { hasForeignAptSources } from '../core/analysis/packages/package-sources';
import { unanswered } from '../core/analysis/packages/confirmations';
import { givesOption } from '../core/analysis/packages/package-commands';
import { missingAnswer } from '../core/families/missing-answer';
import { installAlone, needOthers } from '../core/knowledge/packages/apt-recommends';
import { packageName } from '../core/knowledge/packages/package-managers';
import type { PackageCommand } from '../core/model/installs';
import { hasFlag, hasWord, seenNamed, textOf, verbOf } from '../core/families/hadolint-commands';
import type { SeenCommand } from '../core/families/hadolint-commands';

/**
 * A build has no terminal, so nobody can confirm what apt-get asks. apt-get takes that as “no” and the build stops.
 * It asks as soon as it has to install or remove more than the named packages.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get «install» \
 *     # client for the health check
 *     curl=${CURL_VERSION}
 * RUN apt-get -q «remove» wget; apt «upgrade»
 * ```
 * > apt-get asks for confirmation if other packages change too, and the build stops without an answer
 * > apt-get asks for confirmation, and the build stops without an answer
 * > apt asks for confirmation if anything changes, and the build stops without an answer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y \
 *     # client for the health check
 *     curl=${CURL_VERSION}
 * RUN apt-get -q remove -y wget; apt upgrade -y
 * ```
 * apt-get installs a package without dependencies unasked. For packages of third-party repositories the dependencies
 * are unknown. Both cases are only a hint:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get «install» tini
 * RUN echo "deb https://packages.example.com/apt stable main" > /etc/apt/sources.list.d/example.list && \
 *     apt-get update && apt-get «install» example-tools
 * ```
 * > apt-get asks for confirmation if other packages change too, and the build stops without an answer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y tini
 * RUN echo "deb https://packages.example.com/apt stable main" > /etc/apt/sources.list.d/example.list && \
 *     apt-get update && apt-get install -y example-tools
 * ```
 * After `dpkg -i … &&`, a repair has nothing to do and does not ask. It may have something to do where dpkg can fail
 * or leave dependencies broken:
 * ```dockerfile bad
 * FROM debian:12
 * RUN dpkg -i app.deb || apt-get -f «install»
 * RUN dpkg -i app.deb; apt-get «install» -f
 * RUN dpkg -i --force-depends app.deb && apt-get «install» -f
 * ```
 * > apt-get asks for confirmation if anything changes, and the build stops without an answer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN dpkg -i app.deb || apt-get -f install -y
 * RUN dpkg -i app.deb; apt-get install -y -f
 * RUN dpkg -i --force-depends app.deb && apt-get install -y -f
 * ```
 * `-qq` also means yes, and so do an apt setting and an answer through a pipe:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get -qq install curl && apt-get install -yq git && apt-get -q=2 install wget
 * RUN apt-get -o APT::Get::Assume-Yes=true install curl && yes | apt-get install git
 * RUN apt-get install $OPTIONS curl
 * RUN dpkg -i app.deb && apt-get -f install
 * RUN dpkg -i ${PACKAGE} && apt-get install -f
 * ```
 * Without `-f` and without package names, apt-get may still find something to change:
 * ```dockerfile bad
 * FROM debian:12
 * RUN dpkg -i app.deb && apt-get «install»
 * ```
 * > apt-get asks for confirmation if anything changes, and the build stops without an answer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN dpkg -i app.deb && apt-get install -y
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN dpkg --install app.deb && apt-get install --fix-broken
 * ```
 * A removal asks where the package is there. In the recommended profile it is a hint unless the file has installed it:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y wget && wget https://example.com/a && apt-get «purge» wget
 * RUN apt-get update && apt-get install -y curl
 * RUN apt-get «remove» curl
 * ```
 * > apt-get asks for confirmation, and the build stops without an answer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y wget && wget https://example.com/a && apt-get purge -y wget
 * RUN apt-get update && apt-get install -y curl
 * RUN apt-get remove -y curl
 * ```
 */
export default defineRule({
  id: 'apt-get-yes',
  summary: 'apt-get asks for confirmation, and a build has no one to answer',
  category: 'package',
  severity: 'warning',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3014',
    'trivy:DS-0021',
    'kics:apt_get_missing_flags_to_avoid_manual_input',
    'semgrep:missing-assume-yes-switch',
  ],
  explains: ['apt-prompt'],
  mentions: ['apt', 'aptitude'],

  *check({ model }) {
    for (const use of unanswered(model, ({ family }) => family === 'apt')) {
      if (repairsNothing(use)) continue;
      yield {
        ...missingAnswer(use),
        // A package that is not there is not removed, and nothing is asked.
        quiet: use.action === 'remove' && !removesOwn(model, use) ? 'hint' : undefined,
        ...(mayBringNothingElse(model, use) && { severity: 'hint' }),
        // Other tools only know this for apt-get.
        ...(use.manager.name !== 'apt-get' && { alsoKnownAs: [] }),
      };
    }
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'apt-get')) {
      const answered =
        isQuiet(seen) || hasFlag(seen, '-y', '--yes', '--assume-yes', '--qq') || hasWord(seen, '-q=2');
      if (hasWord(seen, 'install') && !answered)
        yield { at: verbOf(seen), message: 'apt-get asks for confirmation' };
    }
  },
});

/** hadolint takes exactly two `-q` for an answer, and two `--quiet`. */
function isQuiet({ args }: SeenCommand): boolean {
  const flags = args.map((word) => textOf(word).split('=', 1)[0] ?? '');
  const letters = flags.filter((flag) => /^-[^-]/.test(flag)).join('');
  return letters.split('q').length === 3 || flags.filter((flag) => flag === '--quiet').length === 2;
}

/**
 * `dpkg -i x.deb && apt-get -f install`: dpkg fails if it leaves something broken, and then the repair does not run.
 */
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
 * A single package that has no dependencies, or whose dependencies are unknown because it comes from a third-party
 * repository. apt only asks if it has to change more than the named packages.
 */
function mayBringNothingElse(model: Model, { command, manager, action, packages }: PackageCommand): boolean {
  if (action !== 'install' || packages.length !== 1) return false;
  const name = packageName(manager, packages[0]?.value ?? '');
  return installAlone.has(name) || (!needOthers.has(name) && hasForeignAptSources(model, command));
}

/** Whether a package that is removed, or one of those that nobody names, is one that the file has installed by then. */
function removesOwn(model: Model, { packages, command: { span } }: PackageCommand): boolean {
  const names = new Set(packages.map(({ text }) => text));
  return (
    packages.length === 0 ||
    model.installs.some(
      ({ command, packages: own }) =>
        command.span.start < span.start && own.some(({ text }) => names.has(text)),
    )
  );
}
