// Podman. On macOS and Windows it is a remote control for a virtual machine.
import { containersBuild, saveRun, tagOfCache, withFreshMounts } from '../build/build-run';
import { inspectRun, startArguments } from '../build/stored-image';
import { containersRun } from '../debug/targets';
import { containersPush, tagRun } from '../release/store-commands';
import { lookRun, severalRun } from '../release/store-image';
import { defineTool, isAtLeast, versionIn } from '../tool';

export const podman = defineTool({
  id: 'podman',
  title: 'Podman',
  kind: 'engine',
  keepsImagesInService: false,
  rank: 2,
  get: 'https://podman.io/docs/installation',
  programs: ['podman'],
  probe: {
    decides: true,
    ask: ({ platform }) => ({
      version: ['--version'],
      // Only this tells whether the virtual machine runs.
      ...(platform === 'linux' ? {} : { service: ['version'] }),
    }),
    read: ({ version, service }) => {
      const { trouble } = service ?? version ?? {};
      return { version: versionIn(version?.stdout ?? ''), way: 'podman', ...(trouble ? { trouble } : {}) };
    },
  },
  can: {
    buildKitSyntax: () => true,
    severalPlatforms: () => true,
    timestamps: () => true,
    pullNever: () => true,
    singleLayer: () => true,
    registryCache: ({ version }) => isAtLeast(version, 4, 3),
  },
  cacheProblem: tagOfCache,
  commands: {
    build: (found, order) =>
      containersBuild(found, ['build'], withFreshMounts(order, isAtLeast(found.version, 5, 4))),
    inspect: (tool, image) => inspectRun(tool, ['image', 'inspect'], image),
    start: startArguments,
    containers: (tool) => containersRun(tool, 'json'),
    save: (tool, image, file) =>
      saveRun(tool, ['save', '--format=docker-archive', `--output=${file}`, image]),
    store: {
      look: (tool, image) => lookRun(tool, ['image', 'inspect'], image),
      tag: tagRun,
      push: containersPush,
      several: severalRun,
      choosesSecurity: true,
    },
  },
});
