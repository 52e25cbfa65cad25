// Building from the editor, with a real engine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
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
  for (const folder of ['works', 'fails']) if (!addBusybox(t, join(window.folder, folder))) return;

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

function dockerfile(command: string): string {
  return `FROM scratch\nCOPY busybox /bin/busybox\nRUN ${command}\nUSER 65532\nCMD ["/bin/busybox", "sh"]\n`;
}
