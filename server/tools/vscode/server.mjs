// Starts the VS Code server, and says at which address it shows what.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { installVSCode, installation } from './installation.mjs';

const startTimeout = 60_000;
const listeningLine = /Extension host agent listening on (\d+)/;

/** No extension gallery: extensions come from the development folder and from packages only. */
const environment = { ...process.env, EXTENSIONS_GALLERY: '{}' };

/**
 * Runs a command that needs no window, such as `--install-extension x.vsix`.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runServerCommand(args) {
  await installVSCode();
  const child = spawn(installation.node, serverArguments(args), { env: environment });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((done, fail) => child.once('error', fail).once('close', done));
  return { code: code ?? 1, output };
}

const serverArguments = (args) => [installation.server, '--accept-server-license-terms', ...args];

/**
 * Starts a server on the loopback interface and waits until it listens.
 *
 * @param {object} options
 * @param {readonly string[]} options.args added to its command line
 * @param {string} options.temporary folder for its sockets, which it leaves behind when it ends
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {Record<string, string | undefined>} [options.env] added to its environment and the extension host's
 * @param {(data: string) => void} [options.onOutput] takes its log
 * @returns {Promise<{
 *   origin: string, token: string,
 *   exited: Promise<void>,
 *   stop(): void, // ends the server, the extension hosts and the language servers at once
 * }>}
 * @throws {Error} with its log when it ends early or does not listen within a minute
 */
export async function startServer({ args, temporary, port = 0, env, onOutput }) {
  await installVSCode();
  const token = randomUUID();
  const fixed = [
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
    ...['--telemetry-level', 'off', '--disable-workspace-trust', '--disable-getting-started-override'],
    // Should this process be killed, the server ends by itself five minutes later.
    ...['--enable-remote-auto-shutdown', '--reconnection-grace-time', '5'],
  ];
  const child = spawn(installation.node, serverArguments([...fixed, ...args]), {
    env: { ...environment, ...socketFolder(temporary), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that `stop` reaches all that the server starts
  });
  const stop = () => {
    process.off('exit', stop);
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error; // else it has ended
    }
  };
  process.once('exit', stop);
  const exited = new Promise((done) => child.once('exit', () => done()));
  try {
    const listening = await listeningPort(child, onOutput);
    return { origin: `http://127.0.0.1:${listening}`, token, exited, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Only on Linux: elsewhere folders for temporary files have names too long for a socket in a folder below. */
function socketFolder(temporary) {
  return process.platform === 'linux' ? { TMPDIR: temporary } : {};
}

function listeningPort(child, onOutput) {
  let output = '';
  return new Promise((done, fail) => {
    const give = (settle, value) => {
      clearTimeout(timer);
      settle(value);
    };
    const timer = setTimeout(
      () => give(fail, new Error(`The VS Code server did not start:\n${output}`)),
      startTimeout,
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (data) => {
        onOutput?.(data);
        output = (output + data).slice(-20_000);
        const port = listeningLine.exec(output)?.[1];
        if (port) give(done, port);
      });
    }
    child.once('error', (error) => give(fail, error));
    child.once('exit', (code, signal) =>
      give(fail, new Error(`The VS Code server ended (${signal ?? code}):\n${output}`)),
    );
  });
}

/**
 * The address of a window. Paths may be relative to the working directory.
 *
 * @param {{ origin: string, token: string }} server
 * @param {object} window
 * @param {string} [window.workspace] a folder or a .code-workspace file; an empty window without it
 * @param {readonly string[]} [window.files] files to open
 * @param {readonly string[]} [window.extensions] folders of extensions under development
 * @param {string} [window.extensionTests] module that the extension host runs as its tests
 * @param {boolean} [window.disableExtensions] leaves out the installed extensions
 * @returns {string}
 */
export function windowAddress({ origin, token }, window) {
  const { workspace, files = [], extensions = [], extensionTests, disableExtensions } = window;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...extensions.map((folder) => ['extensionDevelopmentPath', resolve(folder)]),
    ...files.map((file) => ['openFile', fileAddress(origin, resolve(file))]),
  ];
  if (extensionTests) payload.push(['extensionTestsPath', resolve(extensionTests)]);
  if (disableExtensions) payload.push(['disableExtensions', 'true']);
  const query = new URLSearchParams({ tkn: token });
  if (workspace) query.set(statSync(workspace).isDirectory() ? 'folder' : 'workspace', resolve(workspace));
  else query.set('ew', 'true');
  query.set('payload', JSON.stringify(payload));
  return `${origin}/?${query}`;
}

const fileAddress = (origin, path) => `vscode-remote://${new URL(origin).host}${encodeURI(path)}`;
