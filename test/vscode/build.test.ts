// Building from the editor, with a real engine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { addBusybox, startBuildah } from '../harness/engines';
import { EditorWindow, requireChromium } from './editor-window';

const build = 'Drydock: Build Image…';

test('builds in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const engine = startBuildah(t);
  if (!engine) return;
  const window = await EditorWindow.open({
    env: engine.env,
    settings: { 'drydock.build.engine': 'buildah' },
  });
  t.after(() => window.close());
  for (const folder of ['works', 'sizes', 'fails']) if (!addBusybox(t, join(window.folder, folder))) return;

  await window.check(t, 'an image comes out', async () => {
    await window.edit('works/Dockerfile', dockerfile('["/bin/busybox", "true"]'));
    await window.command(build);
    await window.row('Image name').waitFor();
    await window.page.mouse.move(0, 0);
    const menu = window.page.locator('.quick-input-widget:visible');
    await window.picture('build-menu', { downTo: menu, fromTop: true });
    await window.page.keyboard.press('Enter');
    const built = await window.notification('Built ').innerText();
    const tag = /Built (\S+) \(\d/.exec(built)?.[1];
    const images = execFileSync('buildah', ['images', '--format', '{{.Name}}:{{.Tag}}'], {
      encoding: 'utf8',
      env: { ...process.env, ...engine.env },
    });
    assert.ok(
      tag !== undefined && images.split('\n').some((name) => name.endsWith(tag)),
      `${tag} among ${images}`,
    );
    await window.page.keyboard.press('Escape');
  });

  await window.check(
    t,
    'sizes stand behind the lines and in a view, compared with the build before',
    async () => {
      const [name, hint] = ['sizes/Dockerfile', window.page.locator('.monaco-editor .view-line')];
      const notes = join(window.folder, 'sizes', 'notes.txt');
      // Nothing that gzip makes smaller: a baseline is about what a registry gets.
      writeFileSync(notes, randomBytes(200_000));
      await window.edit(name, sizes);
      await window.command(build);
      await window.row('Image name').waitFor();
      await window.page.keyboard.press('Enter');
      await window.notification('Built ').waitFor();
      await hint.filter({ hasText: /COPY.notes.*200.kB.·.[\d.]+.s/ }).waitFor();
      await window.page.keyboard.press('Escape');

      const sizeArguments = [resolve('dist/cli.js'), 'size', 'sizes:dev', '--write-baseline'];
      const environment = { ...process.env, ...engine.env };
      execFileSync(process.execPath, sizeArguments, { cwd: join(window.folder, 'sizes'), env: environment });
      writeFileSync(notes, randomBytes(1_300_000));
      await window.command('Drydock: Build Image Again');
      await hint.filter({ hasText: /COPY.notes.*1\.3.MB.\(\+1\.1.MB\)/ }).waitFor();
      await window.command('Notifications: Clear All Notifications');
      await window.command('Problems: Focus on Problems View');
      const grown = window.page.locator('.markers-panel .monaco-list-row', {
        hasText: 'The image grew by 1.1 MB',
      });
      await grown.waitFor();
      assert.match(await grown.innerText(), /This instruction grew by 1\.1 MB.*\[Ln 3, Col 1\]/s);
      await window.squiggles('warning').first().waitFor();
      await window.picture('grown');
      await window.command('View: Toggle Panel Visibility');
      await window.command('Drydock: Focus on Image View');
      const row = window.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
      await row.filter({ hasText: /^Layers/ }).waitFor();
      await row.filter({ hasText: 'COPY notes.txt /srv/notes.txt' }).click();
      await row.filter({ hasText: 'Deleted later, but still sent' }).click();
      await row.filter({ hasText: 'deleted by line 4' }).waitFor();
      await widen(window.page);
      await window.picture('sizes');
      // A click on a file goes to the line that brought it.
      await row.filter({ hasText: 'deleted by line 4' }).click();
      await window.page.locator('.monaco-editor.focused').waitFor();
      assert.match(await window.page.locator('#status\\.editor\\.selection').innerText(), /Ln 3, Col 1/);

      // A line that is edited says nothing of what it cost before.
      await window.page.keyboard.press('End');
      await window.page.keyboard.type('2');
      await hint.filter({ hasText: /COPY.notes.*2$/ }).waitFor();
      await window.save(name);
      await window.command('View: Toggle Primary Side Bar Visibility');
    },
  );

  await window.check(t, 'a step that fails is marked in the file', async () => {
    await window.edit('fails/Dockerfile', dockerfile('["/bin/busybox", "cat", "/missing"]'));
    await window.command(build);
    await window.row('Image name').waitFor();
    await window.page.keyboard.press('Enter');
    await window.notification('/missing is not in the image').waitFor();
    await window.squiggles('error').first().waitFor();
    await window.command('Problems: Focus on Problems View');
    const problem = window.page.locator('.markers-panel .monaco-list-row', {
      hasText: 'The build fails here: /missing is not in the image',
    });
    assert.match(await problem.first().innerText(), /\[Ln 3, Col 1\]/);
    await window.picture('build');
  });
});

/** Pulls the side bar wider, so that a picture shows what stands in it. */
async function widen(page: EditorWindow['page']): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  assert.ok(bar);
  const [x, y] = [bar.x + bar.width + 2, bar.y + 400];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 110, y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}

/** The cursor is where nothing is marked. */
const sizes = `FROM scratch
COPY busybox /bin/busybox
COPY notes.txt /srv/notes.txt
RUN ["/bin/busybox", "rm", "/srv/notes.txt"]
USER 65532
CMD ["/bin/busybox", "sh"]‸
`;

function dockerfile(command: string): string {
  return `FROM scratch\nCOPY busybox /bin/busybox\nRUN ${command}\nUSER 65532\nCMD ["/bin/busybox", "sh"]\n`;
}
