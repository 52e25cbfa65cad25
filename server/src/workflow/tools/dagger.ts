// Dagger.
import { askVersion, defineTool } from '../tool';

export const dagger = defineTool({
  id: 'dagger',
  title: 'Dagger',
  kind: 'builder',
  rank: 5,
  get: 'https://docs.dagger.io/getting-started/installation/',
  programs: ['dagger'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {},
});
