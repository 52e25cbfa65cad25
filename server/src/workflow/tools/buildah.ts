// Buildah.
import { containersBuild, saveRun } from '../build/build-run';
import { askVersion, defineTool } from '../tool';

export const buildah = defineTool({
  id: 'buildah',
  title: 'Buildah',
  kind: 'engine',
  keepsImagesInService: false,
  rank: 3,
  get: 'https://github.com/containers/buildah/blob/main/install.md',
  programs: ['buildah'],
  probe: { decides: true, ...askVersion('buildah') },
  can: { severalPlatforms: () => true },
  commands: {
    // `bud` is the name that every version knows. Layers give it a cache, as the others have.
    build: (found, order) => containersBuild(found, ['bud', '--layers'], order),
    save: (tool, image, file) => saveRun(tool, ['push', image, `docker-archive:${file}`]),
  },
});
