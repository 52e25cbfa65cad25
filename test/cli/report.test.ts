// The JSON format through the bundle, in every kind of run: what comes out is what the published schema describes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import type { FileReport } from '../../server/src/service/report';
import { assertDescribed } from '../harness/report-schema';
import { makeFolder } from '../harness/workspace';

const dirty = 'FROM alpine:3.20\nRUN apk add curl\nUSER nobody\nCMD ["curl"]\n';
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const rows: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly args?: readonly string[];
  readonly input?: string;
  /** Of the reports, besides `version`, `drydock` and `findings`. */
  readonly says: readonly Partial<FileReport>[];
}[] = [
  { name: 'nothing to look at', files: {}, says: [] },
  { name: 'findings', files: { Dockerfile: dirty }, says: [{ path: 'Dockerfile' }] },
  { name: 'none', files: { Dockerfile: 'FROM scratch\nUSER 1\n' }, says: [{ path: 'Dockerfile' }] },
  { name: 'fixes', files: { Dockerfile: dirty }, args: ['--fix'], says: [{ path: 'Dockerfile', fixed: 1 }] },
  {
    name: 'a file that is not there',
    files: {},
    args: ['Dockerfile'],
    says: [{ path: 'Dockerfile', error: 'there is no such file or folder' }],
  },
  {
    name: 'a file that is not UTF-8',
    files: { Dockerfile: Buffer.concat([Buffer.from([0x23, 0xe9, 0x0a]), Buffer.from(dirty)]) },
    args: ['--fix'],
    says: [{ path: 'Dockerfile', fixed: 0, error: 'is not UTF-8, so it was not rewritten' }],
  },
  {
    name: 'standard input',
    files: {},
    args: ['--stdin', '--fix'],
    input: dirty,
    says: [{ path: 'Dockerfile', fixed: 1, text: dirty.replace('apk add', 'apk add --no-cache') }],
  },
];

function run(folder: string, args: readonly string[], input = ''): FileReport[] {
  const { stdout } = spawnSync(
    process.execPath,
    [resolve('dist/cli.js'), 'check', '--format', 'json', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      input,
    },
  );
  return JSON.parse(stdout) as FileReport[];
}

for (const { name, files, args = [], input, says } of rows) {
  test(`report: ${name}`, (t) => {
    const reports = run(makeFolder(t, files), args, input);
    assertDescribed(reports);
    assert.deepEqual(
      reports.map(({ findings: _findings, ...rest }) => rest),
      says.map((rest) => ({ version: 1, drydock: version, ...rest })),
    );
  });
}

test('report: problems of a configuration are told with every file that it holds for', (t) => {
  const folder = makeFolder(t, {
    'a/.drydock.yaml': 'colour: red\n',
    'a/Dockerfile': dirty,
    'a/b/Dockerfile': dirty,
    'c/Dockerfile': dirty,
  });
  const reports = run(folder, []);
  assertDescribed(reports);
  assert.deepEqual(
    reports.map(({ path, problems = [] }) => [path, problems.map((problem) => problem.path)]),
    [
      ['a/Dockerfile', [resolve(folder, 'a/.drydock.yaml')]],
      ['a/b/Dockerfile', [resolve(folder, 'a/.drydock.yaml')]],
      ['c/Dockerfile', []],
    ],
  );
  const { stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), 'check'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(stderr.match(/colour/g)?.length, 1, 'for people they are told once');
});
