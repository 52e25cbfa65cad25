// Takes the pictures of the docs again, by running the tests in a VS Code window.
import { spawnSync } from 'node:child_process';

const tests = ['vscode/fixes', 'vscode/build', 'vscode/patterns', 'vscode/scan'];
const env = { ...process.env, DRYDOCK_PICTURES: 'server/docs/pictures' };
const { status } = spawnSync(process.execPath, ['server/tools/test.mjs', ...tests], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
