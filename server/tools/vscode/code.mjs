// The command line of the browser-hosted VS Code, as far as @vscode/test-electron uses it. It installs packages,
// or runs extension tests and exits with 0 when they have run to their end and passed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { followFile, resultFiles } from './test-results.mjs';
import { runServerCommand } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

const texts = { type: 'string', multiple: true };
const { values, positionals } = parseArgs({
  strict: false, // flags that mean nothing here, as --no-sandbox
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: texts,
    extensionTestsPath: { type: 'string' },
    'install-extension': texts,
    force: { type: 'boolean' },
    'disable-extensions': { type: 'boolean' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    verbose: { type: 'boolean' },
  },
});

async function installPackages() {
  const named = ['install-extension', 'user-data-dir', 'extensions-dir'];
  const args = named.flatMap((name) => [values[name] ?? []].flat().flatMap((value) => [`--${name}`, value]));
  const { code, output } = await runServerCommand([...args, ...(values.force ? ['--force'] : [])]);
  (code === 0 ? process.stdout : process.stderr).write(output);
  return code;
}

async function runTests() {
  if (!values.extensionTestsPath) throw new Error('--extensionTestsPath is missing.');
  const results = mkdtempSync(join(tmpdir(), 'drydock-results-'));
  const { output, passed } = resultFiles(results);
  const stopFollowing = followFile(output, (text) => process.stdout.write(text));
  process.once('exit', () => rmSync(results, { recursive: true, force: true }));

  // What the workbench complains about matters when a test has failed, and is noise otherwise.
  const complaints = [];
  let finish;
  const finished = new Promise((done) => (finish = done));
  const workbench = await openWorkbench({
    workspace: positionals[0],
    extensions: values.extensionDevelopmentPath,
    disableExtensions: values['disable-extensions'],
    userDataDir: values['user-data-dir'],
    extensionsDir: values['extensions-dir'],
    extensionTests: join(import.meta.dirname, 'test-host.cjs'),
    env: { DRYDOCK_HOST_TESTS: values.extensionTestsPath, DRYDOCK_HOST_RESULTS: results },
    functions: {
      codeAutomationExit: (code) => finish(code),
      codeAutomationLog: (level, message) => {
        if (values.verbose) console.error(format(...message));
        else if (level === 'error') complaints.push(format(...message));
      },
    },
    onServerOutput: (text) => values.verbose && process.stderr.write(text),
  });
  for (const event of ['crash', 'close']) workbench.page.once(event, () => finish(1));
  workbench.serverExited.then(() => finish(1));
  const code = await finished;
  await workbench.close();
  stopFollowing();
  if (code === 0 && passed()) return 0;
  console.error(complaints.join('\n'));
  return code || 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
try {
  process.exit(values['install-extension'] ? await installPackages() : await runTests());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
