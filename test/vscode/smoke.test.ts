// The packaged extension in a real editor, without a look at the screen: when it starts, what it finds, what
// its fixes do.
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { makeFolder } from '../harness/workspace';
import { editorUnderTest, installPackage } from './editor-under-test';

test('the package in a real editor', async (t) => {
  const folder = makeFolder(t, {
    'workspace/notes.txt': 'No Dockerfile\n',
    'workspace/values.yaml': 'replicas: 2\n',
    'workspace/configured/.drydock.yaml': 'rulez: {}\n',
    'workspace/Dockerfile':
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
    'workspace/Containerfile': 'FROM debian:12\nRUN apt-get install -y curl\n',
    'workspace/on-save.Dockerfile':
      'FROM debian:12\n# kept\nRUN apt-get install curl\nUSER 1000\nCMD ["curl"]\n',
  });
  const checks = join(folder, 'checks.cjs');
  await build({
    entryPoints: ['test/vscode/host/checks.ts'],
    outfile: checks,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const editor = await editorUnderTest();
  console.log(`Checks in ${editor.name} …`);
  const profile = ['--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')];
  await installPackage(editor, 'drydock.vsix', profile);
  // It throws unless the checks have run to their end and passed.
  await runTests({
    vscodeExecutablePath: editor.executable,
    extensionDevelopmentPath: resolve('test/vscode/host'),
    extensionTestsPath: checks,
    launchArgs: [join(folder, 'workspace'), ...profile],
  });
});
