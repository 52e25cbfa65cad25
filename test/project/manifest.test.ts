// What package.json promises, and what the code, the pages and the README hold.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { check } from '../../server/src/cli/commands/check';
import { makeFolder } from '../harness/workspace';

interface Manifest {
  readonly engines: { readonly vscode: string; readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

test('the editor is asked for no more than the libraries need', () => {
  const version = (text: string | undefined): number[] =>
    (text ?? '').replace(/^\D+/, '').split('.').map(Number);
  const client = JSON.parse(
    readFileSync('node_modules/vscode-languageclient/package.json', 'utf8'),
  ) as Manifest;
  assert.deepEqual(version(manifest.engines.vscode), version(client.engines.vscode));
  assert.deepEqual(
    version(manifest.devDependencies['@types/vscode']).slice(0, 2),
    version(manifest.engines.vscode).slice(0, 2),
  );
  assert.equal(version(manifest.devDependencies['@types/node'])[0], version(manifest.engines.node)[0]);
});

test('every library is named with its exact version', () => {
  for (const [name, version] of Object.entries(manifest.devDependencies))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

/** Node.js as a user would start it: not as a part of this test run. */
function node(
  folder: string,
  ...words: readonly string[]
): { readonly status: number | null; readonly output: string } {
  const { NODE_TEST_CONTEXT: _, DRYDOCK_TEST_RULES: __, CI: ___, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

test('registry, pages and settings are up to date', () => {
  const { status, output } = node('.', 'server/tools/generate.mjs', '--check');
  assert.equal(status, 0, output);
});

test('new-rule makes a rule that compiles, is clean and has an example that fails', (t) => {
  const folder = makeFolder(t);
  for (const path of [
    'server',
    'client',
    'snippets',
    'eslint.config.mjs',
    'test/harness',
    'test/patterns-measured.json',
    'test/rules-measured.json',
    'test/rules.test.ts',
    'test/rules/buildkit-verdicts',
    'test/rules/hadolint-verdicts',
    'test/tsconfig.json',
    'tsconfig.json',
    'package.json',
    'package.nls.json',
    'package-lock.json',
    'README.md',
    '.prettierrc.json',
  ]) {
    cpSync(path, join(folder, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const id = 'stage-on-the-slip';
  const made = node(folder, 'server/tools/new-rule.mjs', id);
  assert.equal(made.status, 0, made.output);
  assert.ok(existsSync(join(folder, `server/docs/rules/${id}.md`)), 'the page is there');
  const compiled = node(
    folder,
    'node_modules/typescript/bin/tsc',
    '-p',
    'server/tsconfig.pure.json',
    '--outDir',
    join(folder, 'out'),
    '--tsBuildInfoFile',
    join(folder, 'out/info'),
  );
  assert.equal(compiled.status, 0, compiled.output);
  const path = `server/src/rules/${id}.ts`;
  const pretty = node(folder, 'node_modules/prettier/bin/prettier.cjs', '--check', path);
  assert.equal(pretty.status, 0, pretty.output);
  const linted = node(folder, 'node_modules/eslint/bin/eslint.js', path);
  assert.equal(linted.status, 0, linted.output);
  const tested = node(folder, 'server/tools/test.mjs', id);
  assert.equal(tested.status, 1, tested.output);
  assert.match(tested.output, /, 1 failed, 0 skipped$/m);
  assert.match(tested.output, new RegExp(`${id}\\.ts:6 \\(as written\\): .*the rule finds`));
  assert.equal(tested.output.match(/the rule finds/g)?.length, 1, 'a failure is printed once');
  const again = node(folder, 'server/tools/new-rule.mjs', id);
  assert.equal(again.status, 2, again.output);
});

test('README and CONTRIBUTING name commands, versions and options that exist', () => {
  const readme = readFileSync('README.md', 'utf8') + readFileSync('.github/CONTRIBUTING.md', 'utf8');
  // In code alone: indented, or between backticks.
  const scripts = [...readme.matchAll(/(?:^ {4}|`)npm (?:run )?([a-z][a-z:-]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !['ci', 'install', 'link'].includes(name));
  assert.ok(scripts.includes('start') && scripts.includes('test'));
  for (const name of scripts) assert.ok(manifest.scripts[name], `npm run ${name}`);
  for (const [, version] of readme.matchAll(/Node(?:\.js)? (?:≥ ?|>= ?)?(\d+\.\d+)/g))
    assert.equal(`>=${version}`, manifest.engines.node);
  for (const line of readme.split('\n').filter((text) => /^\s*(?:\$ )?drydock check\b/.test(text))) {
    for (const [, option = ''] of line.matchAll(/ (--[a-z-]+)/g))
      assert.ok(check.usage.includes(option), `drydock check ${option}`);
  }
});
