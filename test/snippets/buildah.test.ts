// Snippets built and started with buildah, on stand-ins for the public images (see stand-ins.ts).
import { test } from 'node:test';
import { startBuildah } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { requireTool } from '../harness/tools';
import { call, checkSnippets } from './checks';
import type { Builder } from './checks';

function buildah(program: string, engine: TestEngine): Builder {
  // One a build: making a container copies the whole image.
  const containers = new Map<string, string>();
  const container = async (image: string): Promise<string> => {
    const made =
      containers.get(image) ?? (await call(program, ['from', '--pull=never', image], engine)).trim();
    containers.set(image, made);
    return made;
  };
  return {
    keepsStages: false,
    // Before 1.29, buildah unlocks one of a step's locked mounts only, and the next step waits for ever.
    offline: (text) => text.replaceAll(',sharing=locked', ''),
    build(folder, image, more = []) {
      containers.delete(image);
      return call(program, ['build', '--pull=never', '-t', image, ...more, folder], engine);
    },
    // `buildah run` takes user, folder and environment from the image; what it starts has to be named.
    async start(image) {
      const inspected = await call(program, ['inspect', '--type=image', image], engine);
      const { OCIv1: description } = JSON.parse(inspected) as {
        OCIv1: { config: { Entrypoint: readonly string[]; Cmd?: readonly string[] } };
      };
      const { config } = description;
      const args = ['run', await container(image), '--', ...config.Entrypoint, ...(config.Cmd ?? [])];
      // Without a container runtime buildah at times ends before it has passed on what the program printed.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const printed = await call(program, args, engine);
        if (printed !== '') return printed;
      }
      return '';
    },
    async list(image) {
      const root = (await call(program, ['mount', await container(image)], engine)).trim();
      const found = await call('find', [root, '!', '-type', 'd', '-printf', '/%P\\n'], engine);
      return found.trim().split('\n').sort();
    },
  };
}

test('snippets with buildah', async (t) => {
  const engine = startBuildah(t);
  const program = engine && requireTool(t, 'buildah');
  if (engine && program !== undefined) await checkSnippets(t, buildah(program, engine));
});
