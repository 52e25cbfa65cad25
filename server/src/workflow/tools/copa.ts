// Copa, of the project Copacetic.
import { askVersion, defineTool } from '../tool';

export const copa = defineTool({
  id: 'copa',
  title: 'Copa',
  kind: 'patcher',
  rank: 1,
  get: 'https://project-copacetic.github.io/copacetic/website/installation',
  programs: ['copa'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {},
});
