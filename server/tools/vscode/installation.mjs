// The browser-hosted VS Code: where it lies, and how it gets there. It is the real VS Code server and
// extension host (npm package `code-server`) on the Node.js it is built for (npm packages `node-*`), for
// machines without desktop VS Code. Nothing is compiled and nothing but npm's registry is asked.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const codeServer = '4.139.1'; // carries VS Code 1.139.1
const nodeVersion = '24.21.0'; // the major version that this VS Code server asks for
const revision = 1; // raise it when the steps below or the files they copy change

// Parts that developing an extension does not need: AI features, sign-in, tunnels, Windows helpers, large
// extensions, and everything that would have to be compiled. `stand-ins/` replaces what VS Code cannot miss.
const unneededDependencies =
  /^(@devcontainers\/cli|@github\/copilot-sdk|@microsoft\/mxc-sdk|@vscode\/(copilot-api|deviceid|native-watchdog|sandbox-runtime|spdlog|sqlite3|windows-.*)|kerberos|node-addon-api|ssh2|tar|zod)$/;
const unneededExtensions = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];
const ownFiles = import.meta.dirname;

const root = join(cacheFolder(), `vscode-${codeServer}-${revision}`);

/** Paths of the installed parts; they exist once `installVSCode` has come back. */
export const installation = {
  root,
  node: join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node'),
  server: join(root, 'vscode', 'out', 'server-main.js'),
};

/** `DRYDOCK_VSCODE_CACHE`, or a folder of ours where this system keeps caches. */
function cacheFolder() {
  if (process.env.DRYDOCK_VSCODE_CACHE) return process.env.DRYDOCK_VSCODE_CACHE;
  const caches =
    process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Caches')
      : (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
  return join(caches, 'drydock');
}

/**
 * Installs VS Code unless it is there already. May be called by several processes at once: each works in a
 * folder of its own, the first to finish gives the folder its final name, and a folder with the final name
 * is complete.
 *
 * @param {(line: string) => void} [report] takes lines of progress
 * @throws {Error} with the output of the step that failed
 */
export async function installVSCode(report = (line) => process.stderr.write(`${line}\n`)) {
  if (existsSync(root)) return;
  if (process.platform === 'win32') {
    throw new Error('The browser-hosted VS Code runs on Linux and macOS. Install the desktop VS Code.');
  }
  removeLeftovers();
  const started = Date.now();
  const unfinished = `${root}.${process.pid}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  try {
    report(`Installing VS Code (code-server ${codeServer}, about 150 MB) below ${cacheFolder()}`);
    await installNode(unfinished, report);
    await installServer(join(unfinished, 'vscode'), report);
    finish(unfinished);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  report(`VS Code is installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** Removes what installations left behind whose process was killed. */
function removeLeftovers() {
  if (!existsSync(cacheFolder())) return;
  for (const name of readdirSync(cacheFolder())) {
    const pid = /\.(\d+)\.unfinished$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function finish(unfinished) {
  try {
    renameSync(unfinished, root);
  } catch (error) {
    if (!existsSync(root)) throw error; // else another process was faster
  }
}

async function installNode(folder, report) {
  const dependencies = { [`node-${process.platform}-${process.arch}`]: nodeVersion };
  writeJson(join(folder, 'package.json'), { private: true, dependencies });
  await npmInstall(folder, `  Node.js ${nodeVersion}`, report);
}

async function installServer(folder, report) {
  mkdirSync(folder);
  const pack = ['pack', `code-server@${codeServer}`, '--json', '--loglevel=error'];
  const packed = await run('npm', pack, { cwd: folder, step: '  VS Code server', report });
  const [{ filename }] = JSON.parse(packed);
  const unneeded = unneededExtensions.map((name) => `--exclude=package/lib/vscode/extensions/${name}`);
  const unpack = ['-xzf', filename, '--strip-components=3', ...unneeded, 'package/lib/vscode'];
  await run('tar', unpack, { cwd: folder, step: '  unpacking', report });
  rmSync(join(folder, filename));

  const manifestFile = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  for (const name of Object.keys(manifest.dependencies)) {
    if (unneededDependencies.test(name)) delete manifest.dependencies[name];
  }
  writeJson(manifestFile, manifest);
  await npmInstall(folder, '  libraries of the server', report);
  cpSync(join(ownFiles, 'stand-ins'), join(folder, 'node_modules', '@vscode'), { recursive: true });
  addPageSetup(join(folder, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.html'));
}

/** Puts our script in front of the workbench's own. The server fills in the nonce that lets it run. */
function addPageSetup(file) {
  const page = readFileSync(file, 'utf8');
  const workbench = page.indexOf('<script type="module"');
  if (workbench < 0) throw new Error(`${file} has changed: the place for our script was not found.`);
  const setup = readFileSync(join(ownFiles, 'page-setup.js'), 'utf8');
  const script = `<script nonce="{{WORKBENCH_SCRIPT_NONCE}}">\n${setup}</script>\n`;
  writeFileSync(file, page.slice(0, workbench) + script + page.slice(workbench));
}

function npmInstall(cwd, step, report) {
  const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  return run('npm', ['install', '--prefix', cwd, ...options], { cwd, step, report });
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Runs a command to its end, reporting a line at the start and one every ten seconds.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, step: string, report: (line: string) => void }} options
 * @returns {Promise<string>} the standard output
 * @throws {Error} with all the output when the command fails
 */
async function run(command, args, { cwd, step, report }) {
  report(`${step} …`);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const pulse = setInterval(() => report(`${step} … ${seconds()} s`), 10_000);
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (data) => (output[name] += data));
  try {
    const code = await new Promise((done, fail) => child.once('error', fail).once('close', done));
    if (code === 0) return output.stdout;
  } finally {
    clearInterval(pulse);
  }
  throw new Error(`${command} ${args.join(' ')} failed:\n${output.stdout}${output.stderr}`);
}
