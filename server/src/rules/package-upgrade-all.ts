import { defineRule } from '../core/lint/rule';
import { upgradesOfAll, withoutUpgrade } from '../core/families/upgrades';

/**
 * An upgrade of all packages makes the image depend on the day of the build, and stores every upgraded file a second
 * time. A newer base image brings the same updates. The rule is off by default, because an upgrade is also the quickest
 * way to get security updates before the base image has them.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get «upgrade» -y && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * RUN make && apt-get update && apt-get «upgrade» -y && rm -rf /var/lib/apt/lists/* && make install
 * # security updates
 * RUN apt-get update \
 *  && apt-get «upgrade» -y \
 *  && apt-get autoremove -y && rm -rf /var/lib/apt/lists/*
 * CMD ["bash"]
 * ```
 * > apt-get upgrade makes the image depend on the day of the build
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * RUN make && rm -rf /var/lib/apt/lists/* && make install
 * CMD ["bash"]
 * ```
 * There is no fix where the upgrade is not a step of its own:
 * ```dockerfile bad
 * FROM alpine:3.22
 * RUN apk -U --no-cache «upgrade» || make
 * FROM fedora:42
 * RUN make; dnf makecache && dnf «upgrade» -y
 * ```
 * > apk upgrade makes the image depend on the day of the build
 * > dnf upgrade makes the image depend on the day of the build
 * Upgrades of single packages are fine, and Arch Linux supports no other way to install:
 * ```dockerfile good
 * FROM fedora:42
 * RUN dnf upgrade -y openssl && dnf update $OPTIONS && pip install --upgrade pip
 * FROM archlinux
 * RUN pacman -Syu --noconfirm
 * ```
 * A program of Debian that does the same without being asked:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y unattended-upgrades && «unattended-upgrade» -v
 * CMD ["unattended-upgrade"]
 * ```
 * > unattended-upgrade makes the image depend on the day of the build
 */
export default defineRule({
  id: 'package-upgrade-all',
  summary: 'A step upgrades all packages of the base image',
  category: 'package',
  severity: 'info',
  enabled: false,
  profiles: ['strict', 'reproducible'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'kics:run_using_upgrade_commands',
    'semgrep:avoid-apt-get-upgrade',
    'semgrep:avoid-apk-upgrade',
    'semgrep:avoid-dnf-update',
    'semgrep:avoid-yum-update',
    'semgrep:avoid-zypper-update',
    'kics:run_using_dnf_update',
    'kics:use_of_apk_upgrade',
    'kics:yum_update_enabled',
    'kics:run_using_zypper_update',
  ],

  *check({ model }) {
    for (const use of upgradesOfAll(model, 'upgrade')) {
      const { command, manager, phrase, verb } = use;
      if (manager.family === 'pacman') continue;
      yield {
        at: verb.span,
        message: `${command.program} ${phrase} makes the image depend on the day of the build`,
        fix: withoutUpgrade(model, use),
      };
    }
    for (const { instruction, name } of model.commandsNamed('unattended-upgrade', 'unattended-upgrades'))
      if (instruction.keyword === 'RUN')
        yield {
          at: name.span,
          message: `${name.text} makes the image depend on the day of the build`,
          alsoKnownAs: [],
        };
  },
});
