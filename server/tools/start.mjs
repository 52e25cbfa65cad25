// `npm start`: opens VS Code with the extension under development, on a copy of the sample workspace.
//
//   npm start                       the desktop VS Code, or the browser-hosted one without it
//   npm start -- --browser          the browser-hosted one
//   npm start -- path               on a folder or a file of your own
//   npm start -- --port 8123        the browser-hosted one on this port
//
// Ctrl+C ends it and everything it has started.
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare } from './prepare.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
// npm runs scripts in the project; INIT_CWD is where the user was.
const from = process.env.INIT_CWD ?? process.cwd();

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { browser: { type: 'boolean' }, port: { type: 'string' } },
    });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port must be a number from 0 to 65535, not ${values.port}.`);
    if (positionals.length > 1) throw new Error('Give one folder or one file.');
    const path = positionals[0] === undefined ? undefined : resolve(from, positionals[0]);
    const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (path !== undefined && !stat) throw new Error(`There is no file or folder ${path}.`);
    return {
      browser: values.browser ?? values.port !== undefined,
      port,
      path,
      isFile: stat?.isFile() === true,
    };
  } catch (error) {
    // Node adds advice about arguments that begin with a dash, which nobody means here.
    const [problem] = error.message.split(/(?<=\.) /, 1);
    console.error(`${problem}\nUsage: npm start -- [--browser] [--port NUMBER] [folder or file]`);
    process.exit(2);
  }
}

/** Whether nobody on this machine listens at a port. */
function isFree(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

process.chdir(root);
// Before packages are installed, which takes a while.
const { browser, port, path, isFile } = readArguments();
if (port > 0 && !(await isFree(port))) {
  console.error(`Port ${port} is taken. End the program that uses it, or choose another one with --port.`);
  process.exit(2);
}
prepare();

const temporary = mkdtempSync(join(tmpdir(), 'drydock-start-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));

try {
  console.log('Bundling the extension …');
  const { bundle } = await import('./bundle.mjs');
  await bundle({ dev: true });
  const { findDesktop, openDesktop } = await import('./vscode/desktop.mjs');
  const desktop = browser ? undefined : findDesktop();
  const open = desktop
    ? (options) => openDesktop(desktop, options)
    : (await import('./vscode/browser.mjs')).openBrowser;
  const sample = join(temporary, 'sample');
  if (!path) cpSync(join('test', 'vscode', 'sample'), sample, { recursive: true });
  const editor = await open({
    extension: root,
    workspace: isFile ? undefined : (path ?? sample),
    files: isFile ? [path] : path ? [] : [join(sample, 'node', 'Dockerfile')],
    temporary,
    port,
  });
  let ending = false;
  // The terminal and npm may both pass on the same Ctrl+C.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      console.log('\nEnding VS Code.');
      editor.stop();
    });
  }
  await editor.ended;
} catch (error) {
  if (!error.errors) console.error(error.message); // else the bundler has told them
  process.exit(1);
}
process.exit(0);
