// What every command needs before its first import of a dependency: the right Node.js, and the packages
// of the lock file. Only Node's own modules may be imported here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @returns {string | undefined} what is wrong with this Node.js version, in one sentence */
export function nodeVersionProblem(version = process.versions.node) {
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')).engines.node.replace(/^\D+/, '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = wanted.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Drydock needs Node.js ${wanted} or later; this is ${version}.`;
}

/** Whether node_modules holds what package-lock.json asks for. Their dates say nothing after a checkout. */
export function packagesAreInstalled() {
  const read = (path) => {
    try {
      return JSON.parse(readFileSync(path, 'utf8')).packages;
    } catch {
      return undefined;
    }
  };
  const wanted = read('package-lock.json');
  const present = read('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  for (const [path, { version, integrity, optional }] of Object.entries(wanted)) {
    // Optional packages are left out where they are for another platform.
    if (path === '' || (optional && !present[path])) continue;
    if (present[path]?.version !== version || present[path]?.integrity !== integrity) return false;
  }
  return true;
}

/** Checks Node.js and installs the packages where they are missing; ends the process when it cannot. */
export function prepare() {
  const problem = nodeVersionProblem();
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
  if (packagesAreInstalled()) return;
  console.log('Installing npm packages …');
  const windows = process.platform === 'win32';
  // No package here needs its install script; all of ours are development dependencies.
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync('npm', ['ci', ...options], { stdio: 'inherit', shell: windows });
  if (status === 0) return;
  console.error(
    error ? `npm could not be started: ${error.message}` : 'npm ci failed; its messages are above.',
  );
  process.exit(1);
}
