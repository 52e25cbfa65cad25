// Where the search for configuration files ends.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { userHadolint } from '../../server/src/io/surroundings/user-configuration';
import { findConfig, readConfigFile } from '../../server/src/io/surroundings/configuration-files';
import { configForFile } from '../../server/src/io/surroundings/overrides';
import { newMemory } from '../../server/src/io/surroundings/surroundings';
import { rules } from '../../server/src/linter';
import { makeFolder } from '../harness/workspace';

const off = 'rules: { apk-no-cache: off }\n';

for (const [name, git] of [
  ['of a repository', 'work/repo/.git/HEAD'],
  // Worktrees and submodules have a file there.
  ['of a worktree', 'work/repo/.git'],
] as const) {
  test(`the search for a configuration ends at the root ${name}`, (t) => {
    const folder = makeFolder(t, {
      'work/.drydock.yaml': off,
      'work/.hadolint.yaml': 'ignored: [DL3019]\n',
      [git]: 'ref: refs/heads/main\n',
      'work/repo/app/Dockerfile': 'FROM scratch\n',
      'work/other/Dockerfile': 'FROM scratch\n',
    });
    const inside = findConfig(join(folder, 'work/repo/app'), undefined, rules);
    assert.deepEqual([inside.files, [...inside.config.rules]], [[], []]);
    assert.deepEqual(findConfig(join(folder, 'work/repo'), undefined, rules).files, []);
    // What is outside is found from where no repository begins in between.
    assert.equal(findConfig(join(folder, 'work/other'), undefined, rules).files.length, 2);
  });
}

test('the root of a repository is looked at itself', (t) => {
  const folder = makeFolder(t, {
    'repo/.git/HEAD': 'ref',
    'repo/.drydock.yaml': off,
    'repo/a/b/Dockerfile': '',
  });
  const { files, config } = findConfig(join(folder, 'repo/a/b'), undefined, rules);
  assert.deepEqual(files, [join(folder, 'repo/.drydock.yaml')]);
  assert.equal(config.rules.get('apk-no-cache'), 'off');
});

test('a workspace ends the search at its own root, which a repository inside does not', (t) => {
  const folder = makeFolder(t, {
    '.drydock.yaml': off,
    'space/.hadolint.yaml': 'ignored: [DL3019]\n',
    'space/repo/.git/HEAD': 'ref',
    'space/repo/Dockerfile': '',
  });
  const root = join(folder, 'space');
  assert.deepEqual(findConfig(join(root, 'repo'), root, rules).files, [join(root, '.hadolint.yaml')]);
});

test('a file that the user names is read as what its name or its keys say it is', (t) => {
  const folder = makeFolder(t, {
    'hadolint.yaml': '{}\n',
    'lint.yaml': 'ignored: [DL3019]\n',
    'own.yaml': off,
    'hadolint.yml': off,
  });
  const read = (name: string): unknown => {
    const { config, problems } = readConfigFile(join(folder, name), rules);
    return [config.rules.get('apk-no-cache'), problems.map(({ message }) => message)];
  };
  assert.deepEqual(read('hadolint.yaml'), [undefined, []]);
  assert.deepEqual(read('lint.yaml'), ['off', []]);
  assert.deepEqual(read('own.yaml'), ['off', []]);
  assert.deepEqual(read('hadolint.yml'), [undefined, ['Unknown key rules: hadolint does not have it.']]);
});

test('a problem is told with its place in the file', (t) => {
  const places = (text: string): unknown => {
    const folder = makeFolder(t, { '.drydock.yaml': text });
    const { problems } = readConfigFile(join(folder, '.drydock.yaml'), rules);
    return problems.map(({ message, at }) => [message, at && at.text.slice(at.start, at.end)]);
  };
  assert.deepEqual(places('rules:\n  apk-no-cash: off # why\n  yum-yes:\n    levl: info\n"allRules" : 1\n'), [
    ['Unknown rule apk-no-cash in rules. Did you mean apk-no-cache?', 'apk-no-cash: off'],
    ['Unknown option levl for yum-yes. Did you mean level?', 'levl: info'],
    ['allRules must be true or false.', '"allRules" : 1'],
  ]);
  assert.deepEqual(places('rules: { yum-yes: warnin }'), [
    ['rules.yum-yes must be off, on, error, warning, info or hint. Did you mean warning?', 'yum-yes: warnin'],
  ]);
  assert.deepEqual(places('- 1\n'), [['The configuration must be a mapping of keys to values.', undefined]]);
  const [[message, place]] = places('rules:\n  a: "x\n') as [[string, string]];
  assert.match(message, /^The file is not valid YAML: Missing closing "quote/);
  assert.equal(typeof place, 'string');
});

test('hadolint’s configuration of the user counts where the project has none', (t) => {
  const folder = makeFolder(t, {
    'home/.config/hadolint.yaml': 'ignored: [DL3019]\n',
    'home/.hadolint.yml': 'ignored: [DL3020]\n',
    'xdg/hadolint.yml': 'ignored: [DL3018]\n',
    'bare/.hadolint.yml': '',
    'a/Dockerfile': '',
    'b/.hadolint.yaml': '{}\n',
    'c/.drydock.yaml': 'rules: { apk-no-cache: error }\n',
  });
  const at = (name: string): string => join(folder, name);
  const user = (): string | undefined => userHadolint({}, at('home'));
  assert.equal(user(), at('home/.config/hadolint.yaml'));
  assert.equal(userHadolint({ XDG_CONFIG_HOME: at('xdg') }, at('home')), at('xdg/hadolint.yml'));
  assert.equal(userHadolint({ APPDATA: at('xdg') }, at('home')), at('xdg/hadolint.yml'));
  assert.equal(userHadolint({ XDG_CONFIG_HOME: 'xdg' }, at('bare')), at('bare/.hadolint.yml'));
  assert.equal(userHadolint({}, at('a')), undefined);

  const find = (name: string): unknown => {
    const { config, files } = findConfig(at(name), folder, rules, undefined, undefined, user);
    return [config.rules.get('apk-no-cache'), files.length];
  };
  assert.deepEqual(find('a'), ['off', 1]);
  assert.deepEqual(find('b'), [undefined, 1]);
  assert.deepEqual(find('c'), ['error', 2]);
});

test('what an override says holds for its files alone, the last above the others', (t) => {
  const folder = makeFolder(t, {
    '.drydock.yaml': `rules: { apk-no-cache: error }
overrides:
  - files: [Dockerfile.dev, 'tools/**']
    rules: { apk-no-cache: off }
  - files: ['tools/ci/*']
    profile: strict
    rules: { apk-no-cache: hint }
  - files: [x]
    rules: { apk-no-cach: off }
`,
  });
  const found = findConfig(folder, folder, rules);
  const level = (path: string): string | undefined =>
    configForFile(found, join(folder, path)).rules.get('apk-no-cache');
  assert.deepEqual(
    ['Dockerfile', 'a/Dockerfile', 'a/Dockerfile.dev', 'tools/x/Dockerfile', 'tools/ci/Dockerfile'].map(
      level,
    ),
    ['error', 'error', 'off', 'off', 'hint'],
  );
  assert.equal(configForFile(found, join(folder, 'tools/ci/Dockerfile')).profile, 'strict');
  assert.equal(configForFile(found, join(folder, 'a')), found.config);
  assert.deepEqual(
    found.problems.map(({ message, at }) => [message, at?.text.slice(at.start, at.end)]),
    [['Unknown rule apk-no-cach in rules. Did you mean apk-no-cache?', 'apk-no-cach: off']],
  );
});

test('in one run a file of hadolint is read once, for folders with other files of our own too', (t) => {
  const folder = makeFolder(t, {
    '.hadolint.yaml': 'ignored: [DL3019]\n',
    'a/.drydock.yaml': 'rules: { run-sudo: off }\n',
    'b/.drydock.yaml': 'rules: { run-cd: off }\n',
  });
  const known = newMemory().files;
  const first = findConfig(join(folder, 'a'), folder, rules, undefined, known);
  writeFileSync(join(folder, '.hadolint.yaml'), 'ignored: []\n');
  const second = findConfig(join(folder, 'b'), folder, rules, undefined, known);
  for (const { config } of [first, second]) assert.equal(config.rules.get('apk-no-cache'), 'off');
  assert.equal(second.config.rules.get('run-sudo'), undefined);
  // Without a memory, files are read as they are now.
  assert.equal(findConfig(join(folder, 'b'), folder, rules).config.rules.get('apk-no-cache'), undefined);
});
