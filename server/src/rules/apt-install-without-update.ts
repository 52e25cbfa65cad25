import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { deletes, deletionsOf, empties, mountedAway } from '../core/analysis/layers/layer-contents';
import {
  bringsNothing,
  givesOption,
  packageCommandOf,
  sudoLike,
} from '../core/analysis/packages/package-commands';
import { inBuildBases, inSmallBases } from '../core/knowledge/packages/base-packages';
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
 * RUN apt-get «install» -y jq
 * ```
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
 * ```
 * Nor do the lists come back once a step has removed them:
 * ```dockerfile bad
 * FROM ubuntu:24.04 AS build
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN cd /srv && apt «build-dep» -y jq
 * FROM build
 * RUN set -e; curl -fsS https://example.com > page; \
 *     rm -rf /var/lib/apt/lists/*; apt-get «install» -y nginx ./tool.deb; rm -rf /var/lib/apt
 * ```
 * > No step has fetched the package lists, so apt finds no package and the build stops
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile fixed
 * FROM ubuntu:24.04 AS build
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN cd /srv && apt-get update && apt build-dep -y jq && rm -rf /var/lib/apt/lists/*
 * FROM build
 * RUN set -e; curl -fsS https://example.com > page; \
 *     rm -rf /var/lib/apt/lists/*; apt-get update; \
 *     apt-get install -y nginx ./tool.deb; rm -rf /var/lib/apt
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN ["apt-get", "«install»", "-y", "curl"]
 * ```
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «build-dep» -y nginx
 * RUN apt-get «satisfy» -y "nginx (>= 1.0)"
 * ```
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get build-dep -y nginx && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get satisfy -y "nginx (>= 1.0)" && rm -rf /var/lib/apt/lists/*
 * ```
 * ```dockerfile bad uncovers="nondeterministic-command"
 * FROM debian:12 AS base
 * ONBUILD COPY . /srv
 * ONBUILD RUN apt-get «install» -y nginx
 * ONBUILD RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
 * FROM base
 * RUN apt-get «install» -y xz-utils
 * ```
 * > No step has fetched the package lists, so apt-get finds no package and the build stops
 * ```dockerfile fixed
 * FROM debian:12 AS base
 * ONBUILD COPY . /srv
 * ONBUILD RUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*
 * ONBUILD RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
 * FROM base
 * RUN apt-get update && apt-get install -y xz-utils && rm -rf /var/lib/apt/lists/*
 * ```
 * Other images may have lists or the packages, a mount may hold the lists, and a script may fetch them:
 * ```dockerfile good
 * FROM example.com/base:1
 * RUN apt-get install -y nginx
 * FROM debian:12
 * RUN --mount=type=cache,target=/var/lib/apt apt-get install -y nginx
 * RUN apt-get install -y ./tool.deb procps $MORE && apt-get install -U -y jq && apt-get install -y jq || true
 * RUN curl -fsSL https://example.com/setup.sh | bash && apt-get install -y nodejs
 * FROM python:3.13
 * RUN apt-get install -y libssl-dev git
 * FROM debian:12
 * COPY rootfs/ /
 * RUN apt-get install -y nginx
 * FROM debian:12
 * RUN ./setup && apt-get install -y nginx
 * FROM debian:12
 * RUN apt-get update && ./setup && apt-get install -y nginx && if [ -f /x ]; then rm -rf /var/lib/apt/lists/*; fi
 * RUN apt-get install -y jq && rm -rf /var/lib/apt/lists/*
 * RUN apt-get install -y jq
 * ```
 * ```dockerfile good
 * FROM alpine:3.22
 * RUN apk add --no-cache nginx
 * ```
 * With the lists of an earlier `RUN`, a step also works, until the cache has the lists for so long that the archive
 * lacks their packages. `profile: strict` asks for an update of its own:
 * ```dockerfile bad options="profile: strict" uncovers="nondeterministic-command" severity="info"
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * RUN apt-get «install» -y ninja-build && ninja
 * FROM debian:12
 * COPY --from=build /srv /srv
 * ```
 * > apt-get works from the package lists of an earlier RUN, which go stale in the cache
 * ```dockerfile fixed
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * RUN apt-get update && apt-get install -y ninja-build && ninja
 * FROM debian:12
 * COPY --from=build /srv /srv
 * ```
 * The profile `strict` reports as a hint what relies on the base image, or on a step of which nothing is known:
 * ```dockerfile bad options="profile: strict" uncovers="nondeterministic-command" severity="hint"
 * FROM acme/base:1
 * RUN apt-get «install» -y git
 * ```
 * > apt-get installs from lists that this RUN has not fetched
 * ```dockerfile fixed
 * FROM acme/base:1
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get purge -y git
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN ls /etc/apt
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
  explains: ['package-lists-stale', 'package-missing'],
  mentions: ['apt', 'aptitude'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    if (!model.packageCommands.some(({ manager }) => manager.family === 'apt')) return;
    const after = new Map<Stage, State>();
    const seen = new Set<string>();
    for (const stage of model.stages) {
      const start = (stage.parent && after.get(stage.parent)) ?? atStart(stage);
      const { isSmall } = start;
      let { lists } = start;
      let left: Lists | undefined;
      const triggers = stage.instructions.flatMap(({ trigger }) => trigger ?? []);
      // A later build runs the triggers on what the stage leaves.
      for (const instruction of [...stage.instructions, ...triggers]) {
        if (instruction.onbuild) left ??= lists;
        if (model.copyOf(instruction) && !instruction.trigger) lists = afterCopy(model, instruction, lists);
        if (instruction.keyword !== 'RUN' || hasOwnLists(instruction)) continue;
        for (const command of model.commandsOf(instruction)) {
          const use = packageCommandOf(model, command);
          const isLacking = lists === 'none' || (profile === 'strict' && isOlder(lists, instruction));
          if (isLacking && use && needsLists(model, use, isSmall, seen))
            yield { ...finding(use, lists), fix: withUpdate(model, use) };
          else if (profile === 'strict' && use && isOpen(model, use, seen, instruction, lists))
            yield { ...unfetched(use), fix: withUpdate(model, use) };
          for (const { value } of use?.packages ?? []) if (value !== undefined) seen.add(value);
          lists = afterCommand(model, command, use, lists);
        }
      }
      after.set(stage, { lists: left ?? lists, isSmall });
    }
  },
});

/** What is in /var/lib/apt/lists: nothing, something unknown, or what this command has fetched. */
type Lists = 'none' | 'unknown' | PackageCommand;

const folder = '/var/lib/apt/lists';

interface State {
  readonly lists: Lists;
  /** Whether the base image has little more than the distribution needs. */
  readonly isSmall: boolean;
}

/** Docker's official images remove the lists. */
function atStart({ base: { name, packageManager }, image }: Stage): State {
  const isOfficial = name?.includes('/') === false;
  return {
    lists: isOfficial && packageManager === 'apt' ? 'none' : 'unknown',
    isSmall: name === 'debian' || name === 'ubuntu' || image?.tag?.text.includes('slim') === true,
  };
}

/** Whether an installation relies on lists, or on packages, that the base image or an unknown step may have brought. */
function isOpen(
  model: Model,
  use: PackageCommand,
  seen: ReadonlySet<string>,
  run: Instruction,
  lists: Lists,
): boolean {
  if (typeof lists === 'object' && lists.command.instruction === run) return false;
  return needsLists(model, use, true, seen, true);
}

function unfetched({ verb, command }: PackageCommand): Pick<Finding, 'at' | 'message' | 'severity'> {
  return {
    at: verb.span,
    message: `${command.program} installs from lists that this RUN has not fetched`,
    severity: 'hint',
  };
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

/** @param isSmall of the base image @param seen packages of earlier commands, which may be there already */
function needsLists(
  model: Model,
  use: PackageCommand,
  isSmall: boolean,
  seen: ReadonlySet<string>,
  isStrict = false,
): boolean {
  const { command, manager, action, packages, mayHoldOptions } = use;
  if (manager.family !== 'apt' || (action !== 'install' && action !== 'build-dependencies')) return false;
  // With the option it fetches them itself.
  if (mayHoldOptions || givesOption(use, '-U', '--update')) return false;
  const isThere = (name: string): boolean =>
    seen.has(name) ||
    (!isStrict && inSmallBases.has(name)) ||
    (!isSmall && (/^lib|-dev$/.test(name) || inBuildBases.has(name)));
  const needed = packages.some(
    ({ value }) => value !== undefined && !/^[./]|\.deb$/.test(value) && !isThere(value),
  );
  if (isStrict) return needed;
  return needed && !isConditional(command) && guardOf(model, command).kind === 'stops';
}

function afterCommand(model: Model, command: Command, use: PackageCommand | undefined, lists: Lists): Lists {
  if (use?.manager.family === 'apt' && use.action === 'update') return use;
  if (lists !== 'unknown' && deletionsOf(model, command).known.some((one) => deletes(one, folder)))
    return isConditional(command) ? 'unknown' : 'none';
  if (use ?? bringsNothing(command)) return lists;
  return lists === 'none' ? 'unknown' : lists;
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
