// Finch: nerdctl in a virtual machine of its own. Arguments from its published reference: https://runfinch.com/docs/
import { nerdctlBuild, saveRun } from '../build/build-run';
import { inspectRun, startArguments } from '../build/stored-image';
import { askVersion, defineTool } from '../tool';

export const finch = defineTool({
  id: 'finch',
  title: 'Finch',
  kind: 'engine',
  keepsImagesInService: false,
  rank: 5,
  get: 'https://runfinch.com/docs/getting-started/installation/',
  programs: ['finch'],
  probe: { decides: true, ...askVersion('finch') },
  can: { buildKitSyntax: () => true, severalPlatforms: () => true, timestamps: () => true },
  commands: {
    build: nerdctlBuild,
    inspect: (tool, image) => inspectRun(tool, ['image', 'inspect'], image),
    start: startArguments,
    save: (tool, image, file) => saveRun(tool, ['save', `--output=${file}`, image]),
  },
});
