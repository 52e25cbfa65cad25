// `npm start` from a fresh checkout: it prints an address, the extension works there on the sample, and Ctrl+C
// ends all of it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';
import { fromTools, requireChromium } from './editor-window';
import { processes } from './host/processes';
import type * as chromium from '../../server/tools/vscode/chromium.mjs';

const startTimeout = 90_000;

test('npm start shows the sample in a browser, and Ctrl+C ends it', async (t) => {
  if (!(await requireChromium(t))) return;
  const folder = makeFolder(t);
  const checkout = join(folder, 'drydock');
  copyCheckout(checkout);
  const temporary = join(folder, 't'); // paths of sockets have to be short
  mkdirSync(temporary);

  const started = spawn('npm', ['start', '--', '--browser'], {
    cwd: checkout,
    // No display: on a machine with one, the page would open there too.
    env: { ...process.env, TMPDIR: temporary, DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, as a terminal makes it
  });
  const kill = (signal: NodeJS.Signals): boolean => process.kill(-(started.pid ?? 0), signal);
  let running = true;
  started.once('close', () => (running = false));
  t.after(() => running && kill('SIGKILL'));
  let output = '';
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding('utf8').on('data', (data: string) => (output += data));
  const ended = once(started, 'close');

  const address = await new Promise<string>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`npm start printed no address:\n${output}`)), startTimeout);
    const look = (): void => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      done(found);
    };
    started.stdout.on('data', look);
    started.once('close', () => fail(new Error(`npm start has ended:\n${output}`)));
  });

  const { launchChromium } = await fromTools<typeof chromium>('chromium.mjs');
  const browser = await launchChromium();
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(startTimeout);
  await page.goto(address);
  await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
  assert.match(await page.title(), /^\[Extension Development Host\]/);
  await browser.close();

  kill('SIGINT');
  const [code, signal] = (await ended) as [number | null, string | null];
  // npm's shell gets the signal too, and says so.
  assert.ok(signal === 'SIGINT' || code === 0 || code === 130, output);
  assert.match(output, /Ending VS Code\.\s*$/);
  assert.deepEqual(
    processes().filter(({ command }) => command.includes(folder)),
    [],
  );
  assert.deepEqual(readdirSync(temporary), []);
  assert.equal(git(checkout, 'status', '--porcelain'), '', 'the checkout stays clean');
});

/** What a clone of the present state would hold, with the packages that are installed here. */
function copyCheckout(target: string): void {
  const files = git('.', 'ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0');
  for (const file of new Set(files)) {
    if (file === '' || !existsSync(file)) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(file, join(target, file));
  }
  symlinkSync(resolve('node_modules'), join(target, 'node_modules'));
  git(target, 'init', '--quiet');
  git(target, 'add', '--all');
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  git(target, ...author, 'commit', '--quiet', '--message', 'The present state');
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' });
}
