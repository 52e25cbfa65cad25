// buildah and podman with base images under their public names, from a local registry that `npm run test:engines` fills
// with Debian and real compilers, see server/tools/base-images.mjs.
import { existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { serveBases } from '../../server/tools/base-registry.mjs';
import { missingBases } from '../../server/tools/bases.mjs';
import { ask } from './runs';
import { requireTool } from './tools';

/** Where a build that fetches over HTTPS finds the certificates of this machine, and Java its own form of them. */
const certificates = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/certs/java/cacerts'];

const shells = ['sh', 'ash', 'bash', 'busybox', 'dash'].flatMap((name) => [`bin/${name}`, `usr/bin/${name}`]);

/** How the stopped container ended. */
export interface Stopped {
  readonly milliseconds: number;
  readonly exit: number;
}

type Program = 'buildah' | 'nsenter' | 'podman' | 'unshare';

type Programs = Readonly<Record<Program, string>>;

export interface Served {
  readonly page: string;
  /** Of process 1. */
  readonly uid: number;
  readonly stopped: Stopped;
}

/** Builds and runs images of its own store, which goes when the test ends. */
export class RealEngine {
  readonly #env: Readonly<Record<string, string>>;

  readonly #programs: Programs;

  constructor(env: Readonly<Record<string, string>>, programs: Programs) {
    this.#env = env;
    this.#programs = programs;
  }

  /** @returns what it printed @throws with all output when it fails */
  async call(program: Program, ...args: readonly string[]): Promise<string> {
    const asked = { program: this.#programs[program], args, env: this.#env };
    const { exit, stdout, stderr } = await ask(asked, '/', 500_000);
    if (exit !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`);
    return stdout.trim();
  }

  /**
   * Builds a folder with the layers of earlier builds.
   * @param network without it a build has to find in its layers and mounts all that it needs
   */
  async build(
    folder: string,
    image: string,
    network: 'online' | 'offline',
    more: readonly string[] = [],
  ): Promise<void> {
    const volumes = certificates
      .filter((path) => existsSync(path))
      .map((path) => `--volume=${path}:${path}:ro`);
    const args = ['--layers', ...volumes, ...more, '-t', image, folder];
    if (network === 'online') await this.call('buildah', 'build', ...args);
    else await this.call('unshare', '--net', this.#programs.buildah, 'build', '--pull-never', ...args);
  }

  /** Runs an image as it is, with these words after its entry point. @returns what it printed */
  run(image: string, ...words: readonly string[]): Promise<string> {
    return this.call('podman', 'run', '--rm', '--network=none', image, ...words);
  }

  /** Starts an image, waits until it prints something, and stops it. */
  async stopProgram(image: string, ...words: readonly string[]): Promise<Stopped> {
    const container = await this.#start(image, words);
    for (let tries = 0; (await this.call('podman', 'logs', container)) === '' && tries < 100; tries += 1)
      await pause(100);
    return this.#stop(container);
  }

  /**
   * Starts an image that answers HTTP, asks for its first page and for its health, and stops it.
   * @param port where it listens, in a network of its own
   * @param more arguments of `podman run`
   * @param health the words of HEALTHCHECK, if it has one
   */
  async serve(
    image: string,
    port: number,
    more: readonly string[],
    health: readonly string[],
  ): Promise<Served> {
    const container = await this.#start(image, [], more);
    const pid = await this.call('podman', 'inspect', '--format={{.State.Pid}}', container);
    const script = `fetch('http://127.0.0.1:${port}/').then(async (answer) => console.log(await answer.text()))`;
    let page: string | undefined;
    for (let tries = 0; page === undefined && tries < 120; tries += 1) {
      await this.call('nsenter', `--net=/proc/${pid}/ns/net`, process.execPath, '-e', script)
        .then((answer) => (page = answer))
        .catch(() => pause(500));
    }
    if (page === undefined) throw new Error(await this.call('podman', 'logs', container));
    if (health.length > 0) await this.call('podman', 'exec', container, ...health);
    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { page, uid: Number(uid), stopped: await this.#stop(container) };
  }

  #start(image: string, words: readonly string[], more: readonly string[] = []): Promise<string> {
    return this.call('podman', 'run', '--detach', '--network=none', ...more, image, ...words);
  }

  /** As `podman stop` does: SIGTERM, and ten seconds later SIGKILL. */
  async #stop(container: string): Promise<Stopped> {
    const started = Date.now();
    await this.call('podman', 'stop', container);
    const format = '--format={{.State.ExitCode}} {{.State.FinishedAt.UnixMilli}}';
    const [exit, finished] = (await this.call('podman', 'inspect', format, container)).split(' ');
    await this.call('podman', 'rm', '--force', container);
    return { milliseconds: Number(finished) - started, exit: Number(exit) };
  }

  /** The bytes of all files of an image, and the shells among them. */
  async look(image: string): Promise<{ readonly bytes: number; readonly shells: readonly string[] }> {
    const container = await this.call('buildah', 'from', '--pull-never', image);
    const root = await this.call('buildah', 'mount', container);
    const bytes = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0);
    const found = shells.filter((path) => existsSync(join(root, path)));
    await this.call('buildah', 'rm', container);
    return { bytes, shells: found };
  }
}

/** Skips a test, also in CI, unless all base images are there. @param images in full: `docker.io/library/debian:13-slim` */
export function wantBases(t: TestContext, images: readonly string[]): boolean {
  const [missing] = missingBases(images);
  if (missing !== undefined) t.skip(`optional: ${missing} is not in the cache of base images`);
  return missing === undefined;
}

/** An engine that finds the base images. Undefined where a program is missing: then the test is skipped. */
export async function startRealEngine(t: TestContext): Promise<RealEngine | undefined> {
  const program = requireTool(t, 'docker-registry');
  const [buildah, nsenter, podman, unshare] = ['buildah', 'nsenter', 'podman', 'unshare'].map((name) =>
    requireTool(t, name),
  );
  if (!program || !buildah || !nsenter || !podman || !unshare || !requireTool(t, 'runc')) return undefined;
  const work = mkdtempSync(join(tmpdir(), 'drydock-bases-'));
  const { env, stop } = await serveBases({ work, program });
  t.after(async () => {
    await stop();
    rmSync(work, { recursive: true, force: true, maxRetries: 10 });
  });
  // Where buildah keeps what cache mounts hold: other builds of this machine must not lend it.
  return new RealEngine({ ...env, TMPDIR: work }, { buildah, nsenter, podman, unshare });
}
