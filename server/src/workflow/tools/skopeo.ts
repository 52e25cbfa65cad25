// Skopeo.
import { manifestRun } from '../release/registry-image';
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
  },
});
