// From a built image on, with real tools: tags, runs, compares, cycles, signs, debugs and cleans up, each clicked as a
// person would.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { addBusybox, startPodman } from '../harness/engines';
import { startDockerRegistry } from '../harness/registry';
import { ask } from '../harness/runs';
import { makeKeys } from '../harness/signing-keys';
import { findTool, requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { EditorWindow, requireChromium } from './editor-window';

const dockerfile = `FROM scratch
COPY busybox /bin/sh
EXPOSE 8080
USER 65532
CMD ["/bin/sh", "-c", "echo it runs; sleep 60"]‸
`;

/** What a scanner says of one package that a COPY has brought. */
const finds = {
  SchemaVersion: 2,
  Metadata: {},
  Results: [
    {
      Target: 'bin/sh',
      Class: 'lang-pkgs',
      Type: 'gobinary',
      Vulnerabilities: [
        { VulnerabilityID: 'CVE-2099-3', PkgName: 'stdlib', InstalledVersion: '1.20', Severity: 'HIGH' },
      ],
    },
  ],
};

/** A list of contents without a package. */
const spdx = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'app',
  dataLicense: 'CC0-1.0',
  documentNamespace: 'https://example.com/app',
  creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Tool: test'] },
  packages: [],
};

test('what follows a build, in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const engine = startPodman(t);
  const registry = requireTool(t, 'docker-registry');
  const git = requireTool(t, 'git');
  if (!engine || registry === undefined || git === undefined || !requireTool(t, 'skopeo')) return;
  const host = await startDockerRegistry(registry);
  t.after(() => host.stop());
  // A scanner that finds nothing until it is told what.
  const tools = makeFolder(t);
  const trivy = join(tools, 'trivy');
  writeFileSync(
    trivy,
    `#!/bin/sh\nif [ -e ${tools}/finds ]; then cat ${tools}/finds; else echo '{"SchemaVersion":2,"Metadata":{},"Results":[]}'; fi\n`,
  );
  chmodSync(trivy, 0o755);
  // The real one, told that the services of sigstore are not here.
  const realCosign = findTool('cosign');
  const cosign = realCosign === undefined ? undefined : join(tools, 'cosign');
  if (cosign !== undefined && realCosign !== undefined) {
    const services = makeKeys(realCosign, tools, ['mine']);
    const script = `#!/bin/sh
case "$1" in
  sign|attest) exec ${realCosign} "$@" --signing-config=${services} ;;
  verify*) exec ${realCosign} "$@" --insecure-ignore-tlog=true ;;
  *) exec ${realCosign} "$@" ;;
esac
`;
    writeFileSync(cosign, script);
    chmodSync(cosign, 0o755);
  }
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
  writeFileSync(join(window.folder, '.gitignore'), 'busybox\nshop/\n');
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
    await page.frameLocator('iframe.webview').frameLocator('iframe').getByText('What that means').waitFor();
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
    const answer = async (title: string, text: string): Promise<void> => {
      await question(title);
      if (text !== '') await window.type(text);
      await page.keyboard.press('Enter');
    };
    /** The dialog opens in the folder of the file. */
    const choose = async (title: string, name: string): Promise<void> => {
      await question(title);
      await window.row(name).first().click();
    };
    const begin = async (command: string): Promise<void> => {
      await page.locator('.monaco-editor .view-line', { hasText: 'EXPOSE' }).click();
      await window.command(command);
    };

    for (const name of ['mine.key', 'mine.pub'])
      copyFileSync(join(tools, name), join(window.folder, 'app', name));
    writeFileSync(join(window.folder, 'app/app.spdx.json'), JSON.stringify(spdx));
    await window.check(t, 'signed with a key, a list attached, and both checked', async () => {
      await begin('Drydock: Sign Image…');
      await answer('Sign which image of a registry?', `${repository}:1.4.0`);
      await window.row('With a private key').click();
      await choose('Private key', 'mine.key');
      await answer('Password of the key', '');
      await window.notification(`Signed ${repository}@sha256:`).waitFor();
      await window.picture('signed');
      await clear();

      await begin('Drydock: Attach a Signed List of Contents…');
      // The image that was named last is proposed.
      await answer('Attach a list of contents to which image', '');
      await choose('List of contents', 'app.spdx.json');
      await window.row('With a private key').click();
      await choose('Private key', 'mine.key');
      await answer('Password of the key', '');
      await window.notification(`Attached the list to ${repository}@sha256:`).waitFor();
      await clear();

      await begin('Drydock: Verify Signature…');
      await answer('Check the signature of which image', '');
      await window.row('With a public key').click();
      await choose('Public key', 'mine.pub');
      await window.notification('is signed as asked. Deploy this digest.').waitFor();
      await window.picture('verified');
      await clear();
    });
  }

  await window.check(t, 'what a scan has found is grey once the file is another', async () => {
    writeFileSync(join(tools, 'finds'), JSON.stringify(finds));
    await page.locator('.monaco-editor .view-line', { hasText: 'EXPOSE' }).click();
    await window.command('Drydock: Scan Built Image for Vulnerabilities');
    await window.command('Problems: Focus on Problems View');
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'known vulnerabilit' });
    await problem.first().waitFor();
    assert.equal(await problem.filter({ hasText: 'out of date' }).count(), 0);
    await clear();
    await page.locator('.monaco-editor .view-line', { hasText: 'EXPOSE' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type('1');
    await problem
      .filter({ hasText: 'out of date: the file or the image has changed since' })
      .first()
      .waitFor();
    await page
      .locator('.monaco-editor .squiggly-unnecessary, .monaco-editor .squiggly-inline-unnecessary')
      .first()
      .waitFor();
    await window.picture('scan-old');
    await page.keyboard.press('Backspace');
    await window.save(file);
  });

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
