// What lies around a Dockerfile: which configuration holds, and what a run over many files reads only once.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { readConfigFile } from '../../server/src/io/surroundings/configuration-files';
import { newMemory, readSurroundings } from '../../server/src/io/surroundings/surroundings';
import { rules } from '../../server/src/linter';
import { makeFolder } from '../harness/workspace';

test('settings lie below the files of the project, and a file that was named takes the place of all of them', (t) => {
  const folder = makeFolder(t, {
    'p/.drydock.yaml': 'rules: { run-sudo: error }\n',
    'p/Dockerfile': '',
    'q/Dockerfile': '',
    'named.yaml': 'rules: { yum-yes: off }\ncolour: red\n',
  });
  const roots = { configRoot: folder, contextRoot: undefined };
  const base = { ...defaultConfig, rules: new Map([['run-sudo', 'off' as const]]) };
  const levelIn = (place: string): unknown =>
    readSurroundings(join(folder, place, 'Dockerfile'), '', { ...roots, base }).config.rules.get('run-sudo');
  assert.deepEqual([levelIn('p'), levelIn('q')], ['error', 'off']);

  const named = readConfigFile(join(folder, 'named.yaml'), rules);
  const around = readSurroundings(join(folder, 'p/Dockerfile'), '', { ...roots, named });
  assert.deepEqual([...around.config.rules], [['yum-yes', 'off']]);
  assert.equal(around.problems.length, 1);
});

test('all rules run when that was asked for, whatever a file says', (t) => {
  const folder = makeFolder(t, {
    '.drydock.yaml': 'allRules: false\nrules: { run-sudo: off }\n',
    Dockerfile: '',
  });
  const { config } = readSurroundings(join(folder, 'Dockerfile'), '', {
    configRoot: folder,
    contextRoot: undefined,
    allRules: true,
  });
  assert.equal(config.allRules, true);
  assert.equal(config.rules.get('run-sudo'), 'off');
});

test('a run over many files reads configuration and folders once, and one without memory each time', (t) => {
  const folder = makeFolder(t, { '.drydock.yaml': 'rules: { run-sudo: off }\n', Dockerfile: '', app: '' });
  const memory = newMemory();
  const read = (more: object) => {
    const roots = { configRoot: folder, contextRoot: folder };
    const { config, facts } = readSurroundings(join(folder, 'Dockerfile'), '', { ...roots, ...more });
    return [config.rules.get('run-sudo'), facts.context?.entries];
  };
  const before = ['off', ['.drydock.yaml', 'Dockerfile', 'app']];
  assert.deepEqual(read({ memory }), before);
  rmSync(join(folder, '.drydock.yaml'));
  writeFileSync(join(folder, 'more'), '');
  assert.deepEqual(read({ memory }), before);
  assert.deepEqual(read({}), [undefined, ['Dockerfile', 'app', 'more']]);
});

test('the folders are looked at once for a file, also where nothing is found', (t) => {
  const folder = makeFolder(t, { Dockerfile: '' });
  const roots = { configRoot: folder, contextRoot: folder };
  const { facts } = readSurroundings(join(folder, 'Dockerfile'), '', roots);
  assert.equal(facts.context, undefined);
  writeFileSync(join(folder, 'app'), '');
  assert.equal(facts.context, undefined);
  assert.ok(readSurroundings(join(folder, 'Dockerfile'), '', roots).facts.context);
});
