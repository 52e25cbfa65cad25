// pack, of Cloud Native Buildpacks.
import { askVersion, defineTool } from '../tool';

export const pack = defineTool({
  id: 'pack',
  title: 'pack',
  kind: 'builder',
  rank: 3,
  get: 'https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/',
  programs: ['pack'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {},
});
