// The build menu's rows, building again, tasks of tasks.json, and ending a build, with a real engine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { addBusybox, processesWith, startBuildah } from '../harness/engines';
import { EditorWindow, requireChromium } from './editor-window';

const dockerfileText = `FROM scratch AS base
COPY busybox /bin/busybox
COPY busybox /bin/sh
ARG WORD=default
RUN busybox test "$WORD" = chosen
FROM base AS never
RUN busybox false
`;

test('chooses, repeats, saves and ends builds in a window', async (t) => {
  if (!(await requireChromium(t))) return;
  const engine = startBuildah(t);
  if (!engine) return;
  const window = await EditorWindow.open({
    env: engine.env,
    files: { '.vscode/settings.json': '{ "drydock.build.engine": "buildah" }' },
  });
  t.after(() => window.close());
  if (!addBusybox(t, join(window.folder, 'app'))) return;
  const { page } = window;
  const images = (): string =>
    execFileSync('buildah', ['images', '--format', '{{.Name}}:{{.Tag}}'], {
      encoding: 'utf8',
      env: { ...process.env, ...engine.env },
    });

  await window.check(t, 'rows change what is built', async () => {
    await window.edit('app/Dockerfile', dockerfileText);
    await window.command('Drydock: Build Image…');
    await window.row('Target stage').click();
    await window.row('base').click();
    await window.row('ARG WORD').click();
    await window.type('chosen');
    await page.keyboard.press('Enter');
    await window.row('Image name').click();
    await window.type('Not A Name');
    await page.getByText('Not a valid image name. Use lower case, as in team/app:dev.').first().waitFor();
    await window.type('picked:1');
    await page.keyboard.press('Enter');
    await window.row('picked:1 · base · WORD=chosen').click();
    await window.notification('Built picked:1 (').waitFor();
    assert.match(images(), /picked:1$/m);
    await page.keyboard.press('Escape');
  });

  await window.check(t, 'the last choice is built again', async () => {
    execFileSync('buildah', ['rmi', 'picked:1'], { env: { ...process.env, ...engine.env } });
    await window.command('Notifications: Clear All Notifications');
    await window.command('Drydock: Build Image Again');
    await window.notification('Built picked:1 (').waitFor();
    assert.match(images(), /picked:1$/m);
  });

  await window.check(t, 'a choice becomes a task', async () => {
    await window.command('Drydock: Build Image…');
    await window.row('Save as task').click();
    const path = join(window.folder, '.vscode/tasks.json');
    await page.locator('.statusbar-item', { hasText: 'Saved in tasks.json' }).waitFor();
    await page.locator('.tab.active', { hasText: 'tasks.json' }).waitFor();
    const { tasks } = JSON.parse(readFileSync(path, 'utf8')) as { tasks: Record<string, unknown>[] };
    assert.deepEqual(tasks, [
      {
        type: 'drydock',
        label: 'Build picked:1',
        dockerfile: 'app/Dockerfile',
        context: 'app',
        buildArgs: { WORD: 'chosen' },
        tag: 'picked:1',
        target: 'base',
      },
    ]);
    writeFileSync(
      path,
      JSON.stringify({ version: '2.0.0', tasks: [{ ...tasks[0], label: 'ours', tag: 'from-task:1' }] }),
    );
    // VS Code reads the file anew when it hears of the change.
    const ours = window.row('ours').first();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await window.command('Tasks: Run Task');
      const shown = await ours.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (shown) break;
      await page.keyboard.press('Escape');
    }
    await ours.click();
    await window.notification('Built from-task:1 (').waitFor();
    assert.match(images(), /from-task:1$/m);
  });

  await window.check(t, 'ending the task ends the build', async () => {
    writeFileSync(join(window.folder, 'app/slow.Dockerfile'), '');
    await window.edit(
      'app/slow.Dockerfile',
      `FROM scratch\nCOPY busybox /bin/sh\nCOPY busybox /bin/busybox\nRUN busybox sleep 4713\n`,
    );
    await window.command('Drydock: Build Image…');
    await window.row('Image name').waitFor();
    await page.keyboard.press('Enter');
    await until(() => processesWith('4713').length > 0);
    await window.command('Tasks: Terminate Task');
    await window.row('slow.Dockerfile').first().click();
    await until(() => processesWith('4713').length === 0);
    const argument = `--file=${join(window.folder, 'app/slow.Dockerfile')}`;
    await until(() => processesWith(argument).length === 0);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it did not happen');
}
