import { defineRule, sharedOptions } from '../core/lint/rule';
import { firstCachesLeft } from '../core/analysis/packages/caches-left';
import { cacheRemoval } from '../core/families/cache-removal';

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
 * > The package lists that apt-get update fetches stay in the layer
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
 * > The package lists that apt-get update fetches stay in the layer
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
 * > The package lists that apt-get update fetches stay in the layer
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
 * Where the later step removes them already, it gets the update alone:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» && apt-get install -y curl
 * RUN apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * > The package lists that apt-get update fetches stay in the layer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * An update that nothing uses has to go to the step that does, see package-update-alone:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * ```
 * > The package lists that apt-get update fetches stay in the layer
 * Other package managers have rules of their own, and whoever wants cache mounts is not asked for anything else:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add curl
 * ```
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
    for (const left of firstCachesLeft(model, ({ family }) => family === 'apt')) {
      const { command, verb } = left.use;
      yield {
        at: verb.span,
        message: `The package lists that ${command.program} update fetches stay in the layer`,
        fix: cacheRemoval(model, left, 'Remove the lists in this RUN'),
      };
    }
  },
});
