// Finch: nerdctl in a virtual machine of its own. Arguments from its published reference: https://runfinch.com/docs/
import { askVersion, defineTool } from '../tool';
import { nerdctl } from './nerdctl';

export const finch = defineTool({
  id: 'finch',
  title: 'Finch',
  kind: 'engine',
  keepsImagesInService: false,
  rank: 5,
  get: 'https://runfinch.com/docs/getting-started/installation/',
  programs: ['finch'],
  probe: { decides: true, ...askVersion('finch') },
  can: nerdctl.can,
  commands: nerdctl.commands,
});
