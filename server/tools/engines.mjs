// Today's builders, scanners and signers, built from their Go modules for the tests that want them: `npm run test:engines`.
// What was built once is kept in the user's cache, so only the first run is slow. `--cached` builds nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { canRun } from './find-program.mjs';

/**
 * Each module in the newest version whose own dependencies can be had, and its programs by their folder. A module of
 * its own holds them, because `go install module@version` refuses modules that replace others.
 */
const modules = [
  {
    path: 'github.com/moby/buildkit',
    version: 'v0.33.1',
    programs: { buildkitd: '/cmd/buildkitd', buildctl: '/cmd/buildctl' },
    tests: 'what rebuilds, and builds by BuildKit itself',
  },
  {
    path: 'github.com/docker/buildx',
    version: 'v0.37.2',
    programs: { buildx: '/cmd/buildx' },
    tests: 'builds with buildx',
  },
  {
    path: 'github.com/google/go-containerregistry',
    version: 'v0.22.1',
    programs: { crane: '/cmd/crane' },
    tests: 'reading images of a registry with crane',
  },
  {
    path: 'github.com/google/ko',
    version: 'v0.19.1',
    programs: { ko: '' },
    tests: 'builds with ko',
  },
  {
    path: 'github.com/wagoodman/dive',
    version: 'v0.13.1',
    programs: { dive: '' },
    tests: 'sizes compared with dive',
  },
  {
    path: 'github.com/sigstore/cosign/v3',
    version: 'v3.1.3',
    programs: { cosign: '/cmd/cosign' },
    tests: 'signatures',
  },
  {
    path: 'github.com/anchore/syft',
    version: 'v1.52.0',
    programs: { syft: '/cmd/syft' },
    tests: 'lists of contents',
  },
  {
    path: 'github.com/anchore/grype',
    version: 'v0.110.0',
    programs: { grype: '/cmd/grype' },
    tests: 'scans',
  },
];

/** Where the tests look for them, see test/harness/tools.ts. */
const engineFolder = join(homedir(), '.cache', 'drydock', 'engines', 'bin');

const versionsFile = join(engineFolder, 'versions.json');

/** @returns {Record<string, string>} the versions that were built, by program */
function builtVersions() {
  try {
    return JSON.parse(readFileSync(versionsFile, 'utf8'));
  } catch {
    // Nothing was built yet.
    return {};
  }
}

/**
 * Builds what is not in the cache, one module after the other, and says in one line each what it does or what is left out.
 * @param {{ cachedOnly: boolean }} options
 */
export function prepareEngines({ cachedOnly }) {
  const built = builtVersions();
  const missing = modules.filter(({ version, programs }) =>
    Object.keys(programs).some((name) => built[name] !== version || !canRun(join(engineFolder, name))),
  );
  const go = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin']
    .map((folder) => join(folder, 'go'))
    .find(canRun);
  for (const module of missing) {
    const names = Object.keys(module.programs).join(', ');
    const left = cachedOnly
      ? 'it is not in the cache'
      : go === undefined
        ? 'Go is not on the PATH'
        : undefined;
    if (left !== undefined) {
      console.warn(`NOT BUILT: ${names} ${module.version} (${left}). Skipped: ${module.tests}`);
      continue;
    }
    const started = Date.now();
    console.log(`Building ${names} ${module.version} …`);
    buildModule(go, module);
    for (const name of Object.keys(module.programs)) built[name] = module.version;
    writeFileSync(versionsFile, `${JSON.stringify(built, undefined, 2)}\n`);
    console.log(`Built ${names} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
}

/** @throws when Go cannot build it */
function buildModule(go, { path, version, programs }) {
  mkdirSync(engineFolder, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'drydock-engines-'));
  // What the caller's Go was told about other modules does not count here.
  const env = {
    ...process.env,
    CGO_ENABLED: '0',
    GOBIN: engineFolder,
    GOFLAGS: '-buildvcs=false',
    GOWORK: 'off',
  };
  const run = (...words) => {
    const { status } = spawnSync(go, words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`go ${words.join(' ')} failed (its messages are above)`);
  };
  try {
    run('mod', 'init', 'drydock.invalid/engines');
    const packages = Object.values(programs).map((inside) => path + inside);
    run('get', '-tool', ...packages.map((one) => `${one}@${version}`));
    run('install', '-trimpath', '-ldflags=-s -w', ...packages);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
