// A local registry that holds base images under their public names, and the settings with which buildah and podman ask it
// where a file names docker.io, gcr.io or another public registry.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

const publicRegistries = ['docker.io', 'gcr.io', 'ghcr.io'];

/** The registry's own store, beside the list of what is in it. */
const store = join(homedir(), '.cache', 'drydock', 'bases', 'registry');

/**
 * @param {{ work: string, program: string, canWrite?: boolean }} options `work`: a folder for images and settings
 * @returns {Promise<{ env: Record<string, string>, host: string, stop(): Promise<void> }>} `env`: for buildah and podman
 * @throws when the registry does not start
 */
export async function serveBases({ work, program, canWrite = false }) {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  mkdirSync(store, { recursive: true });
  const storage = [
    `filesystem: { rootdirectory: ${store} }`,
    `maintenance: { readonly: { enabled: ${!canWrite} } }`,
  ];
  const lines = [
    'version: 0.1',
    'log: { level: error, accesslog: { disabled: true } }',
    `storage: { ${storage.join(', ')} }`,
    `http: { addr: "${host}" }`,
  ];
  writeFileSync(join(work, 'registry.yml'), `${lines.join('\n')}\n`);
  const child = spawn(program, ['serve', join(work, 'registry.yml')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const env = settings(work, host);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    for (const path of mountsBelow(work)) spawnSync('umount', [path], { stdio: 'ignore' });
  };
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (child.exitCode !== null || tries > 200) {
      await stop();
      throw new Error('docker-registry does not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { env, host, stop };
}

function settings(work, host) {
  const files = {
    'storage.conf': [
      '[storage]',
      `driver = "${canOverlay(work) ? 'overlay' : 'vfs'}"`,
      `graphroot = "${join(work, 'images')}"`,
      `runroot = "${join(work, 'run')}"`,
    ],
    'registries.conf': [
      'unqualified-search-registries = ["docker.io"]',
      ...publicRegistries.flatMap((name) => [
        '[[registry]]',
        `prefix = "${name}"`,
        `location = "${host}/${name}"`,
        'insecure = true',
      ]),
    ],
    // What a container may open at most is what this machine may.
    'containers.conf': [
      '[containers]',
      'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]',
      '[engine]',
      'cgroup_manager = "cgroupfs"',
      'runtime = "runc"',
    ],
  };
  for (const [name, rows] of Object.entries(files)) writeFileSync(join(work, name), `${rows.join('\n')}\n`);
  return {
    CONTAINERS_STORAGE_CONF: join(work, 'storage.conf'),
    CONTAINERS_REGISTRIES_CONF: join(work, 'registries.conf'),
    CONTAINERS_CONF: join(work, 'containers.conf'),
    BUILDAH_ISOLATION: 'chroot',
  };
}

/** What buildah and podman leave behind: the image store itself is a mount, and so is each container. The inner first. */
function mountsBelow(folder) {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts
    .flatMap((line) => line.split(' ')[1] ?? [])
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}

/** Whether this machine can put layers on each other; otherwise each layer is a copy of all below it. */
function canOverlay(work) {
  const [lower, upper, inner, target] = ['lower', 'upper', 'inner', 'target'].map((name) => {
    const folder = join(work, 'overlay-test', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  });
  const option = `lowerdir=${lower},upperdir=${upper},workdir=${inner}`;
  const { status } = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', option, target], {
    stdio: 'ignore',
  });
  if (status === 0) spawnSync('umount', [target]);
  return status === 0;
}

/** @returns {Promise<number>} a port of this machine that nobody listens on now */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @returns {Promise<boolean>} whether somebody listens on a port of this machine */
export function accepts(port) {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
