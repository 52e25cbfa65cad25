// The settings about tools: every tool can be chosen and given a path, and wrong values are left out one by one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../../server/src/core/lint/option';
import { buildSettings, scanSettings, toolSettings } from '../../server/src/workflow/settings';
import { tools } from '../../server/src/workflow/tool-list';

test('every tool can be given a path, and engines and scanners can be chosen', () => {
  for (const { id, kind } of tools) {
    const paths = { [id]: `/opt/${id}` };
    const { values, problems } =
      kind === 'engine'
        ? readOptions(buildSettings, { engine: id, paths }, '')
        : kind === 'scanner'
          ? readOptions(scanSettings, { scanner: id, paths }, '')
          : readOptions(toolSettings, { paths }, '');
    assert.deepEqual(problems, []);
    if ('engine' in values) assert.equal(values.engine, id);
    if ('scanner' in values) assert.equal(values.scanner, id);
    assert.equal(values.paths[id], `/opt/${id}`);
  }
});

test('a wrong value costs only itself, and is reported', () => {
  const given = {
    engine: 'dokcer',
    arguments: ['--network=host', 1, ''],
    paths: { docker: '/opt/docker', podman: 1, trivy: '/opt/trivy' },
  };
  const { values, problems } = readOptions(buildSettings, given, 'drydock.build.');
  assert.deepEqual(values, {
    engine: 'auto',
    arguments: ['--network=host'],
    paths: { docker: '/opt/docker' },
  });
  assert.equal(problems.length, 3);
  assert.match(problems[0] ?? '', /^drydock\.build\.engine must be auto, .*Did you mean docker\?$/);
});

test('a plugin names the program that its path leads to', () => {
  assert.match(scanSettings.paths.description, /For `docker-scout`, give the path of docker\./);
  assert.doesNotMatch(buildSettings.paths.description, /give the path/);
});
