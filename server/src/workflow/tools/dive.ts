// Dive.
import { askVersion, defineTool } from '../tool';

export const dive = defineTool({
  id: 'dive',
  title: 'Dive',
  kind: 'viewer',
  rank: 1,
  get: 'https://github.com/wagoodman/dive#installation',
  programs: ['dive'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {},
});
