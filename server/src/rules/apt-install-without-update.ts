import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { deletes, deletionsOf, empties, mountedAway } from '../core/analysis/layers/layer-contents';
import { packageCommandOf, sudoLike } from '../core/analysis/packages/package-commands';
import { aptSourceAdders, installsNothing, keepsFiles } from '../core/knowledge/programs/build-steps';
import { createsNoUsers } from '../core/knowledge/programs/user-programs';
import type { PackageCommand } from '../core/model/installs';
import { appendToOutermostChain, prependToCommand } from '../core/shell/edits';
import type { Command } from '../core/shell/types';
import { isBelow } from '../core/text/paths';

/**
 * Debian and Ubuntu images have no package lists. Without `apt-get update` before it, `apt-get install` finds no package.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «install» -y curl
 * RUN apt-get «install» -y git
 * ```
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * Nor do the lists come back once a step has removed them, whatever the base image has:
 * ```dockerfile bad
 * FROM example.com/base:1 AS build
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN cd /srv && apt «build-dep» -y git
 * FROM build
 * RUN set -e; curl -fsS https://example.com > page; \
 *     rm -rf /var/lib/apt/lists/*; apt-get «install» -y git ./tool.deb; rm -rf /var/lib/apt
 * ```
 * > No step has fetched the package lists, so apt finds no package and the build stops
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile fixed
 * FROM example.com/base:1 AS build
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN cd /srv && apt-get update && apt build-dep -y git && rm -rf /var/lib/apt/lists/*
 * FROM build
 * RUN set -e; curl -fsS https://example.com > page; \
 *     rm -rf /var/lib/apt/lists/*; apt-get update; \
 *     apt-get install -y git ./tool.deb; rm -rf /var/lib/apt
 * ```
 * Other images may have lists, a mount may hold them, and a script may fetch them:
 * ```dockerfile good
 * FROM example.com/base:1
 * RUN apt-get install -y curl
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl
 * RUN apt-get install -y ./tool.deb $MORE && apt-get install -y git || true
 * RUN curl -fsSL https://example.com/setup.sh | bash && apt-get install -y nodejs
 * FROM debian:12
 * COPY rootfs/ /
 * RUN apt-get install -y curl
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * RUN apt-get install -y git
 * ```
 * With the lists of an earlier `RUN`, a step also works, until the cache has the lists for so long that the archive
 * lacks their packages. `profile: strict` asks for an update of its own:
 * ```dockerfile bad options="profile: strict" severity="info"
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * RUN apt-get «install» -y make && make
 * FROM debian:12
 * COPY --from=build /srv /srv
 * ```
 * > apt-get works from the package lists of an earlier RUN, which go stale in the cache
 * ```dockerfile fixed
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * RUN apt-get update && apt-get install -y make && make
 * FROM debian:12
 * COPY --from=build /srv /srv
 * ```
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'apt-install-without-update',
  summary: 'apt-get install runs without package lists, or with old ones',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    if (!model.installs.some(({ manager }) => manager.family === 'apt')) return;
    const after = new Map<Stage, Lists>();
    for (const stage of model.stages) {
      let lists = stage.parent ? (after.get(stage.parent) ?? 'unknown') : atStart(stage);
      for (const instruction of stage.instructions) {
        if (model.copyOf(instruction) && !instruction.trigger) lists = afterCopy(model, instruction, lists);
        if (instruction.keyword !== 'RUN' || hasOwnLists(instruction)) continue;
        for (const command of model.commandsOf(instruction)) {
          const use = packageCommandOf(model, command);
          const isLacking = lists === 'none' || (profile === 'strict' && isOlder(lists, instruction));
          if (isLacking && use && needsLists(model, use))
            yield { ...finding(use, lists), fix: withUpdate(model, use) };
          lists = afterCommand(model, command, use, lists);
        }
      }
      after.set(stage, lists);
    }
  },
});

/** What is in /var/lib/apt/lists: nothing, something unknown, or what this command has fetched. */
type Lists = 'none' | 'unknown' | PackageCommand;

const folder = '/var/lib/apt/lists';

/** Docker's official images remove the lists. */
function atStart({ base: { name, packageManager } }: Stage): Lists {
  return packageManager === 'apt' && name?.includes('/') === false ? 'none' : 'unknown';
}

function isOlder(lists: Lists, run: Instruction): boolean {
  return typeof lists === 'object' && lists.command.instruction !== run;
}

function hasOwnLists(run: Instruction): boolean {
  return mountedAway(run).some((target) => isBelow(folder, target));
}

function afterCopy(model: Model, instruction: Instruction, lists: Lists): Lists {
  const path = model.copyOf(instruction)?.destination.path;
  return path === undefined || isBelow(folder, path) || isBelow(path, '/var/lib/apt') ? 'unknown' : lists;
}

function needsLists(
  model: Model,
  { command, manager, action, packages, mayHoldOptions }: PackageCommand,
): boolean {
  return (
    manager.family === 'apt' &&
    (action === 'install' || action === 'build-dependencies') &&
    !mayHoldOptions &&
    packages.some(({ value }) => value !== undefined && !/^[./]|\.deb$/.test(value)) &&
    !isConditional(command) &&
    guardOf(model, command).kind === 'stops'
  );
}

function afterCommand(model: Model, command: Command, use: PackageCommand | undefined, lists: Lists): Lists {
  if (use?.manager.family === 'apt' && use.action === 'update') return use;
  if (deletionsOf(model, command).known.some((one) => deletes(one, folder)))
    return isConditional(command) ? 'unknown' : 'none';
  if (use ?? fetchesNothing(command)) return lists;
  return lists === 'none' ? 'unknown' : lists;
}

function fetchesNothing({ program, name }: Command): boolean {
  // `./install` is a script of the project, whatever programs have that name.
  if (name.value?.includes('/') === true && !/^\/(?:usr\/)?s?bin\//.test(name.value)) return false;
  return (
    installsNothing.has(program) ||
    keepsFiles.has(program) ||
    (createsNoUsers.has(program) && !aptSourceAdders.has(program))
  );
}

function finding(
  { command, verb }: PackageCommand,
  lists: Lists,
): Pick<Finding, 'at' | 'message' | 'severity' | 'related'> {
  if (typeof lists !== 'object')
    return {
      at: verb.span,
      message: `No step has fetched the package lists, so ${command.program} finds no package and the build stops`,
    };
  return {
    at: verb.span,
    message: `${command.program} works from the package lists of an earlier RUN, which go stale in the cache`,
    severity: 'info',
    related: [{ at: lists.verb.span, message: 'The lists are from this step' }],
  };
}

/** Fetches the lists first, and removes them again where they would stay in the image. */
function withUpdate(model: Model, use: PackageCommand): Fix | undefined {
  const { command } = use;
  const update = prependToCommand(model, command, `${sudoLike(use)}apt-get update`);
  if (!update) return undefined;
  const after = model.commandsOf(command.instruction).slice(command.index + 1);
  const stays = model.reachesImage(command.instruction) && !empties(model, after, folder);
  const removal: readonly (Edit | undefined)[] = stays
    ? [appendToOutermostChain(model, command, `${sudoLike(use)}rm -rf ${folder}/*`)]
    : [];
  const edits = [update, ...removal].flatMap((edit) => edit ?? []);
  return { title: 'Add apt-get update', edits };
}
