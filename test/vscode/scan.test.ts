// Scanning from the editor, with a scanner that answers as trivy does, and what the other commands show.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';
import { EditorWindow, requireChromium } from './editor-window';

const reportText = {
  SchemaVersion: 2,
  Metadata: {},
  Results: [
    {
      Target: 'debian:12 (debian 12)',
      Class: 'os-pkgs',
      Type: 'debian',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2099-1',
          PkgName: 'bash',
          InstalledVersion: '5.2',
          FixedVersion: '5.3',
          Severity: 'CRITICAL',
        },
        { VulnerabilityID: 'CVE-2099-2', PkgName: 'tar', InstalledVersion: '1.34', Severity: 'LOW' },
      ],
    },
  ],
};

test('scans and explains in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const tools = makeFolder(t, { 'report.json': JSON.stringify(reportText) });
  const trivy = join(tools, 'trivy');
  // Waits while the file `slow` is there, so that there is something to cancel.
  writeFileSync(
    trivy,
    `#!/bin/sh\necho "$@" >> ${tools}/calls\nif [ -e ${tools}/slow ]; then echo $$ > ${tools}/pid; sleep 4712; fi\ncat ${tools}/report.json\n`,
  );
  chmodSync(trivy, 0o755);
  const window = await EditorWindow.open({
    // A setting of the machine: in a window with a remote side the user's own settings do not count.
    files: { '.vscode/settings.json': JSON.stringify({ 'drydock.scan.paths': { trivy } }) },
  });
  t.after(() => window.close());
  const problem = window.page.locator('.markers-panel .monaco-list-row', {
    hasText: /known vulnerabilit(?:y|ies) from/,
  });

  await window.check(t, 'one problem on the line of the base image, until the line changes', async () => {
    await window.edit(
      'scan/Dockerfile',
      '# syntax=docker/dockerfile:1\nFROM debian:12‸\nUSER 1000\nCMD ["bash"]\n',
    );
    await window.command('Drydock: Scan Base Image for Vulnerabilities');
    await window.notification('2 known vulnerabilities in debian:12: 1 critical, 1 low.').waitFor();
    await window.command('Problems: Focus on Problems View');
    await problem.waitFor();
    assert.equal(await problem.count(), 1);
    const shown = await problem.innerText();
    assert.match(shown, /1 fixed by updates: bash 5\.2 → 5\.3/);
    assert.match(shown, /\[Ln 2, Col 1\]/);
    assert.match(readFileSync(join(tools, 'calls'), 'utf8'), /^image --format=json .* debian:12$/m);
    await window.picture('scan');

    // What can be done about it stands in the light bulb; to ignore it takes a reason.
    await window.page.locator('.monaco-editor .view-line', { hasText: 'FROM' }).click();
    await window.command('Notifications: Clear All Notifications');
    await window.page.locator('.monaco-editor .view-line', { hasText: 'FROM' }).click();
    const menu = await window.openLightBulb();
    const action = menu.locator('.monaco-list-row.action');
    await action.filter({ hasText: 'Build again with the newest base image of this name' }).waitFor();
    await action.filter({ hasText: 'Ignore a vulnerability in the project' }).hover();
    await window.picture('scan-actions', { downTo: menu });
    await action.filter({ hasText: 'Ignore a vulnerability in the project' }).click();
    await window.row('CVE-2099-2').click();
    await window.type('tar is never called');
    await window.page.keyboard.press('Enter');
    await window.row('For good').click();
    await window.notification('CVE-2099-2 is ignored in .drydock.yaml.').waitFor();
    assert.equal(
      readFileSync(join(window.folder, '.drydock.yaml'), 'utf8'),
      'scan:\n  ignore:\n    - { id: CVE-2099-2, reason: "tar is never called", package: tar }\n',
    );
    await problem.filter({ hasText: '1 known vulnerability from debian:12 (1 critical)' }).waitFor();
    await window.command('Notifications: Clear All Notifications');

    await window.page.locator('.monaco-editor .view-line', { hasText: 'USER' }).click();
    await window.page.keyboard.press('Home');
    await window.page.keyboard.type('ENV A=1\n');
    await window.page.waitForTimeout(1000);
    assert.equal(await problem.count(), 1, 'another line has changed');
    await window.page.locator('.monaco-editor .view-line', { hasText: 'FROM' }).click();
    await window.page.keyboard.press('End');
    await window.page.keyboard.type('-slim');
    await problem.waitFor({ state: 'detached' });
    await window.save('scan/Dockerfile');
  });

  await window.check(t, 'the tools, those that are here and the others', async () => {
    await window.command('Drydock: Check Tools');
    await window.row('Podman').waitFor();
    // The list is longer than the window, which draws the rows in view alone.
    for (const tool of ['Trivy', 'Grype']) {
      await window.type(tool);
      await window.row(tool).waitFor();
    }
    await window.page.keyboard.press('Escape');
  });

  await window.check(t, 'cancelling ends the scanner', async () => {
    writeFileSync(join(tools, 'slow'), '');
    await window.edit('cancel/Dockerfile', 'FROM debian:12\n');
    await window.command('Drydock: Scan Base Image for Vulnerabilities');
    const progress = window.notification('Scanning debian:12 with Trivy');
    await progress.waitFor();
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    const pid = readFileSync(join(tools, 'pid'), 'utf8').trim();
    // It is told to end and may take its time, but not to its own end.
    const isThere = (): boolean => existsSync(`/proc/${pid}`);
    for (let tries = 0; isThere() && tries < 50; tries += 1) await window.page.waitForTimeout(100);
    assert.ok(!isThere(), 'the scanner is still running');
  });

  await window.check(t, 'the page of a rule', async () => {
    await window.edit('explain/Dockerfile', 'FROM debian:12\nMAINTAINER‸ me\n');
    await window.squiggles('warning').or(window.squiggles('info')).first().waitFor();
    const hover = await window.hover();
    await hover.getByText('maintainer-deprecated').first().click();
    await window.page.locator('.tab.active', { hasText: 'maintainer-deprecated.md' }).waitFor();
    // Rendered, not as text.
    await window.page.locator('.editor-instance iframe, .webview').first().waitFor({ state: 'attached' });

    await window.edit('explain/Dockerfile', 'FROM debian:12\nMAINTAINER‸ me\n');
    // The finding at the cursor says which rule is meant.
    await window.command('Drydock: Explain Rule');
    await window.page.locator('.tab.active', { hasText: 'Preview maintainer-deprecated.md' }).waitFor();
  });

  await window.check(t, 'the status of the server', async () => {
    await window.edit('status/Dockerfile', 'FROM debian:12\n');
    await window.page.locator('#status\\.languageStatus').first().hover();
    const hover = window.page.locator('.hover-language-status:visible');
    await hover.filter({ hasText: 'Drydock' }).first().waitFor();
    await hover
      .filter({ hasText: /\d+ rules/ })
      .first()
      .waitFor();
    await hover.filter({ hasText: 'Language features: on' }).first().waitFor();
  });
});
