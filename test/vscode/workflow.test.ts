// From a built image on, with real tools: tags, runs, compares, cycles, signs, debugs and cleans up, each clicked as a
// person would.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { addBusybox, startPodman } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { ask } from '../harness/runs';
import { findTool, requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { EditorWindow, requireChromium } from './editor-window';

const dockerfile = `FROM scratch
COPY busybox /bin/sh
EXPOSE 8080
USER 65532
CMD ["/bin/sh", "-c", "echo it runs; sleep 60"]‸
`;

test('what follows a build, in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const engine = startPodman(t);
  const registry = requireTool(t, 'docker-registry');
  const git = requireTool(t, 'git');
  if (!engine || registry === undefined || git === undefined || !requireTool(t, 'skopeo')) return;
  const host = await startDockerRegistry(registry);
  t.after(() => host.stop());
  // A scanner that finds nothing: what it would find is another test.
  const tools = makeFolder(t);
  const trivy = join(tools, 'trivy');
  writeFileSync(trivy, '#!/bin/sh\necho \'{"SchemaVersion":2,"Metadata":{},"Results":[]}\'\n');
  chmodSync(trivy, 0o755);
  const cosign = findTool('cosign');
  const window = await EditorWindow.open({
    env: engine.env,
    settings: { 'drydock.build.engine': 'podman' },
    // Settings of the machine: in a window with a remote side the user's own settings do not count.
    files: {
      '.vscode/settings.json': JSON.stringify({
        'drydock.scan.paths': { trivy },
        ...(cosign === undefined ? {} : { 'drydock.tools.paths': { cosign } }),
      }),
    },
  });
  t.after(() => window.close());
  const { page } = window;
  const file = 'app/Dockerfile';
  if (!addBusybox(t, join(window.folder, 'app'))) return;
  const repository = `${host.host}/team/app`;
  writeFileSync(
    join(window.folder, '.drydock.yaml'),
    `cycle: { repositories: [${repository}], version: 1.4.0 }\n`,
  );
  writeFileSync(join(window.folder, '.gitignore'), 'busybox\n');
  await window.edit(file, dockerfile);
  const callGit = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync(git, [...who, ...args], { cwd: window.folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  callGit('init', '-q');
  callGit('add', '-A');
  callGit('commit', '-q', '-m', 'one');
  /** Waits for a question: the palette may still be closing. */
  const question = (title: string): Promise<void> =>
    page.locator('.quick-input-widget:visible', { hasText: title }).waitFor();
  const clear = (): Promise<void> => window.command('Notifications: Clear All Notifications');

  await window.check(t, 'a tag from the version and the commit', async () => {
    await window.command('Drydock: Build Image…');
    await window.row('Image name').waitFor();
    await page.keyboard.press('Enter');
    await window.notification('Built ').waitFor();
    await clear();
    await window.command('Drydock: Tag Built Image…');
    await question('Tag for which repository?');
    await window.type(repository);
    await page.keyboard.press('Enter');
    await question('Tag as which version?');
    await window.type('1.3.0');
    await page.keyboard.press('Enter');
    await window.notification(`${repository}:1.3.0: tagged`).waitFor();
    await clear();
  });

  await window.check(t, 'a run leaves its terminal open', async () => {
    await window.command('Drydock: Run Built Image…');
    await window.row('Start').waitFor();
    await window.row('Read-only and without rights').click();
    await window.row('Read-only and without rights').filter({ hasText: 'yes' }).waitFor();
    await window.row('Start').click();
    await page.locator('.single-terminal-tab', { hasText: 'run app:dev' }).waitFor();
  });

  await window.check(t, 'a comparison as a page', async () => {
    await page.locator('.monaco-editor .view-line', { hasText: 'EXPOSE' }).click();
    await window.command('Drydock: Compare Images…');
    await question('with which image?');
    await window.type(`${repository}:1.3.0`);
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: 'Preview Dockerfile.compare.md' }).waitFor();
  });

  await window.check(t, 'three images on a diet, in a table that is saved', async () => {
    const files = {
      'go.mod': 'module example.com/shop\n\ngo 1.27\n',
      'cmd/shop/main.go': 'package main\n\nfunc main() {}\n',
      'diet/Dockerfile.naive': 'FROM scratch\nCOPY busybox /bin/sh\nCOPY busybox /bin/apk\n',
      'diet/Dockerfile.distroless': 'FROM scratch\nCOPY busybox /shop\n',
      'diet/Dockerfile.scratch': 'FROM scratch\nCOPY go.mod /shop\n',
    };
    if (!addBusybox(t, join(window.folder, 'shop'))) return;
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(window.folder, 'shop', path)), { recursive: true });
      writeFileSync(join(window.folder, 'shop', path), text);
    }
    await window.edit('shop/cmd/shop/main.go', '‸package main\n');
    await window.command('Drydock: Three-Image Diet');
    await page.locator('.tab.active', { hasText: 'Preview image-diet.md' }).waitFor();
    await window.notification('Saved image-diet.md').waitFor();
    const table = readFileSync(join(window.folder, 'shop/image-diet.md'), 'utf8');
    assert.match(
      table,
      /^\| naive \|.*\n\| distroless \|.*\n\| scratch \|.*shell, package manager, CA certificates/m,
    );
    await window.picture('diet');
    await page.getByRole('button', { name: 'Remove Images' }).click();
    const images = { program: 'podman', args: ['images', '--quiet', 'shop-diet'], env: engine.env };
    for (let tries = 0; tries < 100; tries += 1) if ((await ask(images, '/')).stdout === '') return;
    assert.fail('the images are still there');
  });

  await window.check(t, 'the cycle pushes the version and the commit, and shows its report', async () => {
    await window.edit(file, dockerfile);
    await window.command('Drydock: Run the Cycle');
    await window.notification('The cycle is done, without the steps that were skipped').waitFor();
    await page.locator('.tab.active', { hasText: 'Preview Dockerfile.cycle.md' }).waitFor();
    const args = ['list-tags', '--tls-verify=false', `docker://${repository}`];
    const { stdout } = await ask({ program: 'skopeo', args });
    const { Tags: tags } = JSON.parse(stdout) as { Tags: string[] };
    assert.ok(tags.includes('1.4.0') && tags.length === 2, stdout);
    await clear();
    await window.picture('cycle');
    await window.command('View: Close Editor');
  });

  if (cosign !== undefined) {
    await window.check(t, 'a signature asks for the image and the key', async () => {
      await page.locator('.monaco-editor .view-line', { hasText: 'EXPOSE' }).click();
      await window.command('Drydock: Sign Image…');
      await question('Sign which image of a registry?');
      await window.type(`${repository}:1.4.0`);
      await page.keyboard.press('Enter');
      await window.row('With a private key').waitFor();
      await window.row('With a private key').click();
      await question('Private key');
      await page.keyboard.press('Escape');
      await clear();
    });
  }

  await window.check(t, 'a file is copied out of a container', async () => {
    const create = ['create', '--name', 'looked-into', 'app:dev'];
    const created = await ask({ program: 'podman', args: create, env: engine.env }, '/');
    assert.equal(created.exit, 0, created.stderr);
    await window.command('Drydock: Debug a Container…');
    await question('Look into which container?');
    await window.row('looked-into').click();
    await window.row('A file or folder copied out').click();
    await question('Copy what out of it?');
    await window.type('/bin/sh');
    await page.keyboard.press('Enter');
    const copy = join(window.folder, 'sh');
    for (let tries = 0; !existsSync(copy) && tries < 100; tries += 1) await page.waitForTimeout(100);
    assert.ok(existsSync(copy), 'podman cp has put it into the folder');
    await page
      .locator('.single-terminal-tab, .terminal-tabs-entry', { hasText: 'debug looked-into' })
      .first()
      .waitFor();
    await ask({ program: 'podman', args: ['rm', 'looked-into'], env: engine.env }, '/');
  });

  await window.check(t, 'what is removed is listed once', async () => {
    await page.locator('.monaco-editor .view-line', { hasText: 'EXPOSE' }).click();
    await window.command('Drydock: Clean Up Built Images…');
    await window.row('app:dev').waitFor();
    assert.equal(await window.row('app:dev').count(), 1, 'podman and buildah have one store');
    await page.keyboard.press('Enter');
    await window.notification('app:dev is gone.').waitFor();
  });
});
