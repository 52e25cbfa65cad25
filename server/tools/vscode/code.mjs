// The command line of VS Code as far as `runTests` of @vscode/test-electron uses it: it runs extension tests
// in the browser-hosted VS Code, and exits with 0 when they have run to their end and passed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { followFile, resultFiles } from './test-results.mjs';
import { openWorkbench } from './workbench.mjs';

const texts = { type: 'string', multiple: true };
const { values, positionals } = parseArgs({
  strict: false, // flags that mean nothing here, as --no-sandbox
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: texts,
    extensionTestsPath: { type: 'string' },
    'install-extension': texts,
    'disable-extensions': { type: 'boolean' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    verbose: { type: 'boolean' },
  },
});

/** Errors of the workbench, without those of requests that the end of the tests cancels. */
const isError = (level, [message]) => level === 'error' && !String(message).startsWith('Canceled');

async function runTests() {
  if (!values.extensionTestsPath) throw new Error('--extensionTestsPath is missing.');
  const results = mkdtempSync(join(tmpdir(), 'drydock-results-'));
  const { output, passed } = resultFiles(results);
  const stopFollowing = followFile(output, (text) => process.stdout.write(text));
  process.once('exit', () => rmSync(results, { recursive: true, force: true }));

  let finish;
  const finished = new Promise((done) => (finish = done));
  const workbench = await openWorkbench({
    workspace: positionals[0],
    extensions: values.extensionDevelopmentPath,
    packages: values['install-extension'],
    disableExtensions: values['disable-extensions'],
    userDataDir: values['user-data-dir'],
    extensionsDir: values['extensions-dir'],
    extensionTests: join(import.meta.dirname, 'test-host.cjs'),
    env: { DRYDOCK_HOST_TESTS: values.extensionTestsPath, DRYDOCK_HOST_RESULTS: results },
    functions: {
      codeAutomationExit: (code) => finish(code),
      codeAutomationLog: (level, message) => {
        if (values.verbose || isError(level, message)) console.error(format(...message));
      },
    },
    onServerOutput: (text) => values.verbose && process.stderr.write(text),
  });
  for (const event of ['crash', 'close']) workbench.page.once(event, () => finish(1));
  workbench.serverExited.then(() => finish(1));
  const code = await finished;
  await workbench.close();
  stopFollowing();
  return code === 0 && passed() ? 0 : code || 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
try {
  process.exit(await runTests());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
