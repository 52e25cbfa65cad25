// The edits that answer each cause: a Dockerfile with « at the instruction that failed, the cause with its facts, and what
// each edit is called and changes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { applyEdits } from '../../server/src/core/text/edit';
import { lint, rules } from '../../server/src/linter';
import { explainFailure } from '../../server/src/service/explain-failure';
import { causes } from '../../server/src/workflow/why/causes';
import { editsFor } from '../../server/src/workflow/why/edits/index';
import { fits, readNeed } from '../../server/src/workflow/why/edits/version-need';
import type { Facts } from '../../server/src/workflow/why/explanation';
import { LogReader } from '../../server/src/workflow/why/read-log';
import { lineDiff } from '../harness/line-diff';

const folder = 'test/workflow/why-edits';

function answered(file: string, cause: string, facts: Facts): string {
  const text = file.replace('«', '');
  const { model, findings } = lint(text, defaultConfig, noFacts);
  const at = file.indexOf('«');
  const failed = model.file.instructions.find(({ span }) => span.start <= at && at < span.end);
  return editsFor(cause, facts, failed, model, findings)
    .map(({ title, edits }) => {
      const after = applyEdits(text, edits);
      const changed = lineDiff(text, after).filter((line) => !line.startsWith(' '));
      const comments = (one: string): number => one.split('\n').filter((line) => line.startsWith('#')).length;
      assert.ok(comments(after) >= comments(text), 'every comment stays');
      return `${title}\n${changed.map((line) => `  ${line}\n`).join('')}`;
    })
    .join('');
}

for (const name of readdirSync(folder)) {
  test(`edits: ${name}`, () => {
    const path = `${folder}/${name}`;
    const [, file = '', said = '', expected = ''] = readFileSync(path, 'utf8').split(/^-- \w+ --\n/m);
    const [cause = '', ...lines] = said.trimEnd().split('\n');
    const pairs = lines.map((line): [string, string] => {
      const [key = '', value = ''] = line.split(/: (.*)/s);
      return [key, value];
    });
    const made = answered(file, cause, Object.fromEntries(pairs));
    if (process.env['DRYDOCK_UPDATE_GOLDENS'])
      writeFileSync(path, `-- Dockerfile --\n${file}-- cause --\n${said}-- edits --\n${made}`);
    else assert.equal(made, expected);
  });
}

test('rules explain causes that there are, and have a fix for them', () => {
  const known = new Set(causes.map(({ id }) => id));
  const explaining = rules.filter(({ explains }) => explains);
  assert.ok(explaining.length > 20);
  for (const { id, fix, explains = [] } of explaining) {
    assert.notEqual(fix, 'none', id);
    assert.deepEqual(
      explains.filter((cause) => !known.has(cause)),
      [],
      id,
    );
  }
});

test('versions that are needed, in the words of each package manager', () => {
  const cases: readonly (readonly [need: string, line: string, isFit: boolean])[] = [
    ['>=3.6', '3.6', true],
    ['>=3.6', '3.5', false],
    ['>=3.7,<3.10', '3.9', true],
    ['>=3.7,<3.10', '3.10', false],
    ['>= 2.3, < 2.8.dev', '2.7', false],
    ['^10.13.0 || >=12.0.0', '10', true],
    ['^10.13.0 || >=12.0.0', '11', false],
    ['~> 2.6.0', '2.7', false],
    ['~> 2.6', '2.7', true],
    ['==3.8.*', '3.8', true],
    ['>3.8', '3.8', false],
    ['>3.8', '3.9', true],
    ['>8', '8', false],
    ['<=3.8', '3.9', false],
    ['^0.2.1', '0.3', false],
    ['v14.x', '16', true],
    ['!=3.5, >=3.4', '3.6', true],
  ];
  for (const [need, line, isFit] of cases) {
    const read = readNeed(need);
    assert.equal(read !== undefined && fits(line.split('.').map(Number), read), isFit, `${need} ${line}`);
  }
  assert.deepEqual(['', 'latest', '>=', 'x'.repeat(500), undefined].map(readNeed).filter(Boolean), []);
});

test('an edit that brings an error takes its fix along, or is not offered', () => {
  const why = (command: string, image: string): readonly string[] => {
    const file = `FROM ${image}\nRUN ${command}\n`;
    const reader = new LogReader();
    reader.push(`Step 2/2 : RUN ${command}
/bin/sh: 1: pip3: not found
The command '/bin/sh -c ${command}' returned a non-zero code: 127
`);
    return explainFailure(reader.end().failure, file).edits.map(
      ({ title, edits }) => `${title}\n${applyEdits(file, edits)}`,
    );
  };
  const [old = ''] = why('pip3 install flask', 'debian:11');
  assert.match(old, /^Install python3-pip, which has pip3\n/);
  const [present = ''] = why('pip3 install flask', 'debian:12');
  assert.match(present, /^Install python3-pip, which has pip3, and install into a virtual environment\n/);
  assert.match(present, /python3-venv[^]*python3 -m venv \/opt\/venv[^]*PATH=\/opt\/venv\/bin/);
  // A failure that is ignored in one branch has no fix.
  assert.deepEqual(
    why('pip3 install --user flask && sh -c "pip3 install \\"flask\\""', 'debian:12').length,
    0,
  );
});

test('a log and a file lead to the edit of the failing step', () => {
  const reader = new LogReader();
  reader.push(`Step 2/2 : RUN apk add --no-cache nodejs-npm
ERROR: unable to select packages:
  nodejs-npm (no such package):
    required by: world[nodejs-npm]
The command '/bin/sh -c apk add --no-cache nodejs-npm' returned a non-zero code: 1
`);
  const file = 'FROM someone/base:alpine3.20\nRUN apk add --no-cache nodejs-npm\n';
  const [first] = explainFailure(reader.end().failure, file).edits;
  assert.equal(applyEdits(file, first?.edits ?? []), file.replace('nodejs-npm', 'npm'));
});

test('a file of the project that a step does not find is copied before it, or taken from its folder', () => {
  const first = (file: string, step: string, printed: string, names: Record<string, string[]>): string => {
    const reader = new LogReader();
    reader.push(
      `Step 3/3 : RUN ${step}\n${printed}\nThe command '/bin/sh -c ${step}' returned a non-zero code: 1\n`,
    );
    const [edit] = explainFailure(reader.end().failure, file, () => ({
      entries: names[''] ?? [],
      ignoreFile: undefined,
      dockerfile: 'Dockerfile',
      entriesOf: (folder) => names[folder],
    })).edits;
    return edit ? applyEdits(file, edit.edits) : '';
  };
  const install = 'pip install -r requirements.txt';
  const said = "ERROR: Could not open requirements file: [Errno 2] No such file: 'requirements.txt'";
  const python = `FROM python:3.13\nWORKDIR /app\nRUN ${install}\n`;
  const copied = python.replace('RUN', 'COPY requirements.txt ./\nRUN');
  assert.equal(first(python, install, said, { '': ['requirements.txt'] }), copied);
  const all = python.replace('RUN', 'COPY . /app\nRUN');
  const inFolder = { '': ['api/', 'web/'], api: ['requirements.txt'], web: ['a.js'] };
  assert.equal(
    first(all, install, said, inFolder),
    all.replace(' requirements.txt', ' api/requirements.txt'),
  );
  assert.equal(first(all, install, said, { ...inFolder, web: ['requirements.txt'] }), '', 'two of them');
  assert.equal(first(all, install, said, { '': ['requirements.txt'] }), '', 'it was copied');
  const node = 'FROM node:24\nWORKDIR /app\nRUN npm ci\n';
  const missing = "npm error enoent ENOENT: no such file or directory, open '/app/package.json'";
  assert.equal(
    first(node, 'npm ci', missing, { '': ['package.json'] }),
    node.replace('RUN', 'COPY package.json ./\nRUN'),
  );
});
