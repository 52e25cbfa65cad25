import { defineRule, sharedOptions } from '../core/lint/rule';
import { upgradesOfAll, withoutUpgrade } from '../core/families/upgrades';
import { hasWord, seenNamed, verbOf } from '../core/families/hadolint-commands';

/**
 * An upgrade of the distribution may replace, add and remove packages of the base image, so the image is not any more
 * what its tag says. Choose a newer base image.
 *
 * `apt-get dist-upgrade` stays within a release, so the recommended profile leaves it out.
 *
 * ```dockerfile bad
 * FROM opensuse/leap:15.6
 * RUN zypper -n «dup» && zypper -n install curl && zypper clean --all
 * FROM fedora:42
 * RUN dnf -y «distro-sync» && dnf clean all
 * ```
 * > zypper dup may replace and remove packages of the base image
 * > dnf distro-sync may replace and remove packages of the base image
 * ```dockerfile fixed
 * FROM opensuse/leap:15.6
 * RUN zypper -n install curl && zypper clean --all
 * FROM fedora:42
 * ```
 * Within one release of Debian or Ubuntu, this hardly differs from an upgrade, so only the profile `strict` asks for more
 * than a hint:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN apt-get update && apt-get «dist-upgrade» -y
 * ```
 * > apt-get dist-upgrade may replace and remove packages of the base image
 * ```dockerfile fixed
 * FROM debian:12
 * ```
 * ```dockerfile bad options="profile: strict" severity="info"
 * FROM debian:12
 * RUN apt-get update && apt-get «dist-upgrade» -y
 * ```
 * > apt-get dist-upgrade may replace and remove packages of the base image
 * ```dockerfile fixed
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN «do-release-upgrade» -f DistUpgradeViewNonInteractive
 * CMD do-release-upgrade
 * ```
 * > do-release-upgrade makes another release of the base image, whose tag then says something else
 * Rolling distributions have no other upgrade:
 * ```dockerfile good
 * FROM opensuse/tumbleweed
 * RUN zypper -n dup
 * ```
 * ```dockerfile bad options="profile: hadolint"
 * FROM opensuse/tumbleweed
 * RUN zypper -n «dup»
 * ```
 * > zypper dup may replace and remove packages of the base image
 * ```dockerfile fixed
 * FROM opensuse/tumbleweed
 * ```
 * ```dockerfile bad
 * FROM fedora:43
 * RUN dnf system-upgrade «download» -y --releasever=44
 * ```
 * > dnf system-upgrade download may replace and remove packages of the base image
 * ```dockerfile fixed
 * FROM fedora:43
 * ```
 * On Tumbleweed it is the way to upgrade, so only the profile `strict` tells:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM opensuse/tumbleweed
 * RUN zypper -n «dup»
 * ```
 * > zypper dup may replace and remove packages of the base image
 * ```dockerfile fixed
 * FROM opensuse/tumbleweed
 * ```
 */
export default defineRule({
  id: 'distribution-upgrade',
  summary: 'A step upgrades the distribution of the base image',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3035', 'trivy:DS-0024'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const use of upgradesOfAll(model, 'release-upgrade')) {
      const { command, manager, phrase, verb } = use;
      const name = model.stageOf(command.instruction)?.base.name;
      // There, it is the way to upgrade.
      const isRolling = name?.endsWith('opensuse/tumbleweed') === true;
      if (isRolling && profile !== 'hadolint' && profile !== 'strict') continue;
      const isApt = manager.family === 'apt';
      yield {
        at: verb.span,
        message: `${command.program} ${phrase} may replace and remove packages of the base image`,
        severity: isRolling ? 'hint' : isApt ? (profile === 'strict' ? 'info' : 'hint') : undefined,
        quiet: isApt,
        alsoKnownAs: manager.name === 'zypper' ? ['hadolint:DL3035'] : isApt ? ['trivy:DS-0024'] : [],
        fix: withoutUpgrade(model, use),
      };
    }
    for (const { instruction, name } of model.commandsNamed('do-release-upgrade'))
      if (instruction.keyword === 'RUN')
        yield {
          at: name.span,
          message:
            'do-release-upgrade makes another release of the base image, whose tag then says something else',
          alsoKnownAs: [],
        };
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'zypper')) {
      if (hasWord(seen, 'dist-upgrade', 'dup'))
        yield { at: verbOf(seen, 'dup'), message: 'zypper upgrades the distribution' };
    }
  },
});
