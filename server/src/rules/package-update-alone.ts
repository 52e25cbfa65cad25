import { defineRule } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { mountedAway } from '../core/analysis/layers/layer-contents';
import { isUsedInSameRun, laterListNeeds } from '../core/analysis/packages/list-needs';
import type { LaterListNeeds } from '../core/analysis/packages/list-needs';
import { givesOption, worksFromLists } from '../core/analysis/packages/package-commands';
import type { PackageCommand } from '../core/model/installs';
import { prependToCommand } from '../core/shell/edits';
import { removeCommand } from '../core/shell/removal';

/**
 * The cache keeps the layer with the package lists as long as the instruction stays the same. A later `RUN` then
 * installs from stale lists, and fails once the archive has moved on.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * # what the service needs
 * RUN apt-get install -y curl
 * ```
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
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
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get -y upgrade
 * RUN apt-get update && \
 *     apt-get install -y curl && \
 *     apt-get install -y git
 * ```
 * If no later step uses the lists, they only add a layer:
 * ```dockerfile bad severity="info"
 * FROM alpine:3.20
 * RUN echo one && apk «update»
 * RUN apk add --no-cache curl
 * COPY app /app
 * ```
 * > No step uses the package lists that apk fetches here
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN echo one
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
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
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
 * A cache mount also keeps the lists of other package managers:
 * ```dockerfile good
 * FROM fedora:41
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
 * RUN dnf makecache && dnf install -y curl
 * ```
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
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
 * There is no fix if another user may not fetch lists, or if another stage may need them:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * USER app
 * RUN sudo apt-get install -y curl
 * ```
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
 * ```dockerfile bad
 * FROM debian:12 AS base
 * RUN apt-get «update»
 * FROM base
 * RUN apt-get install -y curl
 * FROM base
 * RUN ./setup.sh
 * ```
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
 * There is no fix if a comment follows the update:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» # first
 * RUN apt-get install -y curl
 * ```
 * > The package lists that apt-get fetches here go stale in the cache before the next RUN installs
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
  alsoKnownAs: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5'],

  *check({ model }) {
    for (const update of model.packageCommands) {
      const { command, manager, action, verb, packages } = update;
      const { instruction } = command;
      if (action !== 'update' || manager.scope !== 'system' || instruction.keyword !== 'RUN') continue;
      if (command.script?.valid === false || packages.length > 0 || isUsedInSameRun(model, update)) continue;
      if (mountedAway(instruction).some((target) => mayHoldLists(target, manager.family))) continue;
      const { needs: all, unknown, unknownFirst } = laterListNeeds(model, instruction, manager.family);
      // Without a cache, apk fetches its own index.
      const needs = all.filter((uses) =>
        uses.some((use) => worksFromLists(use) && !givesOption(use, ...use.manager.noCache)),
      );
      // Others fetch stale lists again, so the first ones only take up space in the image.
      const growOld = manager.trustsOldLists;
      if (needs.length === 0 ? unknown : !growOld && !model.reachesImage(instruction)) continue;
      const mayFail = needs.length > 0 && growOld;
      yield {
        at: verb.span,
        message: mayFail
          ? `The package lists that ${command.program} fetches here go stale in the cache before the next RUN installs`
          : needs.length > 0
            ? `${command.program} leaves its package lists in the layer, and the next RUN fetches new ones once they are stale`
            : `No step uses the package lists that ${command.program} fetches here`,
        // This costs time and space, but breaks no build.
        severity: mayFail ? undefined : 'info',
        fix:
          needs.length > 0
            ? mergeFix(model, update, { needs: growOld ? needs : needs.slice(0, 1), unknown, unknownFirst })
            : removeFix(model, update),
      };
    }
  },
});

/** apt has its lists in one folder apart from its packages, others have theirs in several. */
function mayHoldLists(target: string, family: string): boolean {
  return family === 'apt'
    ? '/var/lib/apt/lists/'.startsWith(target.replace(/\/?$/, '/'))
    : /^\/(?:$|var\/(?:cache|lib))/.test(target);
}

/** Each RUN fetches what it needs: with the lists of another RUN, it would still work from stale ones. */
function mergeFix(
  model: Model,
  update: PackageCommand,
  { needs, unknown, unknownFirst }: LaterListNeeds,
): Fix | undefined {
  const stage = model.stageOf(update.command.instruction);
  const isOwn = needs[0] && model.stageOf(needs[0][0].command.instruction) === stage;
  // An earlier command, or another stage, may need the lists as well.
  if (isOwn ? unknownFirst : unknown) return undefined;
  const text = model.document.slice(update.command.fullSpan);
  if (/[\n\\]/.test(text)) return undefined;
  const user = userAt(model, update);
  const insertions: Edit[] = [];
  for (const [need] of needs) {
    const insertion = prependToCommand(model, need.command, text);
    // Another user would not be allowed to.
    if (!insertion || userAt(model, need) !== user) return undefined;
    insertions.push(insertion);
  }
  const removal = removalOf(model, update);
  return (
    removal && {
      title: `Fetch the package lists in ${needs.length > 1 ? 'each' : 'the'} RUN that installs`,
      edits: [...removal, ...insertions].sort((a, b) => a.start - b.start || a.end - b.end),
    }
  );
}

function userAt(model: Model, { command }: PackageCommand): Instruction | undefined {
  return model.environmentAt(command.instruction).user?.instruction;
}

function removeFix(model: Model, update: PackageCommand): Fix | undefined {
  const edits = removalOf(model, update);
  return edits && { title: `Remove ${update.command.program} ${update.phrase}`, edits };
}

/** Removes the command, or the whole RUN if it contains nothing else. */
function removalOf(model: Model, { command }: PackageCommand): readonly Edit[] | undefined {
  const { instruction } = command;
  // A shell option is useless without a command after it.
  const others = model.commandsOf(instruction).filter((one) => one !== command && one.program !== 'set');
  if (others.length > 0) return removeCommand(model, command);
  const hasComment =
    instruction.comments.length > 0 || /(?:^|\s)#/.test(model.document.slice(instruction.argumentsSpan));
  // If the first line of a fragment goes, the next one may read as a directive.
  return instruction.index === 0 || hasComment || instruction.heredocs.length > 0
    ? undefined
    : [model.document.removeLines(instruction.span)];
}
