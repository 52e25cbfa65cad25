// Real container engines for tests, each with a store of its own that goes when the test ends.
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './runs';
import { findTool, requireTool, wantTool } from './tools';
import { makeFolder } from './workspace';

export interface TestEngine {
  /** What a process needs in its environment to find the engine's store or service. */
  readonly env: Readonly<Record<string, string>>;
  /** Arguments for every build. */
  readonly arguments: readonly string[];
}

/** buildah (and podman) with an image store in a temporary folder. */
export function startBuildah(t: TestContext): TestEngine | undefined {
  if (!requireTool(t, 'buildah')) return undefined;
  const folder = makeFolder(t, { 'root/': '', 'run/': '' });
  const conf = join(folder, 'storage.conf');
  // vfs and chroot ask the least of the machine: they work inside containers and without user namespaces.
  const storage = `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/root"\nrunroot = "${folder}/run"\n`;
  writeFileSync(conf, storage);
  return { env: { CONTAINERS_STORAGE_CONF: conf, BUILDAH_ISOLATION: 'chroot' }, arguments: [] };
}

/** podman with an image store in a temporary folder. */
export function startPodman(t: TestContext): TestEngine | undefined {
  if (!requireTool(t, 'podman')) return undefined;
  const engine = startBuildah(t);
  const storage = engine?.env['CONTAINERS_STORAGE_CONF'];
  if (!engine || storage === undefined) return undefined;
  const conf = join(dirname(storage), 'containers.conf');
  writeFileSync(conf, '[engine]\ncgroup_manager = "cgroupfs"\nruntime = "runc"\n');
  return { env: { ...engine.env, CONTAINERS_CONF: conf }, arguments: [] };
}

/** A docker service of its own, below a temporary folder. Needs root. */
export async function startDocker(t: TestContext): Promise<TestEngine | undefined> {
  const dockerd = requireTool(t, 'dockerd');
  if (dockerd === undefined || !requireTool(t, 'docker')) return undefined;
  if (process.getuid?.() !== 0) {
    if (process.env['CI']) throw new Error('dockerd needs root');
    console.warn(`SKIPPED ${t.name}: dockerd needs root`);
    t.skip('dockerd needs root');
    return undefined;
  }
  // Not makeFolder: the daemon has to end before its folder goes.
  const folder = mkdtempSync(join(tmpdir(), 'drydock-docker-'));
  mkdirSync(join(folder, 'client'));
  const socket = `unix://${folder}/docker.sock`;
  const config = {
    bridge: 'none',
    iptables: false,
    ip6tables: false,
    'ip-forward': false,
    'ip-masq': false,
    'storage-driver': 'vfs',
    'data-root': `${folder}/data`,
    'exec-root': `${folder}/exec`,
    pidfile: `${folder}/docker.pid`,
    hosts: [socket],
  };
  writeFileSync(join(folder, 'daemon.json'), JSON.stringify(config));
  const log: string[] = [];
  const daemon = spawn(dockerd, ['--config-file', join(folder, 'daemon.json')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // runc and containerd are in folders that a user's PATH may leave out.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  const ended = new Promise<void>((resolve) => daemon.on('close', () => resolve()));
  t.after(async () => {
    daemon.kill('SIGTERM');
    await ended;
    // Its data folder is a mount point of its own, which it leaves behind.
    spawnSync('umount', [`${folder}/data`], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const env = { DOCKER_HOST: socket, DOCKER_CONFIG: join(folder, 'client') };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (daemon.exitCode !== null) throw new Error(`dockerd ended:\n${log.join('')}`);
    const asked = { program: requireTool(t, 'docker') ?? '', args: ['version'], env };
    const { exit } = await ask(asked, folder, 5000);
    if (exit === 0) return { env, arguments: ['--network=none'] };
    await pause(100);
  }
  throw new Error(`dockerd does not answer:\n${log.join('')}`);
}

/**
 * Gives docker's clients the plugin buildx, with today's BuildKit behind it where that is to be had.
 * @returns the environments to build in: docker's own BuildKit, then a BuildKit of its own; undefined without buildx
 */
export async function addBuildx(
  t: TestContext,
  engine: TestEngine,
): Promise<readonly TestEngine[] | undefined> {
  const buildx = wantTool(t, 'buildx');
  const config = engine.env['DOCKER_CONFIG'];
  if (buildx === undefined || config === undefined) return undefined;
  mkdirSync(join(config, 'cli-plugins'));
  copyFileSync(buildx, join(config, 'cli-plugins', 'docker-buildx'));
  const buildkitd = findTool('buildkitd');
  const docker = findTool('docker');
  if (buildkitd === undefined || docker === undefined) return [engine];
  const folder = mkdtempSync(join(tmpdir(), 'drydock-buildkit-'));
  const address = `unix://${folder}/buildkit.sock`;
  const args = ['--addr', address, '--root', join(folder, 'state'), '--oci-worker-snapshotter', 'native'];
  const daemon = spawn(buildkitd, args, {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  const ended = new Promise<void>((resolve) => daemon.on('close', () => resolve()));
  t.after(async () => {
    daemon.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const create = ['buildx', 'create', '--name', 'drydock-test', '--driver', 'remote', '--bootstrap', address];
  for (let attempt = 0; ; attempt += 1) {
    const created = await ask({ program: docker, args: create, env: engine.env }, folder, 30_000);
    if (created.exit === 0) break;
    if (attempt > 50) throw new Error(`buildkitd does not answer:\n${created.stderr}`);
    await pause(100);
  }
  return [engine, { ...engine, env: { ...engine.env, BUILDX_BUILDER: 'drydock-test' } }];
}

/** Every docker client on the PATH: an old one brings BuildKit's client, a new one needs a plugin for it. */
export function dockerClients(): string[] {
  const folders = [...new Set((process.env['PATH'] ?? '').split(':'))].filter((folder) => folder !== '');
  const seen = new Set<number>();
  return folders.flatMap((folder) => {
    try {
      if (!readdirSync(folder).includes('docker')) return [];
      const path = join(folder, 'docker');
      const { ino } = statSync(path);
      if (seen.has(ino)) return [];
      seen.add(ino);
      return [path];
    } catch {
      return [];
    }
  });
}

/** Puts a static busybox into a build context, as `busybox`: with it an image FROM scratch has a shell. */
export function addBusybox(t: TestContext, folder: string): boolean {
  const busybox = requireTool(t, 'busybox');
  if (busybox === undefined) return false;
  mkdirSync(folder, { recursive: true });
  copyFileSync(busybox, join(folder, 'busybox'));
  return true;
}

/** Processes with this word among their arguments. */
export function processesWith(word: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').includes(word) ? [Number(name)] : [];
    } catch {
      // It has ended in the meantime.
      return [];
    }
  });
}
