// Syft.
import { askVersion, defineTool } from '../tool';

export const syft = defineTool({
  id: 'syft',
  title: 'Syft',
  kind: 'cataloguer',
  rank: 1,
  get: 'https://oss.anchore.com/docs/installation/syft/',
  programs: ['syft'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {},
});
