// Takes the pictures of the README anew: the tests in a window of VS Code take them as they go.
import { spawnSync } from 'node:child_process';

const tests = ['vscode/fixes', 'vscode/build', 'vscode/scan'];
const env = { ...process.env, DRYDOCK_PICTURES: 'server/docs/pictures' };
const { status } = spawnSync(process.execPath, ['server/tools/test.mjs', ...tests], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
