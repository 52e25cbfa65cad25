import { addArguments, defineRule, empties, givesOption, isBelow, mountedAway } from '../core/lint/rule';

/**
 * `apk add` leaves the package index and the downloaded packages in the layer. `--no-cache` keeps them out,
 * and makes a preceding `apk update` needless.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk «add» curl && \
 *     # for the build
 *     apk «add» --virtual .deps gcc
 * ```
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl && \
 *     # for the build
 *     apk add --no-cache --virtual .deps gcc
 * ```
 * `-U` only asks for a fresh index, which `--no-cache` does by itself:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk «add» -U curl
 * ```
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache -U curl
 * ```
 * A cache mount, a removal in the same `RUN`, and stages that do not reach the image are fine:
 * ```dockerfile good
 * FROM alpine:3.20 AS build
 * RUN apk add gcc
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * RUN --mount=type=cache,target=/var/cache/apk apk add git
 * RUN apk add --update wget && rm -rf /var/cache/apk/*
 * RUN apk add $OPTIONS wget
 * COPY --from=build /bin/true /bin/true
 * ```
 */
export default defineRule({
  id: 'apk-no-cache',
  summary: 'apk leaves its index and downloads in the layer',
  category: 'package',
  severity: 'info',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3019', 'trivy:DS-0025'],

  *check({ model }) {
    for (const install of model.installs) {
      const { command, manager, verb, mayHoldOptions } = install;
      if (manager.name !== 'apk' || mayHoldOptions || command.instruction.keyword !== 'RUN') continue;
      if (givesOption(install, '--no-cache', '--cache-dir', '--root', '-p')) continue;
      const stage = model.stageOf(command.instruction);
      if (stage && !stage.reachesImage) continue;
      if (isBelow('/var/cache/apk', mountedAway(command.instruction))) continue;
      const later = command.script?.commands.slice(command.index + 1) ?? [];
      if (empties(later, '/var/cache/apk')) continue;
      const edit = addArguments(command, verb, '--no-cache');
      yield {
        at: verb.span,
        message: 'apk leaves its package index in the layer',
        ...(edit && { fix: { title: 'Add --no-cache', edits: [edit] } }),
      };
    }
  },
});
