// ko: images of Go programs.
import { askVersion, defineTool } from '../tool';

export const ko = defineTool({
  id: 'ko',
  title: 'ko',
  kind: 'builder',
  rank: 1,
  get: 'https://ko.build/install/',
  programs: ['ko'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {},
});
