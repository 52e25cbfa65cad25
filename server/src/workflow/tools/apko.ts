// apko: images of apk packages.
import { askVersion, defineTool } from '../tool';

export const apko = defineTool({
  id: 'apko',
  title: 'apko',
  kind: 'builder',
  rank: 2,
  get: 'https://github.com/chainguard-dev/apko#installation',
  programs: ['apko'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {},
});
