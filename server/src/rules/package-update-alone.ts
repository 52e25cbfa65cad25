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
 * The layer that fetches the package lists is kept in the cache while the instruction stays the same. An
 * installation in a later `RUN` then works from old lists, and fails once the archive has moved on.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * # what the service needs
 * RUN apt-get install -y curl
 * ```
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 * ```dockerfile fixed
 * FROM debian:12
 * # what the service needs
 * RUN apt-get update && apt-get install -y curl
 * ```
 * Every `RUN` needs fresh ones:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * RUN apt-get -y upgrade
 * RUN apt-get install -y curl && \
 *     apt-get install -y git
 * ```
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get -y upgrade
 * RUN apt-get update && \
 *     apt-get install -y curl && \
 *     apt-get install -y git
 * ```
 * Where nothing behind it works from the lists, it only adds a layer:
 * ```dockerfile bad severity="info"
 * FROM alpine:3.20
 * RUN echo one && apk «update»
 * RUN apk add --no-cache curl
 * COPY app /app
 * ```
 * > No step uses the lists that apk fetches here
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN echo one
 * RUN apk add --no-cache curl
 * COPY app /app
 * ```
 * What runs before may need them too, and another user may not fetch them. Then only people can tell where the update belongs:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * RUN ./install.sh && apt-get install -y curl
 * RUN apt-get «update»
 * USER app
 * RUN sudo apt-get install -y git
 * ```
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 * A script may well be what installs, and lists in a cache mount are shared with the steps that use them:
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
 * A cache mount keeps the lists of others than apt as well:
 * ```dockerfile good
 * FROM fedora:41
 * RUN --mount=type=cache,target=/var/cache/libdnf5 dnf makecache
 * ```
 * Others than apt fetch new lists when theirs are old, so that the first ones only take room:
 * ```dockerfile bad severity="info"
 * FROM fedora:41
 * RUN dnf «makecache»
 * RUN dnf install -y curl
 * ```
 * > The lists that dnf fetches here stay in the layer, and the next RUN fetches its own once they are old
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
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 * Another user may not be allowed to fetch lists, and another stage may need them as well:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * USER app
 * RUN sudo apt-get install -y curl
 * ```
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 * ```dockerfile bad
 * FROM debian:12 AS base
 * RUN apt-get «update»
 * FROM base
 * RUN apt-get install -y curl
 * FROM base
 * RUN ./setup.sh
 * ```
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 * A comment behind the update is for the author to move:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» # first
 * RUN apt-get install -y curl
 * ```
 * > The lists that apt-get fetches here grow old in the cache before the next RUN installs
 *
 * @skip onbuild the steps that follow are those of the later build
 */
export default defineRule({
  id: 'package-update-alone',
  summary: 'Package lists are fetched in another layer than they are used in',
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
      // Without a cache apk looks at no lists but its own.
      const needs = all.filter((uses) =>
        uses.some((use) => worksFromLists(use) && !givesOption(use, ...use.manager.noCache)),
      );
      // Others fetch them anew when they are old: then they only take room in the image.
      const growOld = manager.trustsOldLists;
      if (needs.length === 0 ? unknown : !growOld && !model.reachesImage(instruction)) continue;
      const mayFail = needs.length > 0 && growOld;
      yield {
        at: verb.span,
        message: mayFail
          ? `The lists that ${command.program} fetches here grow old in the cache before the next RUN installs`
          : needs.length > 0
            ? `The lists that ${command.program} fetches here stay in the layer, and the next RUN fetches its own once they are old`
            : `No step uses the lists that ${command.program} fetches here`,
        // Then time and room are lost, but no build.
        severity: mayFail ? undefined : 'info',
        fix:
          needs.length > 0
            ? mergeFix(model, update, { needs: growOld ? needs : needs.slice(0, 1), unknown, unknownFirst })
            : removeFix(model, update),
      };
    }
  },
});

/** Those of apt are in one folder, and not in that of the packages; those of others in several. */
function mayHoldLists(target: string, family: string): boolean {
  return family === 'apt'
    ? '/var/lib/apt/lists/'.startsWith(target.replace(/\/?$/, '/'))
    : /^\/(?:$|var\/(?:cache|lib))/.test(target);
}

/** Each RUN fetches what it needs: with the lists of another, it would still work from old ones. */
function mergeFix(
  model: Model,
  update: PackageCommand,
  { needs, unknown, unknownFirst }: LaterListNeeds,
): Fix | undefined {
  const stage = model.stageOf(update.command.instruction);
  const isOwn = needs[0] && model.stageOf(needs[0][0].command.instruction) === stage;
  // What runs before, or in another stage from here, may need the lists as well.
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
      title: `Fetch the lists in ${needs.length > 1 ? 'each' : 'the'} RUN that installs`,
      edits: [...removal, ...insertions].sort((a, b) => a.start - b.start || a.end - b.end),
    }
  );
}

function userAt(model: Model, { command }: PackageCommand): Instruction | undefined {
  return model.environmentAt(command.instruction).user?.instruction;
}

function removeFix(model: Model, update: PackageCommand): Fix | undefined {
  const edits = removalOf(model, update);
  return edits && { title: 'Remove it', edits };
}

/** Takes the command out, or the whole RUN when it is all there is. */
function removalOf(model: Model, { command }: PackageCommand): readonly Edit[] | undefined {
  const { instruction } = command;
  // An option of the shell is of no use without a command behind it.
  const others = model.commandsOf(instruction).filter((one) => one !== command && one.program !== 'set');
  if (others.length > 0) return removeCommand(model, command);
  const hasComment =
    instruction.comments.length > 0 || /(?:^|\s)#/.test(model.document.slice(instruction.argumentsSpan));
  // What is below the first line of a fragment may read as a directive when that is gone.
  return instruction.index === 0 || hasComment || instruction.heredocs.length > 0
    ? undefined
    : [model.document.removeLines(instruction.span)];
}
