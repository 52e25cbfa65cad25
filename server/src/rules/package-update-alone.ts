import { defineRule, sharedOptions } from '../core/lint/rule';
import { mountedAway } from '../core/analysis/layers/layer-contents';
import { laterListNeeds, unusedUpdates } from '../core/analysis/packages/list-needs';
import type { LaterListNeeds } from '../core/analysis/packages/list-needs';
import { once } from '../core/text/memo';
import { givesOption, worksFromLists } from '../core/analysis/packages/package-commands';
import { mergeFix, removeFix } from './package-update-alone.parts';

/**
 * The cache keeps the layer with the package lists as long as the instruction stays the same. A later `RUN` then
 * installs from stale lists, and fails once the archive has moved on.
 *
 * ```dockerfile bad uncovers="apt-lists-cleanup"
 * FROM debian:12
 * RUN apt-get «update»
 * # what the service needs
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile fixed
 * FROM debian:12
 * # what the service needs
 * RUN apt-get update && apt-get install -y curl
 * ```
 * Every `RUN` that installs needs fresh lists:
 * ```dockerfile bad uncovers="apt-lists-cleanup"
 * FROM debian:12
 * RUN apt-get «update»
 * RUN apt-get -y upgrade
 * RUN apt-get install -y curl && \
 *     apt-get install -y git
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get -y upgrade
 * RUN apt-get update && \
 *     apt-get install -y curl && \
 *     apt-get install -y git
 * ```
 * If no later step uses the lists, they only add a layer:
 * ```dockerfile bad severity="info"
 * FROM archlinux
 * RUN pacman «-Syy»
 * RUN pacman -Sy --noconfirm git && rm -rf /var/cache/pacman/pkg/*
 * ```
 * > No step uses the package lists that pacman fetches here
 * ```dockerfile fixed
 * FROM archlinux
 * RUN pacman -Sy --noconfirm git && rm -rf /var/cache/pacman/pkg/*
 * ```
 * ```dockerfile bad severity="info"
 * FROM alpine:3.20
 * RUN touch /a && apk «update»
 * RUN apk add --no-cache curl
 * COPY app /app
 * ```
 * > No step uses the package lists that apk fetches here
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN touch /a
 * RUN apk add --no-cache curl
 * COPY app /app
 * ```
 * There is no fix if an unknown step before the installation may need the lists, or if another user installs:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * RUN ./install.sh && apt-get install -y curl
 * RUN apt-get «update»
 * USER app
 * RUN sudo apt-get install -y git
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * A script may install packages, and a cache mount shares its lists with the steps that use it:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * RUN apt-get update && ./install.sh
 * RUN apt-get update && npx playwright install-deps
 * RUN apt-get update && apt-get satisfy -y 'curl (>= 8)'
 * RUN apt-get update && apt-get -y upgrade
 * RUN apt-get update
 * RUN ./install.sh
 * FROM alpine:3.20
 * RUN apk add --update curl
 * FROM fedora:41
 * RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y my-repositories && dnf makecache
 * ```
 * A cache mount also keeps the lists of other package managers, and a question about one package fetches nothing to keep:
 * ```dockerfile good
 * FROM fedora:41
 * RUN dnf check-update kernel
 * RUN --mount=type=cache,target=/var/cache/libdnf5 dnf makecache
 * ```
 * Package managers other than apt fetch new lists when theirs are stale, so the first ones only take up space:
 * ```dockerfile bad severity="info"
 * FROM fedora:41
 * RUN dnf «makecache»
 * RUN dnf install -y curl
 * ```
 * > dnf leaves its package lists in the layer, and the next RUN fetches new ones once they are stale
 * ```dockerfile fixed
 * FROM fedora:41
 * RUN dnf install -y curl
 * ```
 * `check-update` ends with 100 if there are updates, so the build stops. The fix takes it away with what handles that:
 * ```dockerfile bad severity="info"
 * FROM fedora:41
 * # 100 means updates
 * RUN dnf «check-update» -q || [ $? -eq 100 ]
 *
 * RUN dnf install -y curl
 * ```
 * > dnf leaves its package lists in the layer, and the next RUN fetches new ones once they are stale
 * ```dockerfile fixed
 * FROM fedora:41
 *
 * RUN dnf install -y curl
 * ```
 * ```dockerfile bad severity="info"
 * FROM almalinux:9
 * RUN yum «check-update» || exit 0; touch /a
 * RUN yum install -y curl
 * ```
 * > yum leaves its package lists in the layer, and the next RUN fetches new ones once they are stale
 * ```dockerfile fixed
 * FROM almalinux:9
 * RUN touch /a
 * RUN yum install -y curl
 * ```
 * ```dockerfile bad severity="info"
 * FROM alpine:3.20
 * COPY app /app
 * RUN apk «update» > /dev/null; echo done
 * ```
 * > No step uses the package lists that apk fetches here
 * ```dockerfile fixed
 * FROM alpine:3.20
 * COPY app /app
 * ```
 * One finding is enough for several updates in a row:
 * ```dockerfile bad uncovers="apt-lists-cleanup"
 * FROM debian:12
 * RUN apt-get update; apt-get «update»
 * RUN apt-get install -y curl
 * FROM debian:12
 * RUN apt-get update && apt-get «update»
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update; apt-get update
 * RUN apt-get install -y curl
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * ```
 * ```dockerfile bad severity="info"
 * FROM alpine:3.20
 * RUN touch /a && apk update && apk «update»
 * COPY app /app
 * ```
 * > No step uses the package lists that apk fetches here
 * There is no fix if the step does more than to fetch the lists, or if its failure decides what comes next:
 * ```dockerfile bad severity="info"
 * FROM fedora:41
 * RUN dnf «check-update» > /updates.txt || exit 0
 * ```
 * > No step uses the package lists that dnf fetches here
 * ```dockerfile bad severity="info"
 * FROM fedora:41
 * RUN dnf «check-update» || echo stale > /state
 * ```
 * > No step uses the package lists that dnf fetches here
 * ```dockerfile bad severity="info"
 * FROM fedora:41
 * RUN touch /a; dnf «check-update»; true
 * ```
 * > No step uses the package lists that dnf fetches here
 * ```dockerfile bad severity="info"
 * FROM opensuse/leap:15.6
 * RUN zypper --gpg-auto-import-keys «refresh»
 * RUN zypper install -y curl
 * ```
 * > zypper leaves its package lists in the layer, and the next RUN fetches new ones once they are stale
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» || true
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile bad
 * FROM debian:12
 * RUN [ -e /fresh ] && apt-get «update»
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile bad
 * FROM debian:12
 * RUN sudo sh -c "apt-get «update»"
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile good
 * FROM fedora:41 AS tools
 * RUN dnf makecache
 * RUN dnf install -y gcc
 * FROM fedora:41
 * COPY --from=tools /usr/bin/gcc /usr/bin/gcc
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/lib/apt apt-get update
 * RUN apt-get «update» \
 *     -q
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * There is no fix if another user may not fetch lists, or if another stage may need them:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * USER app
 * RUN sudo apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile bad
 * FROM debian:12 AS base
 * RUN apt-get «update»
 * FROM base
 * RUN apt-get install -y curl
 * FROM base
 * RUN ./setup.sh
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * The remark of a step goes with the step:
 * ```dockerfile bad uncovers="apt-lists-cleanup"
 * FROM debian:12
 * RUN apt-get «update» # first
 * RUN apt-get install -y curl
 * ```
 * > The cache keeps the lists of this apt-get update, so a later RUN installs from stale ones
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * ```
 * The profile `strict` also reports as a hint where a later command may use the lists:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN apt-get «update»
 * RUN ./install.sh
 * ```
 * > This RUN fetches package lists with apt-get and installs nothing from them
 * A function of the script itself uses no lists but those that its commands use:
 * ```dockerfile bad severity="info"
 * FROM debian:12
 * RUN setup() { apt-get «update»; }; setup
 * ```
 * > No step uses the package lists that apt-get fetches here
 *
 * @skip onbuild the steps that follow are those of the later build
 */
export default defineRule({
  id: 'package-update-alone',
  summary: 'Package lists are fetched in one layer and used in another',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5', 'kics:update_instruction_alone'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const update of model.packageCommands) {
      const { command, manager, action, verb, packages } = update;
      const { instruction } = command;
      if (action !== 'update' || manager.scope !== 'system' || instruction.keyword !== 'RUN') continue;
      if (command.script?.valid === false || packages.length > 0) continue;
      // One finding is enough for all updates at the end of a RUN.
      const updates = unusedUpdates(model, instruction, manager.family);
      if (updates.at(-1) !== update) continue;
      if (mountedAway(instruction).some((target) => mayHoldLists(target, manager.family))) continue;
      const { needs: all, unknown, unknownFirst } = laterListNeeds(model, instruction, manager.family);
      const needs = needsOfLists(all);
      // Others fetch stale lists again, so the first ones only take up space in the image.
      const growOld = manager.trustsOldLists;
      const isMinor = needs.length === 0 ? unknown : !growOld && !model.reachesImage(instruction);
      if (isMinor && profile !== 'strict') continue;
      const mayFail = needs.length > 0 && growOld;
      yield {
        at: verb.span,
        message: mayFail
          ? `The cache keeps the lists of this ${command.program} update, so a later RUN installs from stale ones`
          : needs.length > 0
            ? `${command.program} leaves its package lists in the layer, and the next RUN fetches new ones once they are stale`
            : isMinor
              ? `This RUN fetches package lists with ${command.program} and installs nothing from them`
              : `No step uses the package lists that ${command.program} fetches here`,
        // This costs time and space, but breaks no build.
        severity: mayFail ? undefined : isMinor ? 'hint' : 'info',
        fix: isMinor
          ? undefined
          : needs.length > 0 && growOld
            ? mergeFix(model, update, updates, { needs, unknown, unknownFirst })
            : removeFix(model, update, updates),
      };
    }
  },
});

/** Without a cache, apk fetches its own index. */
const needsOfLists = once((needs: LaterListNeeds['needs']) =>
  needs.filter((uses) =>
    uses.some((use) => worksFromLists(use) && !givesOption(use, ...use.manager.noCache)),
  ),
);

/** apt has its lists in one folder apart from its packages, others have theirs in several. */
function mayHoldLists(target: string, family: string): boolean {
  return family === 'apt'
    ? '/var/lib/apt/lists/'.startsWith(target.replace(/\/?$/, '/'))
    : /^\/(?:$|var\/(?:cache|lib))/.test(target);
}
