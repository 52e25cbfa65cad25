import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Model } from '../core/lint/rule';
import { relatedTo } from '../core/analysis/layers/vain-deletions';
import { cachesLeft, laterRemoval, vainDeletionAfter } from '../core/analysis/packages/caches-left';
import type { PackageCommand } from '../core/model/installs';
import { andDrop } from '../core/fixes/drop-run';
import { addArguments } from '../core/shell/edits';
import { removeCommand, removeWords } from '../core/shell/removal';
import { hasFlag, hasWord, mountsOver, seenNamed, verbOf } from '../core/families/hadolint-commands';

/**
 * apk leaves its package index in the layer. `--no-cache` keeps the index out and makes `apk update` unnecessary.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk «add» curl && \
 *     # for the build
 *     apk «add» --virtual .deps gcc
 * ```
 * > apk leaves its package index in the layer
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl && \
 *     # for the build
 *     apk add --no-cache --virtual .deps gcc
 * ```
 * Once every `apk add` has the option, nothing needs a fresh index:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk update && \
 *     apk «add» -U curl
 * RUN apk «update» && apk add --no-cache git
 * ```
 * > apk leaves its package index in the layer
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * RUN apk add --no-cache git
 * ```
 * `apk update` stays where another command queries the index:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk «update» && apk search -x curl && apk add --no-cache curl
 * ```
 * > apk leaves its package index in the layer
 * The rule accepts a cache mount, a removal in the same `RUN`, commands that download nothing, and stages that do not
 * reach the image:
 * ```dockerfile good
 * FROM alpine:3.20 AS build
 * RUN apk add gcc
 * FROM alpine:3.20
 * RUN apk add --no-cache curl && apk add --no-network --virtual .rundeps $(cat /deps)
 * RUN --mount=type=cache,target=/var/cache/apk apk add git
 * RUN apk add --update wget && rm -rf /var/cache/apk/*
 * RUN apk add $OPTIONS wget
 * COPY --from=build /bin/true /bin/true
 * ```
 * ash does not expand braces, so nothing is removed here:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk «add» curl && rm -rf /var/cache/{apk,misc}/*
 * ```
 * > apk leaves its package index in the layer
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl && rm -rf /var/cache/{apk,misc}/*
 * ```
 * A query without an update uses its own index:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk search -q curl; apk «add» curl
 * ```
 * > apk leaves its package index in the layer
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk search -q curl; apk add --no-cache curl
 * ```
 * With `packageCache: mount` the rule stays silent:
 * ```dockerfile good options="packageCache: mount"
 * FROM alpine:3.20
 * RUN apk add curl
 * ```
 * There is no fix in a string with escapes:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN sh -c "apk «add» \"curl\""
 * ```
 * > apk leaves its package index in the layer
 */
export default defineRule({
  id: 'apk-no-cache',
  summary: 'apk leaves its package index in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  once: 'in each step',
  alsoKnownAs: [
    'hadolint:DL3019',
    'trivy:DS-0025',
    'kics:apk_add_using_local_cache_path',
    'semgrep:missing-apk-no-cache',
  ],
  mentions: ['apk'],
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    const left = cachesLeft(model).filter(({ use }) => use.manager.name === 'apk');
    const leaving = new Map(left.map((one) => [one.use, one]));
    for (const uses of new Set(left.map((one) => one.uses))) {
      const own = uses.filter(({ manager }) => manager.name === 'apk');
      // package-update-alone reports an update that no command uses. An update before a command that leaves the index
      // is part of that command's finding.
      const onlyUpdates = own.every((use) => use.action === 'update' || !leaving.has(use));
      const used = own.some(({ action }) => action !== 'update');
      let updates: PackageCommand[] = [];
      const asked = own[0] && asksIndex(model, own[0]);
      for (const use of own) {
        const { command, action, verb } = use;
        if (action === 'update') updates.push(use);
        const cache = leaving.get(use);
        if (cache && (action !== 'update' || (onlyUpdates && used))) {
          const edits =
            action !== 'update'
              ? withoutCache(model, use, asked ? [] : updates)
              : asked
                ? undefined
                : removeCommand(model, command);
          yield {
            at: verb.span,
            message: 'apk leaves its package index in the layer',
            related: relatedTo(vainDeletionAfter(model, cache)),
            ...(action !== 'install' && { alsoKnownAs: [] }),
            fix: andDrop(
              model,
              edits && { title: action === 'update' ? 'Remove apk update' : 'Add --no-cache', edits },
              laterRemoval(model, cache),
            ),
          };
        }
        if (action !== 'update') updates = [];
      }
    }
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'apk')) {
      if (!hasWord(seen, 'add') || hasFlag(seen, '--no-cache')) continue;
      if (!mountsOver(seen.command.instruction, '/var/cache/apk'))
        yield { at: verbOf(seen, 'add'), message: 'apk leaves its package index in the layer' };
    }
  },
});

/** Whether the RUN of a command queries the index, which `--no-cache` does not keep. */
function asksIndex(model: Model, { command }: PackageCommand): boolean {
  return model
    .commandsOf(command.instruction)
    .some(
      ({ program, args }) =>
        program === 'apk' &&
        args.some(({ value }) => /^(?:search|policy|list|query|fetch|dot)$/.test(value ?? '')),
    );
}

/** Adds the option, and removes what asked for a fresh index before. */
function withoutCache(
  model: Model,
  { command, verb, given }: PackageCommand,
  updates: readonly PackageCommand[],
): readonly Edit[] | undefined {
  const option = addArguments(command, verb, '--no-cache');
  if (!option) return undefined;
  const fresh = given.filter(
    ({ name, word }) => /^(?:-U|--update(?:-cache)?)$/.test(name) && word.text === name,
  );
  const words = fresh.flatMap(({ word }) => removeWords(model, command, word) ?? []);
  const removals = updates
    .filter((update) => update.command.script === command.script)
    .flatMap((update) => removeCommand(model, update.command) ?? []);
  return [...removals, option, ...words].sort((a, b) => a.start - b.start || a.end - b.end);
}
