// `drydock rebuilds` as a user runs it: output, notes and exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function rebuilds(cwd: string, ...words: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('dist/cli.js'), 'rebuilds', ...words],
    {
      cwd,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

const dockerfile = `FROM node:22 AS build
WORKDIR /app
COPY package.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM node:22-slim
COPY --from=build /app/dist /app
USER node
`;

const project = {
  '.git/': '',
  Dockerfile: dockerfile,
  '.dockerignore': 'docs\n',
  'package.json': '{}',
  'src/app.js': '',
  'docs/a.md': '',
};

test('lists the steps with their reasons', (t) => {
  const folder = makeFolder(t, project);
  assert.deepEqual(rebuilds(folder, 'src/app.js'), {
    status: 0,
    stderr: '',
    stdout: `Dockerfile: 2 of 6 steps run again, 1 more may
  5  COPY . .                          copies .
  6  RUN npm run build                 follows line 5
? 8  COPY --from=build /app/dist /app  copies /app/dist from stage build, unless these files stay the same
`,
  });
  assert.deepEqual(rebuilds(folder, 'docs/a.md'), {
    status: 0,
    stderr: '',
    stdout: 'Dockerfile: none of 6 steps runs again\n  .dockerignore keeps docs/a.md out of the build.\n',
  });
  assert.match(rebuilds(folder, 'src', '--target', 'build').stdout, /^Dockerfile: 2 of 5 steps run again\n/);
  assert.match(
    rebuilds(folder, 'package.json', 'docs/a.md').stdout,
    /^Dockerfile: 4 of 6 .*\n.*copies package\.json\n/,
  );
});

test('says what else counts: the Dockerfile, the ignore file, files of no step', (t) => {
  const folder = makeFolder(t, { ...project, Dockerfile: 'FROM a\nCOPY src /src\nRUN x\n' });
  assert.match(
    rebuilds(folder, 'Dockerfile').stdout,
    /none of 2.*\n {2}No step takes this file\.\n {2}An instruction that you edit/,
  );
  assert.match(rebuilds(folder, '.dockerignore').stdout, /^Dockerfile: 2 of 2 steps may run again\n\? 2 /);
  assert.match(rebuilds(folder, 'a', 'b').stdout, /No step takes these files/);
});

test('the same as data', (t) => {
  const folder = makeFolder(t, project);
  const { stdout } = rebuilds(folder, 'src/app.js', '--target=build', '--format=json');
  assert.deepEqual(JSON.parse(stdout), [
    {
      dockerfile: 'Dockerfile',
      context: '.',
      total: 5,
      steps: [
        { line: 4, instruction: 'COPY . .', stage: 'build', runs: 'yes', why: 'copies .' },
        { line: 5, instruction: 'RUN npm run build', stage: 'build', runs: 'yes', why: 'follows line 5' },
      ],
      notes: [],
    },
  ]);
});

test('every Dockerfile whose context holds the file, each with its own ignore file', (t) => {
  const folder = makeFolder(t, {
    '.git/': '',
    'api/Dockerfile': 'FROM a\nCOPY src /src\n',
    'api/src/a.js': '',
    'web/Dockerfile': 'FROM a\nCOPY src /src\n',
    'web/src/b.js': '',
    'tools/all.Dockerfile': 'FROM a\nCOPY api/src web/src /src/\n',
    'tools/all.Dockerfile.dockerignore': 'web\n',
  });
  const { status, stdout } = rebuilds(folder, 'api/src/a.js');
  assert.equal(status, 0);
  assert.equal(
    stdout,
    `api/Dockerfile: 1 of 1 step runs again
  2  COPY src /src  copies src

tools/all.Dockerfile: 1 of 1 step runs again
  2  COPY api/src web/src /src/  copies api/src
`,
  );
  assert.match(
    rebuilds(folder, 'web/src/b.js').stdout,
    /tools\/all.*none of 1.*\n {2}tools\/all\.Dockerfile\.dockerignore keeps/,
  );
  const named = rebuilds(folder, 'web/src/b.js', '--file=api/Dockerfile', '--context=web');
  assert.equal(named.stdout, 'api/Dockerfile: 1 of 1 step runs again\n  2  COPY src /src  copies src\n');
});

test('where nothing can be said, the exit status is 2 and the message says what to do', (t) => {
  const folder = makeFolder(t, project);
  const no = (words: readonly string[], message: RegExp): void => {
    const { status, stdout, stderr } = rebuilds(folder, ...words);
    assert.deepEqual([status, stdout], [2, ''], stderr);
    assert.match(stderr, message);
  };
  no([], /needs the files that change/);
  no(['../else'], /holds \.\.\/else\. Name one with --file/);
  no(['../else', '--file=Dockerfile'], /no file lies in its build context, \.\. Name another context/);
  no(['src', '--file=Dockerfile', '--target=nix'], /no stage nix\. It has build or 1/);
  no(['src', '--target=nix'], /and has a stage nix/);
  no(['src', '--file=Dockerfil'], /Dockerfil: .*Did you mean Dockerfile\?/);
  no(['src', '--context=.'], /--context needs --file/);
  no(['src', '--file=Dockerfile', '--context=nowhere'], /nowhere is not a folder/);
});
