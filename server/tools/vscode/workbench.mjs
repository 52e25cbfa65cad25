// Opens the workbench of a VS Code server in headless Chromium.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { runServerCommand, startServer, windowAddress } from './server.mjs';

const loadTimeout = 60_000;

/**
 * Opens a window; `workbench.d.mts` describes the options and what comes back.
 *
 * @type {typeof import('./workbench.mjs').openWorkbench}
 */
export async function openWorkbench(options) {
  const temporary = mkdtempSync(join(tmpdir(), 'drydock-vscode-'));
  const removeTemporary = () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeTemporary);
  let browser, server;
  const close = async () => {
    await browser?.close();
    server?.stop();
    await server?.exited; // it holds files open below the folder
    removeTemporary();
    process.off('exit', removeTemporary);
  };
  try {
    const args = await prepareFolders(options, temporary);
    server = await startServer({ args, temporary, env: options.env, onOutput: options.onServerOutput });
    browser = await launchChromium();
    const page = await newPage(browser, options);
    await page.goto(windowAddress(server, options));
    await page.waitForSelector('.monaco-workbench', { timeout: loadTimeout });
    return { page, serverExited: server.exited, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes the settings and installs the packages; returns arguments for the server. */
async function prepareFolders(
  { userDataDir, extensionsDir, settings, machineSettings, packages = [] },
  temporary,
) {
  const userData = resolve(userDataDir ?? join(temporary, 'user-data'));
  const extensions = resolve(extensionsDir ?? join(temporary, 'extensions'));
  const args = ['--user-data-dir', userData, '--extensions-dir', extensions];
  // In a window with a remote side, settings of the machine are those of the machine where extensions run.
  for (const [folder, values] of [
    ['User', settings],
    ['Machine', machineSettings],
  ]) {
    if (!values) continue;
    const file = join(userData, folder, 'settings.json');
    const present = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...present, ...values }, null, 2));
  }
  for (const file of packages) {
    const { code, output } = await runServerCommand([
      '--install-extension',
      resolve(file),
      '--force',
      ...args,
    ]);
    if (code !== 0) throw new Error(`Could not install ${file}:\n${output}`);
  }
  return args;
}

async function newPage(browser, { viewport, functions = {} }) {
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 800 },
    screen: { width: 3840, height: 2160 }, // larger, or the workbench takes itself for full screen
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  for (const [name, call] of Object.entries(functions)) await page.exposeFunction(name, call);
  return page;
}
