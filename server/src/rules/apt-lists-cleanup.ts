import { appendToChain, defineRule, empties, isBelow, mountedAway } from '../core/lint/rule';

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
 * COPY --from=build /bin/true /bin/true
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

  *check({ model }) {
    const seen = new Set<unknown>();
    for (const { command, manager, action, verb } of model.packageCommands) {
      const { instruction, script } = command;
      if (
        manager.family !== 'apt' ||
        action !== 'update' ||
        instruction.keyword !== 'RUN' ||
        seen.has(instruction)
      )
        continue;
      const stage = model.stageOf(instruction);
      if (stage && !stage.reachesImage) continue;
      if (isBelow(lists, mountedAway(instruction))) continue;
      const all = model.commandsOf(instruction);
      const at = all.indexOf(command);
      if (
        empties(all.slice(at + 1), lists) ||
        mayClean(all.slice(at + 1).map(({ program, name }) => program || name.text))
      )
        continue;
      seen.add(instruction);
      // Behind the last use of apt, so that nothing below misses the lists.
      const last = model.packageCommands
        .filter((one) => one.manager.family === 'apt' && one.command.script === script)
        .at(-1);
      const edit = last && appendToChain(model, last.command, `rm -rf ${lists}/*`);
      yield {
        at: verb.span,
        message: `The package lists that ${command.program} update fetches stay in the layer`,
        ...(edit && { fix: { title: 'Remove the lists in this RUN', edits: [edit] } }),
      };
    }
  },
});

const lists = '/var/lib/apt/lists';

/** Scripts with such a name in them may well do it. */
function mayClean(programs: readonly string[]): boolean {
  return programs.some((program) => /clean|purge|slim/i.test(program) && !/^apt/.test(program));
}
