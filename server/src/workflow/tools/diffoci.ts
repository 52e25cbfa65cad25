// diffoci.
import { askVersion, defineTool } from '../tool';

export const diffoci = defineTool({
  id: 'diffoci',
  title: 'diffoci',
  kind: 'viewer',
  rank: 2,
  get: 'https://github.com/reproducible-containers/diffoci#installation',
  programs: ['diffoci'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {},
});
