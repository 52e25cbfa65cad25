// Buildah.
import { containersBuild, saveRun, tagOfCache, withFreshMounts } from '../build/build-run';
import { inspectRun } from '../build/stored-image';
import { containersPush, tagRun } from '../release/store-commands';
import { lookRun, severalRun } from '../release/store-image';
import { askVersion, defineTool, isAtLeast } from '../tool';

export const buildah = defineTool({
  id: 'buildah',
  title: 'Buildah',
  kind: 'engine',
  keepsImagesInService: false,
  rank: 3,
  get: 'https://github.com/containers/buildah/blob/main/install.md',
  programs: ['buildah'],
  probe: { decides: true, ...askVersion('buildah') },
  can: {
    buildKitSyntax: () => true,
    severalPlatforms: () => true,
    timestamps: () => true,
    pullNever: () => true,
    singleLayer: () => true,
    // https://github.com/containers/buildah/blob/main/CHANGELOG.md
    registryCache: ({ version }) => isAtLeast(version, 1, 28),
  },
  cacheProblem: tagOfCache,
  commands: {
    // `bud` is the name that every version knows. Layers give it a cache, as the others have.
    build: (found, order) =>
      containersBuild(
        found,
        ['bud', ...(order.singleLayer ? [] : ['--layers'])],
        withFreshMounts(order, isAtLeast(found.version, 1, 39)),
      ),
    inspect: (tool, image) => inspectRun(tool, ['inspect', '--type=image'], image),
    save: (tool, image, file) => saveRun(tool, ['push', image, `docker-archive:${file}`]),
    store: {
      look: (tool, image) => lookRun(tool, ['inspect', '--type=image'], image),
      tag: tagRun,
      push: containersPush,
      several: severalRun,
      choosesSecurity: true,
    },
  },
});
