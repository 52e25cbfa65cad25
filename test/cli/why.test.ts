// `drydock why` as it is started: logs from files and standard input, the Dockerfile, the context, both formats.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { whyJson, whyText } from '../../server/src/cli/format/why';
import { makeFolder } from '../harness/workspace';

const program = resolve('dist/cli.js');
const valid = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync('server/docs/why.schema.json', 'utf8')) as object,
);

const dockerfile = 'FROM debian:12\nCOPY requirments.txt ./\nRUN nosuch --now\n';
const runFails = `Step 3/3 : RUN nosuch --now
/bin/sh: 1: nosuch: not found
The command '/bin/sh -c nosuch --now' returned a non-zero code: 127
`;
const copyFails = `#5 [2/3] COPY requirments.txt ./
#5 ERROR: failed to calculate checksum of ref a::b: "/requirments.txt": not found
------
 > [2/3] COPY requirments.txt ./:
------
Dockerfile:2
--------------------
   2 | >>> COPY requirments.txt ./
--------------------
ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: "/requirments.txt": not found
`;

interface Called {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function call(cwd: string, words: readonly string[], input: string | Buffer = ''): Called {
  return spawnSync(process.execPath, [program, 'why', ...words], { cwd, input, encoding: 'utf8' });
}

test('a log from a file or from standard input, as text and as data', (t) => {
  const folder = makeFolder(t);
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  writeFileSync(join(folder, 'build.log'), runFails);
  const text = call(folder, ['build.log']);
  assert.equal(text.status, 0, text.stderr);
  assert.equal(
    text.stdout,
    `Dockerfile:3:1: error: The image has no command nosuch. Install the package that has it in a step before [command-missing]
 3 | RUN nosuch --now
   | ^^^^^^^^^^^^^^^^
  log:
    /bin/sh: 1: nosuch: not found
`,
  );
  const json = call(folder, ['-', '--format=json'], runFails);
  const said = JSON.parse(json.stdout) as Record<string, unknown>;
  assert.ok(valid(said), JSON.stringify(valid.errors));
  assert.deepEqual(said, {
    version: 1,
    dockerfile: 'Dockerfile',
    line: 3,
    instruction: 'RUN nosuch --now',
    cause: 'command-missing',
    message: 'The image has no command nosuch. Install the package that has it in a step before',
    facts: { command: 'nosuch', exit: '127', said: '/bin/sh: 1: nosuch: not found' },
  });
  // As PowerShell writes it.
  const wide = call(folder, ['-', '--format=json'], Buffer.from(`\ufeff${runFails}`, 'utf16le'));
  assert.deepEqual(JSON.parse(wide.stdout), said);
});

test('a file to copy that is mistyped, ignored, or there after all', (t) => {
  const folder = makeFolder(t);
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  writeFileSync(join(folder, 'app/requirements.txt'), '');
  const message = (): unknown =>
    (
      JSON.parse(call(folder, ['-', '--context=app', '--format=json'], copyFails).stdout) as {
        message: string;
      }
    ).message;
  assert.equal(message(), 'requirments.txt is not in the build context. Did you mean requirements.txt?');
  writeFileSync(join(folder, 'app/requirments.txt'), '');
  assert.match(
    String(message()),
    /^requirments\.txt is in this folder, so the build was given another context/,
  );
  writeFileSync(join(folder, 'app/.dockerignore'), '*.txt\n');
  assert.match(String(message()), /^requirments\.txt is there, but \.dockerignore keeps it out of the build/);
});

test('what cannot be read or understood is status 2, an unknown cause 1', (t) => {
  const folder = makeFolder(t);
  writeFileSync(join(folder, 'empty.log'), '\n');
  writeFileSync(join(folder, 'fine.log'), 'all is well\n');
  const status = (...words: string[]): number | null => call(folder, words).status;
  assert.equal(status(), 2);
  assert.equal(status('a', 'b'), 2);
  assert.equal(status('nosuch.log'), 2);
  assert.equal(status('.'), 2);
  assert.equal(status('empty.log'), 2);
  assert.equal(status('fine.log', '--file=nosuch'), 2);
  const unknown = call(folder, ['fine.log']);
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /found no Dockerfile/);
  assert.match(unknown.stdout, /does not tell of a failed build/);
});

test('edits have titles in the text, and ranges in the data', () => {
  const answer = {
    path: 'Dockerfile',
    text: 'FROM a\nRUN b\n',
    failure: { family: 'legacy', message: '', output: [] },
    explanation: {
      line: 1,
      instruction: 1,
      text: 'RUN b',
      cause: 'command-missing',
      message: 'The image has no b',
      facts: { command: 'b' },
      edits: [{ title: 'Install b', edits: [{ start: 7, end: 7, text: 'RUN install b\n' }] }],
    },
  } as const;
  assert.match(whyText(answer), /\n {2}fix: Install b\n$/);
  const said = JSON.parse(whyJson(answer)) as { edits: unknown };
  assert.ok(valid(said), JSON.stringify(valid.errors));
  const start = { line: 1, character: 0 };
  assert.deepEqual(said.edits, [
    { title: 'Install b', edits: [{ range: { start, end: start }, newText: 'RUN install b\n' }] },
  ]);
});

test('a log cannot control the terminal', (t) => {
  const folder = makeFolder(t);
  const { stdout } = call(
    folder,
    ['-'],
    `Step 1/1 : RUN x\n/bin/sh: a\u0007b\u202e: not found\nThe command 'x' returned a non-zero code: 127\n`,
  );
  assert.doesNotMatch(stdout, /[\u0007\u202e]/);
});
