// Questions about one command of a package manager.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unanswered, whenAsked } from '../../../../server/src/core/analysis/packages/confirmations';
import { firstCachesLeft } from '../../../../server/src/core/analysis/packages/caches-left';
import { givesOption, mayInstall } from '../../../../server/src/core/analysis/packages/package-commands';
import { commandOf, modelOf } from '../../../harness/commands';

test('an option is given by any of its names', () => {
  const [install] = modelOf('FROM x\nRUN apt-get -o A=b install --no-install-recommends x').installs;
  assert.ok(install);
  assert.ok(givesOption(install, '-x', '--no-install-recommends'));
  assert.ok(givesOption(install, '-o'));
  assert.ok(!givesOption(install, '-s'));
});

const whenCases: readonly (readonly [command: string, when: string])[] = [
  ['apt-get install x', 'if more changes'],
  ['apt-get install', 'if anything changes'],
  ['apt-get remove x', 'always'],
  ['apt-get upgrade', 'if anything changes'],
  ['apt-get build-dep x', 'always'],
  ['dnf install x', 'always'],
  ['dnf upgrade x', 'if anything changes'],
  ['pacman -S x', 'always'],
];

for (const [command, when] of whenCases) {
  test(`when it asks: ${command}`, () => {
    const model = modelOf(`FROM x\nRUN ${command}`);
    assert.deepEqual(unanswered(model, () => true).map(whenAsked), [when]);
  });
}

test('commands that are answered, may be, or belong to others are left out', () => {
  const model = modelOf(
    'FROM x\nRUN yum install -y a && yum install $OPTIONS a && yum install a && dnf remove b',
  );
  const found = unanswered(model, ({ name }) => name === 'yum');
  assert.deepEqual(
    found.map(({ command }) => command.index),
    [2],
  );
});

test('of the caches left in a RUN, the first of some managers counts', () => {
  const model = modelOf(
    'FROM fedora:41\nRUN dnf install -y a && dnf install -y b && pip install c\nRUN yum install -y d',
  );
  const lines = firstCachesLeft(model, ({ family }) => family === 'rpm').map(
    ({ use, folder }) => `${use.command.index} ${folder}`,
  );
  assert.deepEqual(lines, ['0 /var/cache/dnf', '0 /var/cache/yum']);
});

test('scripts and installers may install packages, tools may not', () => {
  const model = modelOf(
    'FROM x\nRUN ./setup && npx playwright install && curl x && python3 x.py && python3 -V',
  );
  const may = ['setup', 'npx', 'curl', 'python3'].filter((program) => mayInstall(commandOf(model, program)));
  assert.deepEqual(may, ['setup', 'npx', 'python3']);
});
