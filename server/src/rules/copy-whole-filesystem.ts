import { officialNames } from '../core/knowledge/images/official-images';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { CopySource } from '../core/model/model';

/**
 * `COPY --from=… / /` takes everything: package lists, caches, keys, and files that the base image needs in another
 * version.
 *
 * ```dockerfile bad
 * FROM debian:12 AS build
 * FROM debian:12
 * COPY --from=build «/» /
 * COPY --from=alpine:3.20 [«"/"», "/"]
 * COPY --from=build «/.» //
 * COPY --from=build «.» ./
 * COPY --from=build «/*» /
 * ENV ROOT=/
 * COPY --from=build «$ROOT» $ROOT
 * ```
 * > This copies the whole file system over the one of the base image, with caches and package lists
 * Into an empty image it puts all layers into one. That also loses the cache and everything that the image's configuration
 * said:
 * ```dockerfile bad severity="hint"
 * FROM debian:12 AS build
 * FROM scratch
 * COPY --from=build «/» /
 * ```
 * > This puts all layers into one and loses the configuration of the other image
 * A stage that is only copied from matters less:
 * ```dockerfile bad severity="hint"
 * FROM debian:12 AS build
 * COPY --from=debian:12 «/» /
 * FROM debian:12
 * ```
 * > This copies the whole file system over the one of the base image, with caches and package lists
 * An image can be made of a few tools to be copied. The profiles `strict` and `hadolint` report it all the same:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM acme/tools AS tools
 * FROM debian:12
 * COPY --from=tools «/» /
 * COPY --from=acme/more «/» /
 * COPY --from=$ANY «/» /
 * ```
 * > This copies the whole file system over the one of the base image, with caches and package lists
 * ```dockerfile good
 * FROM debian:12 AS build
 * FROM scratch
 * COPY --from=build /out/ /
 * COPY --from=build / /rootfs
 * COPY --from=build / /etc/ /
 * COPY / /
 * FROM debian:12
 * COPY --from=acme/tools / /
 * COPY --from=$ANY / /
 * ```
 */
export default defineRule({
  id: 'copy-whole-filesystem',
  summary: 'The whole file system of another image is copied',
  category: 'copy',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3067'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const { sources, destination, stage, instruction } of model.copies) {
      const [source, ...more] = sources;
      if (!source || more.length > 0 || source.kind === 'context') continue;
      if (destination.path !== '/' || (source.path !== '' && source.path !== '*')) continue;
      const isTool = !isWholeSystem(source);
      if (isTool && profile !== 'strict' && profile !== 'hadolint') continue;
      const squashes = stage?.base.distribution === 'scratch';
      yield {
        at: source.span,
        message: squashes
          ? 'This puts all layers into one and loses the configuration of the other image'
          : 'This copies the whole file system over the one of the base image, with caches and package lists',
        severity: squashes || isTool || !model.reachesImage(instruction) ? 'hint' : undefined,
      };
    }
  },

  *hadolint({ model }) {
    for (const { sources, destination, instruction } of model.copies) {
      const source = sources.find(({ value }) => value === '/');
      if (!source || destination.value !== '/' || instruction.keyword !== 'COPY' || instruction.onbuild)
        continue;
      if (instruction.flags.some(({ name }) => name === 'from'))
        yield { at: source.span, message: 'This copies a whole file system' };
    }
  },
});

/** Whether the source is known to be a distribution, and not an image made of a few tools to be copied. */
function isWholeSystem(source: CopySource): boolean {
  if (source.kind === 'image') return officialNames.has(source.image.name.text);
  const distribution = source.kind === 'stage' ? source.stage.base.distribution : undefined;
  return distribution !== undefined && distribution !== 'scratch';
}
