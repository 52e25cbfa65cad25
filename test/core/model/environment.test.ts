import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Environment } from '../../../server/src/core/model/model';
import { modelOf } from '../../harness/commands';

/** What holds at each RUN, by one aspect. */
function atRuns<T>(text: string, aspect: (environment: Environment) => T): T[] {
  const model = modelOf(text);
  return model.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .map((run) => aspect(model.environmentAt(run)));
}

const users: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
  ['root without a USER', 'FROM debian\nRUN a', ['none root']],
  ['nobody knows without a USER on an unknown base', 'FROM somebody/image\nRUN a', ['none ?']],
  ['the image may bring one', 'FROM gcr.io/distroless/static:nonroot\nRUN a', ['none other']],
  [
    'in every spelling of root',
    ['root', '0', '0:0', 'root:adm', '00', '"root"'].map((user) => `FROM x\nUSER ${user}\nRUN a`).join('\n'),
    ['root root', '0 root', '0 root', 'root root', '00 root', 'root root'],
  ],
  ['and of others', 'FROM x\nUSER app:root\nRUN a\nUSER 1000\nRUN b', ['app other', '1000 other']],
  ['until it is set back', 'FROM x\nUSER app\nRUN a\nUSER root\nRUN b', ['app other', 'root root']],
  ['through stages', 'FROM x AS a\nUSER app\nFROM a\nRUN a\nFROM x\nRUN b', ['app other', 'none ?']],
  [
    'from variables with a value',
    'ARG G=root\nFROM x\nARG G\nARG U=app\nENV V=$U\nUSER $V\nRUN a\nUSER $G\nRUN b',
    ['app other', 'root root'],
  ],
  ['not from variables without', 'FROM x\nARG U\nUSER $U\nRUN a\nUSER $U:0\nRUN b', ['? ?', '? ?']],
  ['a group alone leaves the user to the image', 'FROM debian\nUSER :adm\nRUN a', [' root']],
  ['no root on Windows', 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nUSER x\nRUN a', ['x ?']],
  [
    'a trigger changes the child, not the stage',
    'FROM debian AS a\nONBUILD USER app\nRUN a\nFROM a\nRUN b\nFROM a\nRUN c',
    ['none root', 'app other', 'app other'],
  ],
  [
    'triggers see those before them',
    'FROM debian\nONBUILD USER app\nONBUILD RUN a\nRUN b\nUSER late',
    ['app other', 'none root'],
  ],
];

for (const [name, text, expected] of users) {
  test(`user: ${name}`, () => {
    const found = atRuns(text, ({ user, isRoot }) => {
      const name = user ? (user.name ?? '?') : 'none';
      return `${name} ${isRoot === undefined ? '?' : isRoot ? 'root' : 'other'}`;
    });
    assert.deepEqual(found, expected);
  });
}

const workdirs: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
  [
    'the default of known bases',
    'FROM alpine\nRUN a\nFROM golang:1.22\nRUN a\nFROM x/y\nRUN a',
    ['/', '/go', undefined],
  ],
  ['relative on known', 'FROM alpine\nWORKDIR app\nRUN a\nWORKDIR ../srv/./x/\nRUN b', ['/app', '/srv/x']],
  [
    'relative on unknown',
    'FROM x/y\nWORKDIR app\nRUN a\nWORKDIR /app\nWORKDIR sub\nRUN b',
    [undefined, '/app/sub'],
  ],
  ['never above the root', 'FROM alpine\nWORKDIR ../../x\nRUN a', ['/x']],
  [
    'with blanks and quotes',
    'FROM alpine\nWORKDIR "/my app"\nRUN a\nWORKDIR a b\nRUN b',
    ['/my app', '/my app/a b'],
  ],
  [
    'variables',
    'FROM x/y\nARG D=/d\nWORKDIR $D\nRUN a\nWORKDIR $HOME\nRUN b\nWORKDIR x\nRUN c',
    ['/d', undefined, undefined],
  ],
  ['inherited', 'FROM alpine AS a\nWORKDIR /a\nFROM a\nWORKDIR b\nRUN a', ['/a/b']],
  [
    'Windows',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN a\nWORKDIR C:\\\\app\nRUN b\nWORKDIR sub\nRUN c',
    [undefined, 'C:\\app', 'C:\\app\\sub'],
  ],
  ['a fragment', 'RUN a\nWORKDIR /x\nRUN b', [undefined, '/x']],
];

for (const [name, text, expected] of workdirs) {
  test(`workdir: ${name}`, () =>
    assert.deepEqual(
      atRuns(text, ({ workdir }) => workdir),
      expected,
    ));
}

test('whether a WORKDIR of the file is in force, not what the base has', () => {
  const text = 'FROM golang:1.22 AS a\nRUN a\nWORKDIR x\nRUN b\nFROM a\nRUN c\nFROM alpine\nRUN d';
  assert.deepEqual(
    atRuns(text, ({ workdirSet }) => workdirSet),
    [false, true, true, false],
  );
});

test('shell: the default of the base, then SHELL, inherited; nonsense changes nothing', () => {
  const text = `FROM alpine AS a
RUN a
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN b
SHELL bash -c
RUN c
FROM a
RUN d
FROM x/y
RUN e
FROM mcr.microsoft.com/windows/servercore:ltsc2022
RUN f`;
  assert.deepEqual(
    atRuns(text, ({ shell, shellInstruction }) => [shell?.join(' '), shellInstruction !== undefined]),
    [
      ['/bin/sh -c', false],
      ['/bin/bash -o pipefail -c', true],
      ['/bin/bash -o pipefail -c', true],
      ['/bin/bash -o pipefail -c', true],
      [undefined, false],
      ['cmd /S /C', false],
    ],
  );
});

test('a comment for hadolint names the shell of the base image, until SHELL or another one does', () => {
  const text = `# hadolint shell=/bin/zsh # for every stage
FROM debian:12 AS a
RUN a
# hadolint shell = /bin/bash

# and a remark
RUN b
ENV A=1
RUN c && \\
  # hadolint shell=ksh
  d
# hadolint shell=/bin/bash because
# hadolint shell=
# Hadolint shell=ksh
RUN e
SHELL ["/bin/sh", "-c"]
RUN f
# hadolint shell=/bin/ash
# hadolint shell=/bin/ksh
FROM a
RUN g
# hadolint shell=/bin/ash
# hadolint shell=/bin/ksh
RUN h
FROM debian:12
RUN i`;
  const model = modelOf(text);
  const runs = model.instructions.filter(({ keyword }) => keyword === 'RUN');
  assert.deepEqual(
    runs.map((run) => model.shellAt(run).dialect),
    ['zsh', 'bash', 'bash', 'bash', 'dash', 'dash', 'ksh', 'zsh'],
  );
  assert.deepEqual(
    atRuns(text, ({ shellFromComment, shellInstruction }) => [shellFromComment, Boolean(shellInstruction)]),
    [...Array<boolean[]>(4).fill([true, false]), [false, true], [false, true], [true, false], [true, false]],
  );
});

test('the dialect of scripts comes from SHELL and from what /bin/sh is', () => {
  const model = modelOf(`FROM alpine
RUN a
FROM debian
RUN a
FROM fedora
RUN a
FROM x/y
RUN a
SHELL ["bash", "-c"]
RUN a
SHELL ["sh", "-e", "-c"]
RUN a
FROM mcr.microsoft.com/windows/servercore:ltsc2022
RUN a
SHELL ["powershell", "-Command"]
RUN a
FROM x/node-windows:1
SHELL ["cmd"]
RUN a`);
  const runs = model.instructions.filter(({ keyword }) => keyword === 'RUN');
  assert.deepEqual(
    runs.map((run) => model.shellAt(run).dialect),
    ['ash', 'dash', 'bash', 'posix', 'bash', 'posix', 'cmd', 'powershell', 'cmd'],
  );
  assert.equal(runs[5] && model.shellAt(runs[5]).errexit, true);
  assert.deepEqual(
    runs.slice(0, 3).map((run) => model.scriptsOf(run)[0]?.dialect),
    ['ash', 'dash', 'bash'],
  );
});

test('what holds after a stage', () => {
  const model = modelOf(
    'FROM alpine AS a\nENV A=1\nUSER app\nONBUILD USER other\nWORKDIR /x\nFROM a\nENV B=$A',
  );
  const [a, b] = model.stages;
  assert.ok(a && b);
  assert.deepEqual([model.environmentAfter(a).user?.name, model.environmentAfter(a).workdir], ['app', '/x']);
  assert.deepEqual(
    [model.environmentAfter(b).user?.name, model.environmentAfter(b).env.get('B')],
    ['other', '1'],
  );
});

test('what changes nothing shares its environment with its neighbour', () => {
  const model = modelOf('FROM alpine\nRUN a\nCOPY a b\nRUN b\nENV A=1\nRUN c');
  const [, first, copy, second, , third] = model.file.instructions;
  assert.ok(first && copy && second && third);
  assert.equal(model.environmentAt(first), model.environmentAt(second));
  assert.equal(model.environmentAt(first), model.environmentAt(copy));
  assert.notEqual(model.environmentAt(first), model.environmentAt(third));
});

test('of two pairs of one ARG, the second knows the first', () => {
  const model = modelOf('FROM a\nARG A=1 B=$A\n');
  const [, instruction] = model.instructions;
  const value = instruction?.pairs[1]?.value;
  assert.ok(instruction && value);
  assert.equal(model.expand(value, instruction), '1');
});

test('a relative WORKDIR of a Windows base goes on from the one before', () => {
  const model = modelOf(
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR C:\\\\app\nWORKDIR sub\\\\deep\nRUN x\n',
  );
  const last = model.instructions.at(-1);
  assert.ok(last);
  assert.equal(model.environmentAt(last).workdir, 'C:\\app\\sub\\deep');
});
