import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { empties } from '../core/analysis/layers/layer-contents';
import { cachesLeft } from '../core/analysis/packages/caches-left';
import type { CacheLeft } from '../core/analysis/packages/caches-left';
import { listUsers, usesLists } from '../core/analysis/packages/list-needs';
import type { PackageCommand } from '../core/model/installs';
import { appendToOutermostChain, prependToCommand } from '../core/shell/edits';

/**
 * `apt-get update` writes the package lists, tens of megabytes that only an installation needs. What a later
 * `RUN` deletes stays in the layer below, so they have to go in the same one.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» \
 *     && apt-get install -y --no-install-recommends \
 *         # for the health check
 *         curl
 * RUN apt-get «update» && apt-get install -y git; echo done
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update \
 *     && apt-get install -y --no-install-recommends \
 *         # for the health check
 *         curl \
 *     && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*; echo done
 * ```
 * A later step that installs without fetching them needs the lists. It gets its own:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» && apt-get install -y curl
 * RUN apt-get install -y git
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * Whoever is not root needs `sudo` for that as well:
 * ```dockerfile bad
 * FROM debian:12
 * USER app
 * RUN sudo apt-get «update» && sudo -E apt-get install -y curl
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * USER app
 * RUN sudo apt-get update && sudo -E apt-get install -y curl && sudo rm -rf /var/lib/apt/lists/*
 * ```
 * A cache mount keeps the lists out of the layer, and what a stage that is only copied from leaves behind
 * does not reach the image:
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/cache/apt /var/lib/apt/lists
 * RUN --mount=type=cache,target=/var/lib/apt/lists --mount=type=cache,target=/var/cache/apt \
 *     apt-get update && apt-get install -y git
 * RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update
 * RUN apt-get update && apt-get install -y wget && find /var/lib/apt/lists -type f -delete
 * RUN apt-get update && apt-get install -y less && apt-get dist-clean
 * COPY --from=build /bin/true /bin/true
 * ```
 * Where cache mounts are wanted, the lists are to stay in one:
 * ```dockerfile good options="packageCache: mount"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * ```
 */
export default defineRule({
  id: 'apt-lists-cleanup',
  summary: 'The package lists of apt stay in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3009'],
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    const seen = new Set<Instruction>();
    for (const left of cachesLeft(model)) {
      const { command, manager, verb } = left.use;
      if (manager.family !== 'apt' || seen.has(command.instruction)) continue;
      seen.add(command.instruction);
      yield {
        at: verb.span,
        message: `The package lists that ${command.program} update fetches stay in the layer`,
        fix: cleanupFix(model, left),
      };
    }
  },
});

/** Removes them behind the last use of apt; later steps that need some fetch their own. */
function cleanupFix(model: Model, { use: { command }, uses }: CacheLeft): Fix | undefined {
  const own = uses.filter((one) => one.manager.family === 'apt' && one.command.script === command.script);
  // An update that nothing uses here has to go to the step that does: see package-update-alone.
  if (!own.some((one) => usesLists(one) && one.command.index > command.index)) return undefined;
  const { needs, unknown } = listUsers(model, command.instruction, 'apt');
  const edits = needs.flatMap((need) => [
    prependToCommand(model, need[0].command, `${sudoOf(need[0])}${command.program} update`),
    ...(isRemoved(model, need) ? [] : [removalBehind(model, need)]),
  ]);
  const known = [removalBehind(model, own), ...edits].filter((edit) => edit !== undefined);
  if (known.length <= edits.length) return undefined;
  return {
    title: 'Remove the lists in this RUN',
    edits: known,
    ...((needs.length > 0 || unknown) && { safety: 'suggested' }),
  };
}

const lists = '/var/lib/apt/lists';

function removalBehind(model: Model, uses: readonly PackageCommand[]): Edit | undefined {
  const last = uses.at(-1);
  return last && appendToOutermostChain(model, last.command, `${sudoOf(last)}rm -rf ${lists}/*`);
}

function sudoOf({ command: { wrappers } }: PackageCommand): string {
  return wrappers.some(({ program }) => program === 'sudo') ? 'sudo ' : '';
}

function isRemoved(model: Model, [{ command }]: readonly [PackageCommand, ...PackageCommand[]]): boolean {
  return empties(model.commandsOf(command.instruction), lists);
}
