// The answers of ShellCheck, as it gives them and as nobody should.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reading } from '../../server/src/workflow/run';
import type { ScriptComments } from '../../server/src/workflow/tool';
import { shellcheck } from '../../server/src/workflow/tools/shellcheck';

const found = { id: 'shellcheck', program: '/usr/bin/shellcheck', version: '0.9.0', way: '' };

function read(answer: string, exit = 1): Reading<ScriptComments> {
  const reader = shellcheck.commands.check(found, { dialect: 'dash', count: 2 }).reader();
  reader.push(answer, 'stdout');
  return reader.end(exit);
}

const place = { line: 1, endLine: 1, column: 6 };
const replacement = { ...place, endColumn: 6, insertionPoint: 'afterEnd', precedence: 7, replacement: '"' };
const finding = { ...place, endColumn: 8, level: 'info', code: 2086, message: 'Double quote it.' };
const good = { ...finding, file: '1.sh', fix: { replacements: [replacement] } };

test('each script gets its findings', () => {
  const change = { ...place, endColumn: 6, insertionPoint: 'afterEnd', text: '"' };
  assert.deepEqual(read(JSON.stringify({ comments: [good] })), {
    value: [[], [{ ...finding, replacements: [change] }]],
  });
  assert.deepEqual(read('{"comments":[]}', 0), { value: [[], []] });
  // Half a fix is none.
  const half = { ...good, fix: { replacements: [replacement, { line: 1 }] } };
  assert.deepEqual(read(JSON.stringify({ comments: [half] })), {
    value: [[], [{ ...finding, replacements: [] }]],
  });
});

test('an answer of another form is unreadable, not empty', () => {
  const changes = [
    { file: '/etc/passwd' },
    { line: 0 },
    { column: -1 },
    { endColumn: 1e300 },
    { level: 'none' },
    { code: 'x' },
  ];
  const wrong = [
    '',
    'null',
    '[]',
    '{"comments":{}}',
    '{"comments":[null]}',
    ...changes.map((change) => JSON.stringify({ comments: [{ ...good, ...change }] })),
  ];
  for (const answer of wrong) assert.ok('unreadable' in read(answer), answer);
  assert.ok('unreadable' in read('{"comments":[]}', 3));
});

test('nothing of a file, a project or the environment reaches its arguments', () => {
  const { args, env } = shellcheck.commands.check(found, { dialect: 'busybox', count: 1 });
  assert.deepEqual(args, ['--norc', '--format=json1', '--shell=dash', '0.sh']);
  assert.deepEqual(env, { SHELLCHECK_OPTS: '' });
  const newer = shellcheck.commands.check({ ...found, version: '0.10.0' }, { dialect: 'busybox', count: 1 });
  assert.equal(newer.args[2], '--shell=busybox');
});
