// Skopeo.
import { manifestRun } from '../release/registry-image';
import { saveRun } from '../build/build-run';
import { partsOf } from '../checked-arguments';
import { isOnThisMachine } from '../release/registry-problem';
import { askVersion, defineTool } from '../tool';

export const skopeo = defineTool({
  id: 'skopeo',
  title: 'Skopeo',
  kind: 'registry',
  rank: 1,
  get: 'https://github.com/containers/skopeo/blob/main/install.md',
  programs: ['skopeo'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    manifest: (tool, image, insecure) =>
      manifestRun(tool, [
        'inspect',
        '--raw',
        ...(insecure ? ['--tls-verify=false'] : []),
        `docker://${image}`,
      ]),
    fetch: (tool, image, folder, platform) => {
      const [os, architecture, variant] = platform?.split('/') ?? [];
      return saveRun(tool, [
        'copy',
        ...(isOnThisMachine(partsOf(image).repository) ? ['--src-tls-verify=false'] : []),
        ...(os === undefined ? [] : [`--override-os=${os}`]),
        ...(architecture === undefined ? [] : [`--override-arch=${architecture}`]),
        ...(variant === undefined ? [] : [`--override-variant=${variant}`]),
        `docker://${image}`,
        `oci:${folder}`,
      ]);
    },
  },
});
