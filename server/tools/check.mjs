// Checks the sources without running the product: types, lint, format, generated files, and in CI a clean work tree.
// All parts run, even after a failure, so one run shows everything.
import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.mjs';

prepare();

/** A program of an npm package, by the path of its script. */
const node = (...words) => ({ command: process.execPath, words });
const parts = [
  {
    name: 'types',
    ...node('node_modules/typescript/bin/tsc', '-b', '--pretty', String(process.stdout.isTTY === true)),
  },
  {
    name: 'lint',
    ...node(
      'node_modules/eslint/bin/eslint.js',
      '.',
      '--cache',
      '--cache-location',
      'out/eslint-cache',
      '--cache-strategy',
      'content',
    ),
  },
  {
    name: 'format',
    ...node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  { name: 'unread exports', ...node('node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  { name: 'generated files', ...node('server/tools/generate.mjs', '--check') },
  { name: 'texts for translators', ...node('server/tools/l10n.mjs', '--check') },
];

const failed = [];
function report(name, ok, started) {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) failed.push(name);
}

for (const { name, command, words } of parts) {
  const started = Date.now();
  const { status } = spawnSync(command, words, { stdio: 'inherit' });
  report(name, status === 0, started);
}

// What is not committed does not exist for anybody else. In CI that is a failure; at work it is a note.
const started = Date.now();
const git = spawnSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
if (git.error) console.log('skip  clean work tree (git is not installed)');
else {
  if (git.stdout) console.log(git.stdout.trimEnd());
  if (git.stderr) console.error(git.stderr.trimEnd());
  const clean = git.stdout === '';
  if (git.status === 0 && !clean && !process.env.CI)
    console.log('note  the files above are not committed, which fails in CI');
  else report('clean work tree', git.status === 0 && clean, started);
}

console.log(failed.length === 0 ? 'all good' : `failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
