// A selection of snippets built with docker's BuildKit and started with docker, on stand-ins for the public images (see
// stand-ins.ts).
import { join } from 'node:path';
import { test } from 'node:test';
import { findTool } from '../../server/src/workflow/find-tools';
import { docker as dockerTool } from '../../server/src/workflow/tools/docker';
import { dockerClients, startDocker } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { machineWithEnvironment } from '../harness/runs';
import { call, checkSnippets } from './checks';
import type { Builder } from './checks';

/** Files that the engine makes in every container. */
const made = /^\/(dev|proc|sys)\/|^\/\.dockerenv$|^\/etc\/(hosts|hostname|resolv\.conf|mtab)$/;

/**
 * Each build takes seconds, and most files differ only in what stand-ins do, which buildah has shown. These have all
 * that a builder does: mounts to read and to write, locked ones, stages that go on with others, COPY with patterns,
 * with an owner and out of an image, and a start by entrypoint, by command or by that of the base.
 */
const selection: ReadonlySet<string> = new Set([
  'distroless-go',
  'distroless-rust',
  'pnpm-workspace',
  'python-uv-package',
  'php-fpm',
  'rails',
  'static-site-build',
]);

function docker(program: string, engine: TestEngine): Builder {
  const buildKit = { ...engine, env: { ...engine.env, DOCKER_BUILDKIT: '1' } };
  return {
    keepsStages: true,
    only: selection,
    // The first line names an image of Docker Hub, which the builder would fetch to read the rest with.
    offline: (text) => text.replace(/^# syntax=.*\n/, ''),
    build: (folder, image, more = []) =>
      call(program, ['build', ...engine.arguments, '-t', image, ...more, folder], buildKit),
    start: (image) => call(program, ['run', '--rm', '--network=none', image], engine),
    async list(image) {
      const container = (await call(program, ['create', image, '/nothing'], engine)).trim();
      const archive = join(engine.env['DOCKER_CONFIG'] ?? '', `${container}.tar`);
      await call(program, ['export', '-o', archive, container], engine);
      return (await call('tar', ['-tf', archive], engine))
        .split('\n')
        .filter((path) => path !== '' && !path.endsWith('/'))
        .map((path) => `/${path}`)
        .filter((path) => !made.test(path))
        .sort();
    },
  };
}

/** A docker client that builds with BuildKit: an old one brings it along, a new one needs the plugin buildx. */
async function clientWithBuildKit(engine: TestEngine): Promise<string | undefined> {
  for (const path of dockerClients()) {
    const found = await findTool(dockerTool, { docker: path }, machineWithEnvironment(engine.env), '/');
    if (found && !found.trouble && found.way !== 'legacy') return path;
  }
  return undefined;
}

test("snippets with docker's BuildKit", async (t) => {
  const engine = await startDocker(t);
  if (!engine) return;
  const client = await clientWithBuildKit(engine);
  if (client === undefined) t.skip('no docker client here builds with BuildKit');
  else await checkSnippets(t, docker(client, engine));
});
