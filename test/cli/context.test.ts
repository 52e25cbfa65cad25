// What lies around a Dockerfile, through the bundle: folders with a history, dependencies, settings and ignore files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';

const cli = resolve('dist/cli.js');

interface Row {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly dockerfile: string;
  /** Findings of the rules on the build context: rule, severity, beginning of the message. */
  readonly findings: readonly string[];
}

const node =
  'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nUSER node\nCMD ["node", "a.js"]\n';
const around = {
  '.git/HEAD': 'ref',
  '.env': 'KEY=1',
  'node_modules/a/index.js': '',
  'package.json': '{}',
  'a.js': '',
};
const nested = {
  'api/main.py': '',
  'api/venv/pyvenv.cfg': '',
  'tests/.env': '',
  'web/.env': '',
  'web/.env.example': '',
  'web/.env.local': '',
  'web/node_modules/a/index.js': '',
  'web/package.json': '{}',
};
const everything = 'copy-everything hint The whole build context goes into the image';
const later = 'dockerignore-missing hint Whatever comes into this folder later is copied too';

const rows: readonly Row[] = [
  {
    name: 'no ignore file',
    files: around,
    dockerfile: node,
    findings: [everything, 'dockerignore-missing warning .env, .git/, node_modules/ are copied too'],
  },
  {
    name: 'an ignore file with all of it',
    files: { ...around, '.dockerignore': '.git\nnode_modules/*\n**/.env*\n' },
    dockerfile: node,
    findings: [everything],
  },
  {
    name: 'an ignore file with some of it, from Windows',
    files: { ...around, '.dockerignore': '# x\r\nnode_modules\r\n.git/\r\n' },
    dockerfile: node,
    findings: [everything, 'dockerignore-incomplete warning .env is copied too, because .dockerignore'],
  },
  {
    name: 'what an exception brings back',
    files: { ...around, '.dockerignore': '*\n!package.json\n!*.js\n!.e*\n' },
    dockerfile: node,
    findings: ['dockerignore-incomplete warning .env is copied too, because .dockerignore'],
  },
  {
    name: 'what an exception brings back by name',
    files: { ...around, '.dockerignore': '*\n!package.json\n!*.js\n!.git\n!/.env\n' },
    dockerfile: node,
    findings: [],
  },
  {
    name: 'exceptions for what lies in a folder',
    files: { ...around, 'src/b.js': '', '.dockerignore': '*\n!*.js*\n!src/**\n!.git/**\n' },
    dockerfile: node,
    findings: [],
  },
  {
    name: 'everything but a folder, all of which comes back but a part',
    files: { ...around, '.dockerignore': '*\n!*\n.git\n**/.env\n' },
    dockerfile: node,
    findings: [
      everything,
      'dockerignore-incomplete warning node_modules/ is copied too, because .dockerignore',
    ],
  },
  {
    name: 'samples of settings, and output of a build that is repeated',
    files: {
      'App.csproj': '',
      'a.cs': '',
      'obj/a.json': '',
      'example.env': '',
      'test.env': '',
      'prod.env': '',
    },
    dockerfile:
      'FROM mcr.microsoft.com/dotnet/sdk:9.0\nWORKDIR /app\nCOPY . .\nRUN dotnet publish -o /out\nUSER 1\nENTRYPOINT ["/out/App"]\n',
    findings: [everything, 'dockerignore-missing warning obj/, prod.env are copied too'],
  },
  {
    name: 'a program that runs, but installs nothing',
    files: { 'package.json': '{}', 'a.js': '', 'node_modules/a/index.js': '' },
    dockerfile:
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build && npm i -g serve\nUSER node\nCMD ["npm", "start"]\n',
    findings: [everything, later],
  },
  {
    name: 'an ignore file of the Dockerfile goes first',
    files: { ...around, '.dockerignore': '**\n', 'Dockerfile.dockerignore': '.env\n' },
    dockerfile: node,
    findings: [
      everything,
      'dockerignore-incomplete warning .git/, node_modules/ are copied too, because Dockerfile.dockerignore',
    ],
  },
  {
    name: 'a history that a build reads, dependencies that nothing installs',
    files: around,
    dockerfile:
      'FROM node:22\nCOPY . /app\nRUN git -C /app describe > /v && cat /app/.env\nUSER node\nCMD ["node", "/app/a.js"]\n',
    findings: [everything, later],
  },
  {
    name: 'things of other tools',
    files: { 'a.js': '', '.github/workflows/ci.yml': '', 'compose.yaml': '' },
    dockerfile: 'FROM node:22\nCOPY . /app\nUSER node\nCMD ["node", "/app/a.js"]\n',
    findings: [
      'copy-everything info The whole build context goes into the image, including .github/, compose.yaml',
      later,
    ],
  },
  {
    name: 'folders, with an ignore file for the root',
    files: { ...nested, '.dockerignore': 'node_modules\n.env\n' },
    dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n',
    findings: [
      everything,
      'dockerignore-incomplete warning api/venv/, web/.env, web/.env.local, web/node_modules/ are copied too',
    ],
  },
  {
    name: 'folders, with an ignore file for all of them',
    files: { ...nested, '.dockerignore': '**/node_modules\n**/.env*\n*/venv\n' },
    dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n',
    findings: [everything],
  },
  {
    name: 'a folder that is copied by its name',
    files: nested,
    dockerfile:
      'FROM node:22\nWORKDIR /app/web\nCOPY ./web/ .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n',
    findings: ['dockerignore-missing warning web/.env, web/.env.local, web/node_modules/ are copied too'],
  },
  {
    name: 'a folder that is copied in parts, and one nothing is installed in',
    files: nested,
    dockerfile:
      'FROM node:22\nWORKDIR /app\nCOPY web/a.js web/.env* ./\nCOPY api/*.py web/node_modules ./\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n',
    findings: [],
  },
  {
    name: 'folders from which something is brought back, or asked for, by name',
    files: { ...nested, '.dockerignore': '!web/.env\n!**/.env.local\n' },
    dockerfile:
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN --mount=type=bind,source=api/venv,target=/v npm ci\nUSER node\nCMD ["node", "a.js"]\n',
    findings: [everything],
  },
  {
    name: 'settings that the build of a web page in the folder reads',
    files: { 'web/.env': '', 'web/vite.config.ts': '' },
    dockerfile: 'FROM node:22\nCOPY web /app\nRUN npm --prefix /app run build\nUSER node\nCMD ["node"]\n',
    findings: [],
  },
  {
    name: 'output of projects in folders',
    files: { 'App.sln': '', 'App/App.csproj': '', 'App/obj/a.json': '', 'tools/bin/run': '' },
    dockerfile:
      'FROM mcr.microsoft.com/dotnet/sdk:9.0\nWORKDIR /app\nCOPY . .\nRUN dotnet publish -o /out\nUSER 1\nENTRYPOINT ["/out/App"]\n',
    findings: [everything, 'dockerignore-missing warning App/obj/ is copied too'],
  },
  {
    name: 'a stage that is only copied from',
    files: { 'a.c': '', 'compose.yaml': '' },
    dockerfile:
      'FROM gcc:14 AS build\nCOPY . /src\nRUN gcc -static -o /a /src/a.c\nFROM scratch\nCOPY --from=build /a /a\nUSER 1\nENTRYPOINT ["/a"]\n',
    findings: ['copy-everything hint The whole build context goes into this stage', later],
  },
];

for (const { name, files, dockerfile, findings } of rows) {
  test(`build context: ${name}`, (t) => {
    const folder = makeFolder(t, { ...files, Dockerfile: dockerfile });
    const args = ['check', '--profile', 'strict', '--format', 'json', 'Dockerfile'];
    const { stdout } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
    const [file] = JSON.parse(stdout) as [
      { findings: { rule: string; severity: string; message: string }[] },
    ];
    const found = file.findings
      .filter(({ rule }) => /^(?:dockerignore-|copy-everything)/.test(rule))
      .map(({ rule, severity, message }) => `${rule} ${severity} ${message}`)
      .sort();
    assert.equal(found.length, findings.length, found.join('\n'));
    [...findings].sort().forEach((start, at) => assert.ok(found[at]?.startsWith(start), found.join('\n')));
  });
}

for (const [name, json, offered] of [
  ['nothing of the sources', '{"scripts":{"build":"tsc"}}', true],
  ['the sources', '{"scripts":{"prepare":"tsc"}}', false],
] as const) {
  test(`build context: a package.json whose installation needs ${name}`, (t) => {
    const folder = makeFolder(t, {
      'package.json': json,
      'package-lock.json': '{}',
      'a.ts': '',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
    });
    const { stdout } = spawnSync(process.execPath, [cli, 'check', '--format', 'json', 'Dockerfile'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const [file] = JSON.parse(stdout) as [{ findings: { rule: string; fix: object | null }[] }];
    const found = file.findings.find(({ rule }) => rule === 'copy-source-before-dependencies');
    assert.ok(found);
    assert.equal(found.fix !== null, offered);
  });
}

/** Standard output of `drydock check` with arguments, in a folder. */
function check(cwd: string, ...words: readonly string[]): string {
  return spawnSync(process.execPath, [cli, 'check', ...words], { cwd, encoding: 'utf8' }).stdout;
}

test('build context: --fix=suggested creates the ignore file and names it', (t) => {
  const folder = makeFolder(t, { ...around, Dockerfile: node });
  assert.doesNotMatch(check(folder, '--fix', 'Dockerfile'), /created/);
  assert.equal(existsSync(join(folder, '.dockerignore')), false, '--fix takes safe fixes alone');
  assert.match(check(folder, 'Dockerfile'), /^1 file: .*[12] can be fixed with --fix=suggested$/m);
  assert.match(check(folder, '--color=always', 'Dockerfile'), /fix: Create \.dockerignore/);
  assert.match(
    check(folder, '--format', 'agent', 'Dockerfile'),
    /fix \(suggested.*\): Create \.dockerignore$/m,
  );
  const said = check(folder, '--fix=suggested', 'Dockerfile');
  assert.match(said, /^\.dockerignore: created$/m);
  assert.doesNotMatch(said, /dockerignore-missing|dockerignore-incomplete/);
  const text = readFileSync(join(folder, '.dockerignore'), 'utf8');
  assert.equal(text, '.env\n.git\nnode_modules\nDockerfile\n');
  assert.match(
    readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    /^COPY \. \.$/m,
    'nothing is copied by name',
  );
  assert.doesNotMatch(check(folder, '--fix=suggested', 'Dockerfile'), /created/);
});

test('build context: with the ignore file there, the rest is fixed in the same run', (t) => {
  const folder = makeFolder(t, {
    ...around,
    'tests/a.js': '',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n',
  });
  const said = check(folder, '--fix=suggested', 'Dockerfile');
  assert.match(said, /^\.dockerignore: created$/m);
  const after = readFileSync(join(folder, 'Dockerfile'), 'utf8');
  assert.equal(check(folder, '--fix=suggested', 'Dockerfile').includes(' fixed'), false);
  assert.equal(readFileSync(join(folder, 'Dockerfile'), 'utf8'), after);
});

test('build context: no file is created over a link', (t) => {
  const folder = makeFolder(t, { ...around, Dockerfile: node });
  symlinkSync(join(folder, 'elsewhere'), join(folder, '.dockerignore'));
  assert.doesNotMatch(check(folder, '--fix=suggested', 'Dockerfile'), /created/);
  assert.equal(existsSync(join(folder, 'elsewhere')), false);
});

test('build context: a typing error hides nothing', (t) => {
  const folder = makeFolder(t, {
    '.env': 'KEY=1',
    'app.py': '',
    'requirements.txt': '',
    Dockerfile: 'FROM python:3.13\nCOPY requirments.txt /app/\nCOPY . /app\n',
  });
  const said = check(folder, 'Dockerfile');
  assert.match(
    said,
    /error: requirments\.txt does not exist .* Did you mean requirements\.txt\? \[copy-source-missing\]/,
  );
  assert.match(said, /warning: \.env is copied too/);
});

test('build context: a Compose file further up says which folder it is', (t) => {
  const files = {
    'compose.yaml': 'services:\n  web:\n    build: { context: ., dockerfile: web/Dockerfile }\n',
    '.dockerignore': '.env\n',
    '.env': 'KEY=1',
    'web/.env': '',
    'web/app.js': '',
    'web/Dockerfile': 'FROM node:22\nCOPY web/app.js shared.json /app/\n',
  };
  const folder = makeFolder(t, files);
  assert.match(check(folder, 'web/Dockerfile'), /shared\.json does not exist/);
  assert.doesNotMatch(check(folder, 'web/Dockerfile'), /app\.js does not exist/);
});

test('build context: a bind mount shows which folder it is', (t) => {
  const folder = makeFolder(t, {
    'web/package.json': '{}',
    'web/.env': 'KEY=1',
    'web/Dockerfile':
      'FROM node:22\nWORKDIR /app\nRUN --mount=type=bind,source=package.json,target=package.json npm ci\nCOPY . .\nCOPY pakage.json ./\n',
  });
  const said = check(folder, 'web/Dockerfile');
  assert.match(said, /pakage\.json does not exist/);
  assert.match(said, /\.env is copied too/);
});

test('an image that the repository builds itself needs no tag', (t) => {
  const folder = makeFolder(t, {
    Makefile: 'all:\n\tdocker build -t acme/tools:$(TAG) tools\n',
    'svc/Dockerfile': 'FROM acme/tools\nFROM acme/other\n',
  });
  const said = check(folder, 'svc/Dockerfile');
  assert.doesNotMatch(said, /acme\/tools has no tag/);
  assert.match(said, /acme\/other has no tag/);
});
