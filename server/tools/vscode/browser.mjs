// The browser-hosted VS Code, for a person: prints the address, and opens it where there is a display.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { hasDisplay } from './desktop.mjs';
import { startServer, windowAddress } from './server.mjs';

/**
 * @typedef {object} StartOptions
 * @property {string} extension folder of the extension under development
 * @property {string | undefined} workspace folder to open
 * @property {readonly string[]} files to open
 * @property {string} temporary folder for settings and state, which the caller removes
 * @property {number} port for the browser-hosted one; 0 takes a free one
 *
 * @typedef {object} StartedEditor
 * @property {Promise<void>} ended
 * @property {() => void} stop
 */

/**
 * @param {StartOptions} options
 * @returns {Promise<StartedEditor>}
 */
export async function openBrowser({ extension, workspace, files, temporary, port }) {
  const args = [
    '--user-data-dir',
    join(temporary, 'data'),
    '--extensions-dir',
    join(temporary, 'extensions'),
  ];
  const server = await startServer({ args, temporary, port });
  const address = windowAddress(server, { workspace, files, extensions: [extension] });
  console.log(`\nVS Code with Drydock:\n\n  ${address}\n\nCtrl+C ends it.`);
  if (hasDisplay()) openAddress(address);
  return { ended: server.exited, stop: server.stop };
}

function openAddress(address) {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [address], { stdio: 'ignore', detached: true });
  child.once('error', () => console.log('Open this address in your browser.'));
  child.unref();
}
