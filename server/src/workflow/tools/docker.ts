// Docker: its plugin buildx, the BuildKit client inside docker 18.09–22 (switched on by a variable), or its old
// builder, the only one that is left without the plugin since docker 23.
import {
  buildRun,
  buildxArguments,
  containersBuild,
  epochVariable,
  isManifest,
  lastArguments,
  registryCache,
  saveRun,
  secretArguments,
  sharedArguments,
  tagOfCache,
  withFreshMounts,
  withoutNotice,
} from '../build/build-run';
import { inspectRun, startArguments } from '../build/stored-image';
import { containersRun } from '../debug/targets';
import { manifestRun } from '../release/registry-image';
import { pushRun, tagRun } from '../release/store-commands';
import { lookRun } from '../release/store-image';
import { defineTool, isAtLeast, versionIn } from '../tool';
import type { Probed, ProbeAnswer, Surroundings } from '../tool';

export const docker = defineTool({
  id: 'docker',
  title: 'Docker',
  kind: 'engine',
  keepsImagesInService: true,
  rank: 1,
  get: 'https://docs.docker.com/get-started/get-docker/',
  programs: ['docker'],
  probe: {
    decides: true,
    ask: () => ({
      version: ['--version'],
      service: ['version', '--format', '{{json .Server}}'],
      buildx: ['buildx', 'version'],
    }),
    read: readProbe,
  },
  getBuildKit: 'https://docs.docker.com/go/buildx/',
  can: {
    buildKitSyntax: ({ way }) => way !== 'legacy',
    severalPlatforms: ({ way }) => way !== 'legacy',
    push: ({ way }) => way === 'buildx',
    attestations: ({ way }) => way === 'buildx',
    timestamps: ({ way }) => way === 'buildx' || way === 'podman',
    builders: ({ way }) => way === 'buildx',
    pullNever: ({ way }) => way === 'podman',
    singleLayer: ({ way }) => way === 'podman',
    registryCache: ({ way, version }) => way === 'buildx' || (way === 'podman' && isAtLeast(version, 4, 3)),
  },
  cacheProblem: (choice, { way }) => (way === 'podman' ? tagOfCache(choice) : undefined),
  commands: {
    build: (found, order) => {
      const name = `--tag=${order.tag}`;
      const shared = sharedArguments(order);
      const last = lastArguments(order);
      switch (found.way) {
        case 'podman':
          return containersBuild(found, ['build'], withFreshMounts(order, isAtLeast(found.version, 5, 4)));
        case 'buildx': {
          // A builder in a container keeps the result to itself unless asked; an image for several platforms
          // cannot be loaded everywhere, and the others need no asking.
          const output = order.push ? ['--push'] : isManifest(order) ? [] : ['--load'];
          const own = [...registryCache(order), ...secretArguments(order), ...buildxArguments(order)];
          const args = [...shared, ...own, name, ...output, ...last];
          return buildRun(found, ['buildx', 'build', '--progress=plain', ...args], epochVariable(order));
        }
        case 'buildkit': {
          const args = ['build', '--progress=plain', ...shared, ...secretArguments(order), name, ...last];
          return buildRun(found, args, { DOCKER_BUILDKIT: '1' });
        }
        default:
          return withoutNotice(
            buildRun(found, ['build', ...shared, name, ...last], { DOCKER_BUILDKIT: '0' }),
          );
      }
    },
    inspect: (tool, image) => inspectRun(tool, ['image', 'inspect'], image),
    start: startArguments,
    containers: (tool) => containersRun(tool, '{{json .}}'),
    save: (tool, image, file) => saveRun(tool, ['save', `--output=${file}`, image]),
    store: {
      look: (tool, image) => lookRun(tool, ['image', 'inspect'], image),
      tag: tagRun,
      push: (tool, { name }) => pushRun(tool, ['push', name]),
      choosesSecurity: false,
    },
    manifest: (found, image) =>
      found.way === 'buildx'
        ? manifestRun(found, ['buildx', 'imagetools', 'inspect', '--raw', image])
        : undefined,
  },
});

function readProbe(answers: Readonly<Record<string, ProbeAnswer>>, { env }: Surroundings): Probed {
  const { version: asked, service, buildx } = answers;
  const said = asked?.stdout ?? '';
  const version = versionIn(said);
  // The package podman-docker installs podman under the name docker.
  if (/^podman version/i.test(said)) return { version, way: 'podman', ...troubleOf(asked) };
  const major = Number.parseInt(version, 10);
  let way = buildx?.exit === 0 ? 'buildx' : major < 23 ? 'buildkit' : 'legacy';
  if (way === 'buildkit' && env['DOCKER_BUILDKIT'] === '0') way = 'legacy';
  // podman's imitation of the docker service understands the old builder alone.
  if (/podman engine/i.test(service?.stdout ?? '')) way = 'legacy';
  return { version, way, ...troubleOf(service) };
}

function troubleOf(answer: ProbeAnswer | undefined): Pick<ProbeAnswer, 'trouble'> {
  return answer?.trouble ? { trouble: answer.trouble } : {};
}
