// The Debian programs that some tests need. On Debian as root, installs the missing ones; elsewhere says which tests
// are skipped.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findProgram } from './find-program.mjs';

/** The program to look for on PATH, its package, and the tests that are skipped without it. */
const tools = [
  { program: 'docker-registry', package: 'docker-registry', skipped: 'tests against a real registry' },
  { program: 'buildah', package: 'buildah', skipped: 'tests that build or push images with buildah' },
  { program: 'podman', package: 'podman', skipped: 'tests that build with podman' },
  { program: 'runc', package: 'runc', skipped: 'tests that build with podman' },
  { program: 'skopeo', package: 'skopeo', skipped: 'tests that copy images' },
  { program: 'busybox', package: 'busybox-static', skipped: 'tests that build a base image' },
  { program: 'dnf', package: 'dnf', skipped: 'tests of what fixes change in images of Fedora' },
  { program: 'zypper', package: 'zypper', skipped: 'tests of what fixes change in images of openSUSE' },
  { program: 'rpmbuild', package: 'rpm', skipped: 'tests of what fixes change in images with rpm' },
  {
    program: 'createrepo_c',
    package: 'createrepo-c',
    skipped: 'tests of what fixes change in images with rpm',
  },
  { program: 'pip3', package: 'python3-pip', skipped: 'tests of what fixes of pip change' },
  { program: 'docker', package: 'docker-cli', skipped: 'tests that build with the docker engine' },
  { program: 'dockerd', package: 'docker.io', skipped: 'tests that build with the docker engine' },
  { program: 'openssl', package: 'openssl', skipped: 'tests of registries with TLS' },
  { program: 'debootstrap', package: 'debootstrap', skipped: 'builds with real compilers on Debian 13' },
  { program: 'git', package: 'git', skipped: 'tests of npm start' },
  { program: 'shellcheck', package: 'shellcheck', skipped: 'checks of the scripts of patterns' },
  { program: 'pre-commit', package: 'pre-commit', skipped: 'a test of the hooks of pre-commit' },
  { program: 'nvim', package: 'neovim', skipped: 'tests in Neovim' },
  { program: 'sqlite3', package: 'sqlite3', skipped: 'scans with a database of our own' },
  { program: 'ps', package: 'procps', skipped: 'tests that count processes' },
  { program: 'chromium', package: 'chromium', skipped: 'tests in the real editor' },
];

function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function aptGet(...words) {
  const { status } = spawnSync('apt-get', words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
  if (status !== 0) throw new Error(`apt-get ${words.join(' ')} failed (its messages are above)`);
}

/** Whether apt has a package of this name. */
function isKnown(name) {
  const { stdout } = spawnSync('apt-cache', ['pkgnames', name], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').includes(name);
}

/**
 * Installs what is missing, or says in one line per program what will be skipped without it.
 * @throws when apt-get fails
 */
export function installDebianPackages() {
  const missing = tools.filter(({ program }) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  if (!isDebianRoot()) {
    for (const { program, package: name, skipped } of missing) {
      console.warn(`NOT FOUND: ${program}. Install the Debian package ${name} to run ${skipped}`);
    }
    return;
  }
  console.log(`Installing Debian packages for ${missing.map(({ program }) => program).join(', ')} …`);
  aptGet('-q', 'update');
  // Before Debian 13, docker-cli was part of docker.io.
  const names = missing
    .map(({ package: name }) => name)
    .filter((name) => name !== 'docker-cli' || isKnown(name));
  // Tests start the daemons that they need; packages must not.
  aptGet('-q', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', 'install', ...names);
  const still = missing.filter(({ program }) => findProgram(program) === undefined);
  if (still.length > 0)
    throw new Error(
      `apt-get succeeded, but these programs are still missing: ${still.map(({ program }) => program).join(', ')}`,
    );
}
