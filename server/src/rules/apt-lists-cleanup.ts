import { defineRule, sharedOptions } from '../core/lint/rule';
import { relatedTo } from '../core/analysis/layers/vain-deletions';
import { firstCachesLeft, vainDeletionAfter } from '../core/analysis/packages/caches-left';
import { downloadsLeft } from './apt-lists-cleanup.parts';
import { unusedUpdates } from '../core/analysis/packages/list-needs';
import { sudoLike } from '../core/analysis/packages/package-commands';
import { appendToOutermostChain } from '../core/shell/edits';
import { cacheRemoval } from '../core/families/cache-removal';
import { hasWord, mountsOver, seenIn, verbOf } from '../core/families/hadolint-commands';
import { stagesInImage } from '../core/families/hadolint-stages';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';

/**
 * `apt-get update` writes the package lists: tens of megabytes that only installations need. Deleting them in a later
 * `RUN` saves nothing, because they stay in the earlier layer. Delete them in the same `RUN`.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» \
 *     && apt-get install -y --no-install-recommends \
 *         # for the health check
 *         curl
 * RUN apt-get «update» && apt-get install -y git; echo done
 * ```
 * > apt-get update leaves its package lists in the layer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update \
 *     && apt-get install -y --no-install-recommends \
 *         # for the health check
 *         curl \
 *     && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*; echo done
 * ```
 * A later step that installs without an update of its own needs the lists, so the fix gives it one:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» && apt-get install -y curl
 * RUN apt-get install -y git
 * ```
 * > apt-get update leaves its package lists in the layer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * A user other than root also needs `sudo` for the removal:
 * ```dockerfile bad uncovers="run-sudo"
 * FROM debian:12
 * USER app
 * RUN sudo apt-get «update» && sudo -E apt-get install -y curl
 * ```
 * > apt-get update leaves its package lists in the layer
 * ```dockerfile fixed
 * FROM debian:12
 * USER app
 * RUN sudo apt-get update && sudo -E apt-get install -y curl && sudo rm -rf /var/lib/apt/lists/*
 * ```
 * A quoted `*` is not a pattern, and neither dash nor ash expands braces. Such an `rm` deletes nothing:
 * ```dockerfile bad
 * FROM ubuntu:24.04
 * RUN apt-get «update» && apt-get install -y curl && rm -rf "/var/lib/apt/lists/*"
 * RUN apt-get «update» && apt-get install -y git && rm -rf /var/{lib/apt/lists,cache/apt}/*
 * ```
 * > apt-get update leaves its package lists in the layer
 * ```dockerfile fixed
 * FROM ubuntu:24.04
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/{lib/apt/lists,cache/apt}/* && rm -rf /var/lib/apt/lists/*
 * ```
 * With bash the braces are fine, and so is a path relative to the folder of the command:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y jq && cd /var/lib && rm -rf apt/lists/*
 * SHELL ["/bin/bash", "-c"]
 * RUN apt-get update && apt-get install -y less && rm -rf /var/lib/apt/{lists,periodic}/*
 * ```
 * A later `RUN` that removes the lists saves nothing, and has nothing to remove then. It goes, and so does the remark
 * above it:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» && apt-get install -y jq
 * ENV HOME=/srv
 * # remove the lists
 * RUN rm -rf /var/lib/apt/lists/*
 * CMD ["jq"]
 * ```
 * > apt-get update leaves its package lists in the layer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
 * ENV HOME=/srv
 * CMD ["jq"]
 * ```
 * A cache mount keeps the lists out of the layer. A stage that is only copied from does not reach the image:
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
 * If the later step already removes the lists, it only gets the update:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update» && apt-get install -y curl
 * RUN apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * > apt-get update leaves its package lists in the layer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
 * ```
 * An update that its `RUN` does not use belongs to the step that installs. The recommended profile leaves it to
 * package-update-alone:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * ```
 * > apt-get update leaves its package lists in the layer
 * Debian and Ubuntu images have a hook that deletes downloaded packages. Files that use a cache mount remove it, and in
 * a `RUN` without such a mount the packages then stay in the layer:
 * ```dockerfile bad
 * FROM debian:12
 * RUN rm -f /etc/apt/apt.conf.d/docker-clean
 * RUN apt-get update && apt-get «install» -y curl && rm -rf /var/lib/apt/lists/*
 * RUN --mount=type=cache,target=/var/lib/apt \
 *     apt-get clean && apt-get update && sudo apt-get «install» -y git && apt-get autoclean
 * ```
 * > apt-get leaves its downloads in the layer, because the hook docker-clean is gone
 * ```dockerfile fixed
 * FROM debian:12
 * RUN rm -f /etc/apt/apt.conf.d/docker-clean
 * RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && apt-get clean
 * RUN --mount=type=cache,target=/var/lib/apt \
 *     apt-get clean && apt-get update && sudo apt-get install -y git && apt-get autoclean && apt-get clean
 * ```
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN echo 'Binary::apt::APT::Keep-Downloaded-Packages "true";' > /etc/apt/apt.conf.d/keep-cache
 * RUN apt-get update && apt-get install -y gcc
 * FROM debian:12
 * COPY --from=build /bin/true /bin/true
 * RUN rm -f /etc/apt/apt.conf.d/docker-clean
 * RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \
 *     apt-get update && apt-get install -y git
 * RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives && apt-get check
 * RUN apt-get update && apt-get install -y less && rm -rf /var/lib/apt/lists/* && ./cleanup.sh
 * RUN apt-get update && apt-get download less && rm -rf /var/lib/apt/lists/*
 * ```
 * Other package managers have their own rules. With `packageCache: mount` the rule stays silent:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add curl
 * ```
 * ```dockerfile good
 * FROM python:3.13
 * RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
 * RUN pip install flask
 * ```
 * ```dockerfile good options="packageCache: mount"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * ```
 */
export default defineRule({
  id: 'apt-lists-cleanup',
  summary: 'apt leaves its package lists in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3009',
    'kics:apt_get_install_lists_were_not_deleted',
    'semgrep:remove-package-lists',
    'semgrep:remove-package-cache',
  ],
  mentions: ['apt', 'aptitude'],
  options: { packageCache: sharedOptions.packageCache },

  *check({ model, facts, options: { packageCache } }) {
    if (packageCache === 'mount') return;
    for (const left of firstCachesLeft(model, ({ family }) => family === 'apt')) {
      const { command, verb, manager } = left.use;
      // The update then belongs to another step, as package-update-alone says.
      const isAlone = unusedUpdates(model, command.instruction, manager.family).includes(left.use);
      yield {
        at: verb.span,
        message: `${command.program} update leaves its package lists in the layer`,
        quiet: isAlone || quietInDevcontainer(facts),
        related: relatedTo(vainDeletionAfter(model, left)),
        fix: cacheRemoval(model, left, 'Remove the package lists in this RUN'),
      };
    }
    for (const { first, last } of downloadsLeft(model)) {
      const { command, verb } = first;
      const edit = appendToOutermostChain(model, last.command, `${sudoLike(last)}apt-get clean`);
      yield {
        at: verb.span,
        message: `${command.program} leaves its downloads in the layer, because the hook docker-clean is gone`,
        quiet: quietInDevcontainer(facts),
        alsoKnownAs: [],
        ...(edit && { fix: { title: 'Remove the downloads in this RUN', edits: [edit] } }),
      };
    }
  },

  *hadolint({ model }) {
    const inImage = stagesInImage(model);
    for (const run of model.instructionsOf('RUN')) {
      const isMounted =
        mountsOver(run, '/var/lib/apt/lists') ||
        (mountsOver(run, '/var/lib/apt') && mountsOver(run, '/var/cache/apt'));
      if (isMounted || (!run.onbuild && !inImage.has(model.stageOf(run)))) continue;
      const commands = seenIn(model, run);
      if (commands.some((seen) => seen.name === 'rm' && hasWord(seen, '-rf', '/var/lib/apt/lists/*')))
        continue;
      const update = commands.find(
        (seen) => /^apt(?:-get|itude)?$/.test(seen.name) && hasWord(seen, 'update'),
      );
      if (update)
        yield {
          at: verbOf(update, 'update'),
          message: `${update.name} update leaves its package lists in the layer`,
        };
    }
  },
});
