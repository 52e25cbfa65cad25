// Images that stand for the public ones, made of Debian's packages and of real compilers from package registries: patterns
// are built on them with `npm run test:engines`. A local registry holds them under the names that the patterns use, and its
// store is kept in the user's cache, so only the first run is slow.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bases } from './base-images.mjs';
import { findProgram } from './find-program.mjs';

/** What was made, and the store of the registry, see base-registry.mjs. */
const baseFolder = join(homedir(), '.cache', 'drydock', 'bases');

const list = join(baseFolder, 'images.json');

/** Mounted where a build fetches over HTTPS: registries may be reached through a proxy with a certificate of its own. */
const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** Go puts itself where few people's PATH looks. */
const findTool = (name) => findProgram(name, ['/usr/local/go/bin']);

/** @returns {Record<string, string>} the recipe that each image was made by, as a digest */
function madeImages() {
  try {
    return JSON.parse(readFileSync(list, 'utf8'));
  } catch {
    // Nothing was made yet.
    return {};
  }
}

/** By image, a digest of its recipe and of those that it stands on: where one changes, so does what follows. */
function recipeDigests() {
  const digests = {};
  for (const { image, dockerfile = '', npm = [], go = '' } of bases) {
    const below = bases
      .filter(({ image: other }) => dockerfile.includes(other))
      .map(({ image: other }) => digests[other]);
    const recipe = JSON.stringify([dockerfile, npm, go, below]);
    digests[image] = createHash('sha256').update(recipe).digest('hex').slice(0, 16);
  }
  return digests;
}

function run(program, words, options = {}) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    maxBuffer: 1e8,
    ...options,
    env: { ...process.env, ...options.env },
  });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout.trim();
}

/** @returns {readonly string[]} those of the images that are not in the cache as their recipes say now */
export function missingBases(images = bases.map(({ image }) => image)) {
  const made = madeImages();
  const wanted = recipeDigests();
  return images.filter((image) => wanted[image] === undefined || made[image] !== wanted[image]);
}

/**
 * Makes what is not in the cache, and says in one line what is left out.
 * @param {{ cachedOnly: boolean }} options
 * @throws when a program fails
 */
export async function prepareBases({ cachedOnly }) {
  const names = missingBases();
  const missing = bases.filter(({ image }) => names.includes(image));
  if (missing.length === 0) return;
  const made = madeImages();
  const wanted = recipeDigests();
  const needed = ['debootstrap', 'buildah', 'docker-registry', 'npm', 'go'];
  const absent = needed.find((name) => findTool(name) === undefined);
  const left = cachedOnly
    ? 'not in the cache'
    : process.getuid?.() !== 0
      ? 'not root'
      : absent === undefined
        ? undefined
        : `${absent} is not on the PATH`;
  if (left !== undefined) {
    console.warn(
      `NOT MADE: ${missing.length} base images (${left}). Skipped: patterns built with real compilers`,
    );
    return;
  }
  mkdirSync(baseFolder, { recursive: true });
  const work = mkdtempSync(join(baseFolder, 'work-'));
  const { serveBases } = await import('./base-registry.mjs');
  const registry = await serveBases({ work, program: findTool('docker-registry'), canWrite: true });
  try {
    for (const base of missing) {
      const started = Date.now();
      make(base, work, registry);
      made[base.image] = wanted[base.image];
      writeFileSync(list, `${JSON.stringify(made, undefined, 2)}\n`);
      console.log(`Made ${base.image} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
  } finally {
    await registry.stop();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Builds an image and pushes it into the registry under its own name. */
function make({ image, dockerfile, npm = [], go, fetches }, work, { env, host }) {
  const context = mkdtempSync(join(work, 'context-'));
  if (dockerfile === undefined) debian(join(context, 'root'));
  if (npm.length > 0) run('npm', ['install', '--prefix', context, '--no-save', '--ignore-scripts', ...npm]);
  if (go !== undefined) {
    const module = `golang.org/toolchain@v0.0.1-${go}.linux-amd64`;
    const answer = run(findTool('go'), ['mod', 'download', '-json', module], { cwd: context });
    cpSync(JSON.parse(answer).Dir, join(context, 'go'), { recursive: true });
    run('chmod', ['-R', 'u+w', join(context, 'go')]);
    // Modules have no programs; Go itself does this when it switches to a toolchain.
    run('chmod', ['-R', '+x', join(context, 'go', 'bin'), join(context, 'go', 'pkg', 'tool')]);
  }
  writeFileSync(join(context, 'Dockerfile'), dockerfile ?? 'FROM scratch\nCOPY root /\nCMD ["bash"]\n');
  // Not where Debian's own package writes that file.
  const mount = fetches ? [`--volume=${certificates}:${certificates}:ro`] : [];
  const words = ['build', '-q', '--layers=false', ...mount, '-t', image, context];
  run('buildah', words, { env });
  run('buildah', ['push', '-q', '--tls-verify=false', image, `docker://${host}/${image}`], { env });
  rmSync(context, { recursive: true, force: true });
}

/** Debian 13 without anything that a base image leaves out. */
function debian(root) {
  const sources = ['trixie', root, 'http://deb.debian.org/debian'];
  run(findTool('debootstrap'), ['--variant=minbase', ...sources]);
  rmSync(join(root, 'var/cache/apt/archives'), { recursive: true, force: true });
  mkdirSync(join(root, 'var/cache/apt/archives/partial'), { recursive: true });
  rmSync(join(root, 'var/lib/apt/lists'), { recursive: true, force: true });
  mkdirSync(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
  // As the public image has it: packages are not written twice, and without a cache mount, nothing that apt fetches is kept.
  const clean = 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };\n';
  writeFileSync(join(root, 'etc/apt/apt.conf.d/docker-clean'), clean);
  writeFileSync(join(root, 'etc/dpkg/dpkg.cfg.d/docker-apt-speedup'), 'force-unsafe-io\n');
}
