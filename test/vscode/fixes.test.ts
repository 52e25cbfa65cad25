// What a person sees and does in the editor: findings, the light bulb, pinning against a real registry,
// snippets. What counts is the text of the saved file.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { image, index, Pusher, startDockerRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { EditorWindow, requireChromium } from './editor-window';
import { patternText } from '../snippets/expand';

test('findings, fixes, pins and snippets in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const window = await EditorWindow.open();
  t.after(() => window.close());

  await window.check(t, 'a squiggle, its reason under the mouse, its fix behind the light bulb', async () => {
    await window.edit('recommends/Dockerfile', debian);
    await window.squiggles('info').first().waitFor();
    const hover = await window.hover();
    const text = await hover.innerText();
    assert.match(text, /^apt-get .*recommend.*drydock\W*apt-no-install-recommends/s);
    await window.page.keyboard.press('Escape');

    await window.fix('Add --no-install-recommends', { picture: 'fix' });
    assert.equal(
      await window.save('recommends/Dockerfile'),
      debian
        .replace('‸install -y', 'install -y --no-install-recommends')
        .replace('curl', 'curl ca-certificates'),
    );
    await window.squiggles('info').first().waitFor({ state: 'detached' });
  });

  await window.check(t, 'the light bulb gives the image a user that its base can make', async () => {
    await window.edit('user/Dockerfile', debian.replace('‸', '').replace('CMD', '‸CMD'));
    await window.squiggles('warning').first().waitFor();
    const title = await window.fix(/USER|user/, { picture: 'user' });
    assert.equal(
      await window.save('user/Dockerfile'),
      debian.replace('‸', '').replace('CMD', 'RUN useradd --create-home --uid 10001 app\nUSER app\nCMD'),
      title,
    );
    await window.squiggles('warning').first().waitFor({ state: 'detached' });
  });

  await window.check(t, 'the light bulb pins an image to the digest that the registry names', async (t) => {
    const program = requireTool(t, 'docker-registry');
    if (program === undefined) return;
    const registry = await startDockerRegistry(program);
    t.after(() => registry.stop());
    const images = [image('linux/amd64'), image('linux/arm64')];
    const list = index(images);
    const pusher = new Pusher(`http://${registry.host}`);
    for (const one of images) await pusher.image('team/base', one);
    await pusher.manifest('team/base', list, '1.4');

    const name = `${registry.host}/team/base`;
    const text = `FROM ${name}:‸1.4 AS build\nRUN make\n\nFROM scratch\nCOPY --from=build /app /app\nUSER 65532\nENTRYPOINT ["/app"]\n`;
    const pinned = text.replace('‸1.4', `1.4@${list.digest}`);
    await window.edit('pin/Dockerfile', text);
    const title = await window.fix(/^Pin .* to its digest$/, { picture: 'pin' });
    assert.match(title, /^Pin \S*team\/base\S* to its digest$/);
    assert.equal(await window.save('pin/Dockerfile'), pinned);
    await window.picture('pinned', { downTo: window.page.locator('.view-line', { hasText: 'ENTRYPOINT' }) });

    await window.edit('pin-all/Dockerfile', text);
    await window.command('Drydock: Pin All Images in This File to Their Digests');
    await window.page.locator('.tab.active.dirty').waitFor();
    assert.equal(await window.save('pin-all/Dockerfile'), pinned);

    // A tag that has moved on.
    const newer = index(images.slice(0, 1));
    await pusher.manifest('team/base', newer, '1.5');
    const moved = pinned.replace(':1.4@', ':1.5@');
    await window.edit('update/Dockerfile', moved.replace('@sha256:', '@‸sha256:'));
    const update = await window.fix(/^Update the digest of /, { picture: 'update-digest' });
    assert.match(update, /team\/base:1\.5$/);
    assert.equal(await window.save('update/Dockerfile'), moved.replace(list.digest, newer.digest));
  });

  await window.check(t, 'typing a name proposes the snippet, and the rest of a line none', async () => {
    await window.edit('typed/Dockerfile', '‸');
    await window.page.keyboard.type('distroless-ru');
    const proposals = window.page.locator('.suggest-widget.visible .monaco-list-row');
    await proposals.filter({ hasText: 'distroless-rust' }).first().click();
    await window.page.keyboard.press('Escape');
    assert.equal(await window.save('typed/Dockerfile'), patternText('distroless-rust'));
  });

  await window.check(t, 'COPY completes the paths of the build context', async () => {
    mkdirSync(join(window.folder, 'paths/src'), { recursive: true });
    writeFileSync(join(window.folder, 'paths/src/main.py'), '');
    await window.edit('paths/Dockerfile', 'FROM python:3.14-slim\nCOPY src/m‸ /app/\n');
    await window.page.keyboard.press('Control+Space');
    const proposal = window.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'main.py' });
    await proposal.first().waitFor();
    // Nothing else begins with an m there, no snippet either.
    assert.equal(await window.page.locator('.suggest-widget.visible .monaco-list-row').count(), 1);
    await proposal.first().click();
    assert.match(await window.save('paths/Dockerfile'), /^COPY src\/main\.py \/app\/$/m);
  });

  await window.check(t, 'a wrong configuration is marked in its own file', async () => {
    mkdirSync(join(window.folder, 'configured'), { recursive: true });
    writeFileSync(join(window.folder, 'configured/.drydock.yaml'), 'rules:\n  apt-get-yess: off\n');
    await window.edit('configured/Dockerfile', 'FROM ‸debian\n');
    await window.squiggles('warning').first().waitFor();
    await window.command('View: Toggle Problems');
    const problem = window.page.locator('.markers-panel .monaco-list-row', { hasText: 'apt-get-yess' });
    await problem.first().waitFor();
    assert.match(await problem.first().innerText(), /apt-get-yes\b/);
    await window.command('View: Toggle Problems');
  });

  await window.check(t, 'snippets insert whole working patterns', async () => {
    for (const pattern of ['distroless-rust', 'distroless-python', 'distroless-go']) {
      const name = `${pattern}/Dockerfile`;
      await window.edit(name, '‸');
      await window.command('Snippets: Insert Snippet');
      await window.type(pattern);
      await window.row(pattern).first().click();
      await window.page.locator('.tab.active.dirty').waitFor();
      await window.page.keyboard.press('Escape'); // leaves the placeholders
      assert.equal(await window.save(name), patternText(pattern));
    }
    await window.picture('snippet', { downTo: window.page.locator('.view-line', { hasText: 'ENTRYPOINT' }) });
  });

  await window.check(t, 'the sample shows what there is to find', async () => {
    await window.edit('sample/Dockerfile', readFileSync('test/vscode/sample/node/Dockerfile', 'utf8'));
    await window.squiggles('warning').first().waitFor();
    await window.command('Problems: Focus on Problems View');
    const rows = window.page.locator('.markers-panel .monaco-list-row');
    await rows.filter({ hasText: 'maintainer-deprecated' }).first().waitFor();
    await window.picture('findings');
  });
});

const debian = [
  'FROM debian:12-slim',
  'RUN apt-get update && apt-get ‸install -y curl && rm -rf /var/lib/apt/lists/*',
  'COPY check.sh /usr/local/bin/',
  'CMD ["check.sh"]',
  '',
].join('\n');
