// Which configuration files belong to a Dockerfile, and what is said about those that cannot be used.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { findConfig, readConfigFile } from '../../server/src/io/surroundings/configuration-files';
import { rules } from '../../server/src/linter';
import { makeFolder } from '../harness/workspace';

const off = 'rules: { run-sudo: off }\n';

test('the search ends at a folder that holds .git, which is itself looked into', (t) => {
  const folder = makeFolder(t, {
    '.drydock.yaml': off,
    '.hadolint.yaml': 'ignored: [DL3004]\n',
    'project/.git/HEAD': '',
    'project/a/b/Dockerfile': '',
  });
  assert.deepEqual(findConfig(join(folder, 'project/a/b'), undefined, rules), {
    config: defaultConfig,
    files: [],
    problems: [],
  });
  // Without it, the file above is found.
  const other = makeFolder(t, { '.drydock.yaml': off, '.git/HEAD': '', 'a/Dockerfile': '' });
  const { config, files } = findConfig(join(other, 'a'), undefined, rules);
  assert.deepEqual(files, [join(other, '.drydock.yaml')]);
  assert.equal(config.rules.get('run-sudo'), 'off');
});

test('a root ends the search, whatever lies in it', (t) => {
  const folder = makeFolder(t, { '.drydock.yaml': off, 'root/a/.git/HEAD': '', 'root/a/b/Dockerfile': '' });
  assert.deepEqual(findConfig(join(folder, 'root/a/b'), join(folder, 'root'), rules).files, []);
  // A root decides alone: .git does not end the search below it.
  const inside = makeFolder(t, { '.drydock.yml': off, 'a/.git/HEAD': '' });
  assert.deepEqual(findConfig(join(inside, 'a'), inside, rules).files, [join(inside, '.drydock.yml')]);
});

test('the nearest file of each kind counts: ours over the other one, both over what holds anyway', (t) => {
  const folder = makeFolder(t, {
    '.drydock.yaml': off,
    '.hadolint.yml': 'ignored: [DL3006]\noverride: { error: [DL3004] }\n',
    'a/.drydock.yaml': 'rules: { instruction-casing: { wanted: upper } }\n',
  });
  const base = { ...defaultConfig, allRules: true };
  const { config, files, problems } = findConfig(join(folder, 'a'), folder, rules, base);
  assert.deepEqual(problems, []);
  assert.deepEqual(files, [join(folder, '.hadolint.yml'), join(folder, 'a/.drydock.yaml')]);
  assert.deepEqual(Object.fromEntries(config.rules), { 'run-sudo': 'error', 'image-tag-missing': 'off' });
  assert.deepEqual(config.ruleOptions.get('instruction-casing'), { wanted: 'upper' });
  assert.equal(config.allRules, true);
});

/** What stands in a file, what is said, and whether nothing of it can be read. */
const wrong: readonly (readonly [text: string, message: RegExp, unreadable: boolean])[] = [
  ['rules: {\n', /^The file is not valid YAML: .*\.$/, true],
  [`# ${'x'.repeat(1_000_001)}\n`, /^The file is larger than 64 KiB, too large for a configuration\.$/, true],
  [
    'rules: { run-sudoo: off }\nallRules: true\n',
    /^Unknown rule run-sudoo in rules\. Did you mean run-sudo\?$/,
    false,
  ],
  [
    'packageCache: cleanup\nallRules: true\n',
    /^packageCache must be either or mount: either replaces cleanup.*\.$/,
    false,
  ],
];

for (const [text, message, unreadable] of wrong) {
  test(`a file that is wrong is named: ${text.slice(0, 30)}`, (t) => {
    const folder = makeFolder(t, { '.drydock.yaml': text });
    const path = join(folder, '.drydock.yaml');
    for (const { config, problems } of [findConfig(folder, folder, rules), readConfigFile(path, rules)]) {
      assert.equal(problems.length, 1);
      assert.deepEqual([problems[0]?.path, problems[0]?.unreadable], [path, unreadable]);
      assert.match(problems[0]?.message ?? '', message);
      assert.deepEqual(config, { ...defaultConfig, allRules: !unreadable });
    }
  });
}

test('a file that is named by hand but missing is said to be', (t) => {
  const folder = makeFolder(t);
  const { config, problems } = readConfigFile(join(folder, 'none.yaml'), rules);
  assert.equal(config, defaultConfig);
  assert.match(problems[0]?.message ?? '', /^The file cannot be read: .*\.$/);
  assert.equal(problems[0]?.unreadable, true);
});

test('a file that is named by hand is of the kind that its name or its keys say', (t) => {
  const folder = makeFolder(t, {
    'hadolint.yaml': '{}\n',
    'ci.yaml': 'ignored: [DL3004]\n',
    'ours.yaml': off,
    'list.yaml': '[ignored]\n',
  });
  const read = (name: string): unknown => {
    const { config, problems } = readConfigFile(join(folder, name), rules);
    return [Object.fromEntries(config.rules), problems.map(({ message }) => message)];
  };
  assert.deepEqual(read('hadolint.yaml'), [{}, []]);
  assert.deepEqual(read('ci.yaml'), [{ 'run-sudo': 'off' }, []]);
  assert.deepEqual(read('ours.yaml'), [{ 'run-sudo': 'off' }, []]);
  assert.deepEqual(read('list.yaml'), [{}, ['The configuration must be a mapping of keys to values.']]);
});
