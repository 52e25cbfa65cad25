// Into which file a rule goes that is to be ignored in the whole project.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ignoreInConfiguration } from '../../server/src/io/surroundings/ignore-in-configuration';
import { makeFolder } from '../harness/workspace';

const ours = { '.drydock.yaml': 'rules:\n  user-missing: off\n' };
const theirs = { '.hadolint.yaml': 'ignored:\n  - DL3006\n' };

/** @returns name and new text of the file, or why none is changed */
function change(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  hadolintId: string | undefined,
): readonly [string, string] | string {
  const root = makeFolder(t, { ...files, 'app/Dockerfile': '' });
  const made = ignoreInConfiguration(join(root, 'app'), root, 'apk-no-cache', hadolintId);
  return 'problem' in made ? made.problem.replace(root, '') : [made.path.slice(root.length + 1), made.after];
}

test('ours comes first, also beside one of hadolint', (t) => {
  const expected = ['.drydock.yaml', `${ours['.drydock.yaml']}  apk-no-cache: off\n`];
  assert.deepEqual(change(t, ours, 'DL3019'), expected);
  assert.deepEqual(change(t, { ...ours, ...theirs }, 'DL3019'), expected);
});

test('one of hadolint takes the rules that hadolint has', (t) => {
  assert.deepEqual(change(t, theirs, 'DL3019'), [
    '.hadolint.yaml',
    `${theirs['.hadolint.yaml']}  - DL3019\n`,
  ]);
  assert.deepEqual(change(t, theirs, undefined), ['.drydock.yaml', 'rules:\n  apk-no-cache: off\n']);
});

test('a file that cannot be added to stays as it is, and the reason is told', (t) => {
  assert.equal(
    change(t, { '.drydock.yaml': 'a: [\n' }, undefined),
    '/.drydock.yaml cannot be changed. The file is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1.',
  );
  assert.equal(
    change(t, { '.drydock.yaml': '- a\n' }, undefined),
    '/.drydock.yaml is not a mapping of keys to values. Fix it first.',
  );
});
