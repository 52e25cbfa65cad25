// Checks Node.js and installs the packages of the lock file, before a command imports its first dependency. So this file
// may import Node's own modules only.
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

/** Whether node_modules matches package-lock.json. Compares contents, because file dates mean nothing after a checkout. */
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
    // npm skips optional packages that are for another platform.
    if (path === '' || (optional && !present[path])) continue;
    if (present[path]?.version !== version || present[path]?.integrity !== integrity) return false;
  }
  return true;
}

/** Checks Node.js and installs missing packages; ends the process if it cannot. */
export function prepare() {
  const problem = nodeVersionProblem();
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
  if (packagesAreInstalled()) return;
  console.log('Installing npm packages …');
  const windows = process.platform === 'win32';
  // No package needs its install script, and all of them are development dependencies.
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync('npm', ['ci', ...options], { stdio: 'inherit', shell: windows });
  if (status === 0) return;
  console.error(
    error ? `npm could not be started: ${error.message}` : 'npm ci failed (its messages are above).',
  );
  process.exit(1);
}
