// Skopeo.
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
  commands: {},
});
