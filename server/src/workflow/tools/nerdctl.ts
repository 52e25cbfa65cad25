// nerdctl, the docker of containerd. Arguments from its published reference:
// https://github.com/containerd/nerdctl/blob/main/docs/command-reference.md
import { nerdctlBuild, saveRun } from '../build/build-run';
import { inspectRun, startArguments } from '../build/stored-image';
import { containersRun } from '../debug/targets';
import { askVersion, defineTool } from '../tool';

export const nerdctl = defineTool({
  id: 'nerdctl',
  title: 'nerdctl',
  kind: 'engine',
  keepsImagesInService: false,
  rank: 4,
  get: 'https://github.com/containerd/nerdctl#install',
  programs: ['nerdctl'],
  probe: { decides: true, ...askVersion('nerdctl') },
  can: {
    buildKitSyntax: () => true,
    severalPlatforms: () => true,
    timestamps: () => true,
    registryCache: () => true,
  },
  commands: {
    build: nerdctlBuild,
    inspect: (tool, image) => inspectRun(tool, ['image', 'inspect'], image),
    start: startArguments,
    containers: (tool) => containersRun(tool, '{{json .}}'),
    save: (tool, image, file) => saveRun(tool, ['save', `--output=${file}`, image]),
  },
});
