// "New from Pattern…" as a person uses it: in a Go module, in an empty folder, and where a file is there already.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Pusher, image, startDockerRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { patternText } from '../snippets/expand';
import { EditorWindow, requireChromium } from './editor-window';

const module = {
  'go.mod': 'module example.com/shop\n\ngo 1.27\n',
  'cmd/shop/main.go': 'package main\n\nfunc main() {}\n',
};

test('new from pattern in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const address = `http://${registry.host}`;
  for (const tag of ['1.27-trixie', '1.99-trixie', '1.100-rc-trixie', '1.99-bookworm', 'latest'])
    await new Pusher(address).image('library/golang', image('linux/amd64', tag), tag);
  const files = Object.fromEntries(Object.entries(module).map(([path, text]) => [`shop/${path}`, text]));
  const window = await EditorWindow.open({
    files,
    machineSettings: { 'drydock.registry.mirrors': { 'docker.io': address } },
  });
  t.after(() => window.close());
  const read = (path: string): string => readFileSync(join(window.folder, path), 'utf8');
  const input = window.page.locator('.quick-input-widget:visible');
  const shop = patternText(
    'distroless-go',
    new Map([
      ['app', 'shop'],
      ['package', './cmd/shop'],
      ['go', '1.27'],
    ]),
  );

  await window.check(
    t,
    'an empty Dockerfile in a Go module offers it, and gets what the module says',
    async () => {
      await window.edit('shop/Dockerfile', '‸');
      const menu = await window.openLightBulb();
      await menu.locator('.monaco-list-row.action', { hasText: 'New from pattern' }).click();
      await window.row('Go on distroless').first().waitFor();
      await window.picture('patterns', { downTo: input, fromTop: true });
      await window.row('Go on distroless').first().click();
      await window.row('program: shop').waitFor();
      await window.picture('pattern-values', { downTo: input, fromTop: true });
      assert.match(await window.row('Go version: 1.27').innerText(), /from go\.mod/);
      await window.row('Create Dockerfile, .dockerignore').click();
      await window.page.locator('.tab.active', { hasText: 'Dockerfile' }).waitFor();
      await window.page.locator('.view-line', { hasText: 'ENTRYPOINT' }).waitFor();
      // The editor asks for the edit of an action that has none: nobody must be told.
      assert.equal(await window.notification('does not know this action').count(), 0);
      assert.equal(await window.save('shop/Dockerfile'), shop);
      await window.notification('Created Dockerfile, .dockerignore.').waitFor();
      assert.ok(read('shop/.dockerignore').split('\n').includes('.env*'));
    },
  );

  await window.check(t, 'a file that differs is compared and kept, and a value can be changed', async () => {
    const kept = 'FROM scratch\n';
    await window.edit('shop/Dockerfile', `${kept}‸`);
    await window.command('Drydock: New from Pattern');
    await window.row('Go on distroless').first().click();
    await window.row('Go version: 1.27').click();
    await window.row('1.26').click();
    await window.row('Go version: 1.26').waitFor();
    await window.row('Compare Dockerfile').click();
    await window.page.locator('.tab.active', { hasText: 'and the pattern' }).waitFor();
    await window.page.locator('.view-line', { hasText: 'golang:1.26-trixie' }).first().waitFor();
    assert.equal(read('shop/Dockerfile'), kept);
  });

  await window.check(
    t,
    'the newest versions come from the registry, once a person asks for them',
    async () => {
      // A module says its version, so the table is asked only where there is none.
      await window.edit('other/note.txt', '‸nothing\n');
      await window.command('Drydock: New from Pattern');
      await window.row('Go on distroless').first().click();
      const entry = window.row('Look up the newest versions');
      assert.match(await entry.innerText(), /Asks docker\.io/);
      assert.match(await window.row('Go version: 1.2').innerText(), /from the table of \d{4}-\d\d-\d\d/);
      await entry.click();
      const newest = window.row('Go version: 1.99');
      await newest.waitFor();
      assert.match(await newest.innerText(), /the newest in docker\.io/);
      // There is nothing left to ask.
      assert.equal(await entry.count(), 0);
      await window.row('Create Dockerfile').click();
      await window.page.locator('.view-line', { hasText: 'golang:1.99-trixie' }).first().waitFor();
      assert.match(read('other/Dockerfile'), /^FROM golang:1\.99-trixie AS build$/m);
    },
  );

  await window.check(t, 'the ways to build a project are ranked for it', async () => {
    await window.edit('shop/go.mod', `‸${module['go.mod']}`);
    await window.command('Drydock: Which Builder?');
    await window.row('ko for Go programs').waitFor();
    assert.match(await window.row('').first().innerText(), /^Go on distroless/);
    assert.equal(await window.row('jib').count(), 0);
    await window.page.keyboard.press('Escape');
  });

  await window.check(t, 'a folder without a project gets any pattern', async () => {
    await window.edit('empty/note.txt', '‸nothing\n');
    await window.command('Drydock: New from Pattern');
    await window.row('Go on distroless').first().click();
    await window.row('Create Dockerfile').click();
    await window.page.locator('.view-line', { hasText: 'ENTRYPOINT' }).first().waitFor();
    assert.equal(existsSync(join(window.folder, 'empty/Dockerfile')), true);
  });
});
