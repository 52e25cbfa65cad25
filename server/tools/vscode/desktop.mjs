// The desktop VS Code of this machine.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const windows = process.platform === 'win32';

/** Whether a window can be shown here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns {string | undefined} the command line of a desktop VS Code that can show a window */
export function findDesktop() {
  if (!hasDisplay()) return undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.map((folder) => join(folder, windows ? 'code.cmd' : 'code'));
  // On macOS the command is put on PATH only when the user asks for it.
  candidates.push('/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code');
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false; // absent, or not for us: the next candidate
    }
  });
}

/**
 * Opens a window in a process of its own, apart from what the user has open: so it can be ended with us.
 *
 * @param {string} command from `findDesktop`
 * @param {import('./browser.mjs').StartOptions} options
 * @returns {Promise<import('./browser.mjs').StartedEditor>}
 */
export async function openDesktop(command, { extension, workspace, files, temporary }) {
  const profile = join(temporary, 'data');
  mkdirSync(join(profile, 'User'), { recursive: true });
  const settings = { 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false };
  writeFileSync(join(profile, 'User', 'settings.json'), JSON.stringify(settings));
  const args = ['--new-window', '--wait', '--skip-welcome', '--skip-release-notes'];
  args.push('--user-data-dir', profile, '--extensionDevelopmentPath', extension);
  if (workspace) args.push(workspace);
  args.push(...files);
  console.log(`Opening ${command} …  Ctrl+C or closing the window ends it.`);
  const child = windows
    ? spawn(
        `"${command}"`,
        args.map((word) => `"${word}"`),
        { stdio: 'inherit', shell: true },
      )
    : spawn(command, args, { stdio: 'inherit' });
  const ended = new Promise((done, fail) => child.once('error', fail).once('exit', () => done()));
  return {
    ended,
    stop() {
      child.kill();
      // The command has started VS Code apart from itself; VS Code notes its process id in its profile.
      const pid = mainProcess(profile);
      if (pid) process.kill(pid);
    },
  };
}

function mainProcess(profile) {
  try {
    return Number(readFileSync(join(profile, 'code.lock'), 'utf8'));
  } catch {
    return undefined; // it has not come so far
  }
}
