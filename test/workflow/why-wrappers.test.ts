// The same log as CI systems, terminals and people hand it on: what stands around it changes no answer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explain } from '../../server/src/workflow/why/explain';
import type { BuildDescription } from '../../server/src/workflow/build-description';
import type { Explanation } from '../../server/src/workflow/why/explanation';
import { LogReader } from '../../server/src/workflow/why/read-log';
import { describe } from '../harness/description';

/** The log as it comes out, from its lines. */
type Wrapper = (lines: readonly string[]) => readonly string[];

/** The same in front of every line. @param prefix of a line by its number */
function before(prefix: (at: number) => string): Wrapper {
  return (lines) => lines.map((line, at) => `${prefix(at)}${line}`);
}

function between(first: readonly string[], last: readonly string[], wrapper = before(() => '')): Wrapper {
  return (lines) => [...first, ...wrapper(lines), ...last];
}

const second = (at: number): string => String(at % 60).padStart(2, '0');

const wrappers: Readonly<Record<string, Wrapper>> = {
  'GitHub, downloaded': between(
    ['2026-11-20T10:00:00.1234567Z ##[group]Run docker build .', '2026-11-20T10:00:00.1234567Z ##[endgroup]'],
    ['2026-11-20T10:01:00.1234567Z ##[error]Process completed with exit code 1.', 'Post job cleanup.'],
    before((at) => `2026-11-20T10:00:${second(at)}.1234567Z `),
  ),
  'GitHub, gh run view': before((at) => `build\tUNKNOWN STEP\t2026-11-20T10:00:${second(at)}.1234567Z `),
  'GitHub, the end as an error': (lines) => [
    ...lines.slice(0, -1).map((line) => `2026-11-20T10:00:01.1234567Z ${line}`),
    `2026-11-20T10:00:01.1234567Z ##[error]${lines.at(-1) ?? ''}`,
  ],
  'GitLab 17': between(
    [],
    [
      '2026-11-20T10:01:00.123456Z 00O section_end:1763632805:step_script\r\u001b[0K',
      '2026-11-20T10:01:00.123456Z 00O \u001b[31;1mERROR: Job failed: exit code 1\u001b[0;m',
    ],
    before((at) => `2026-11-20T10:00:${second(at)}.123456Z 01O `),
  ),
  'GitLab before': between(
    [
      'section_start:1763632800:step_script\r\u001b[0K\u001b[0K\u001b[36;1mExecuting "step_script" stage\u001b[0;m',
      '\u001b[32;1m$ docker build .\u001b[0;m',
    ],
    ['\u001b[31;1mERROR: Job failed: exit code 1\u001b[0;m'],
  ),
  'Jenkins, with times': between(
    ['[2026-11-20T10:00:00.123Z] + docker build .'],
    ['[2026-11-20T10:01:00.523Z] ERROR: script returned exit code 1', 'Finished: FAILURE'],
    before((at) => `[2026-11-20T10:00:${second(at)}.123Z] `),
  ),
  'Jenkins, with the clock': between(
    ['10:00:00  + docker build .'],
    ['[Pipeline] }', 'Finished: FAILURE'],
    before((at) => `10:00:${second(at)}  `),
  ),
  'Jenkins, side by side': before(() => '[build-amd64] '),
  'Cloud Build': between(
    ['BUILD', 'Step #0: Already have image (with digest): gcr.io/cloud-builders/docker'],
    ['Finished Step #0', 'ERROR', 'ERROR: build step 0 "docker" failed: step exited with non-zero status: 1'],
    before(() => 'Step #0: '),
  ),
  'Cloud Build, a step with a name': before(() => 'Step #0 - "Build": '),
  Azure: between(
    ['2026-11-20T10:00:00.1234567Z ##[section]Starting: Docker build'],
    ["2026-11-20T10:01:00.1234567Z ##[error]The process '/usr/bin/docker' failed with exit code 1"],
    before((at) => `2026-11-20T10:00:${second(at)}.1234567Z `),
  ),
  CircleCI: between(
    ['#!/bin/bash -eo pipefail', 'docker build .'],
    ['', 'Exited with code exit status 1', 'CircleCI received exit code 1'],
  ),
  Travis: between(
    ['travis_fold:start:build\r\u001b[0K', 'travis_time:start:0a1b\r\u001b[0K$ docker build .'],
    ['\u001b[31;1mThe command "docker build ." exited with 1.\u001b[0m'],
  ),
  Buildkite: before((at) => `\u001b_bk;t=${1763632800000 + at}\u0007`),
  CodeBuild: between(
    ['[Container] 2026/11/20 10:00:00.123456 Running command docker build .'],
    [
      '',
      '[Container] 2026/11/20 10:00:09.1 Command did not exit successfully docker build . exit status 1',
      '[Container] 2026/11/20 10:00:09.1 Phase complete: BUILD State: FAILED',
    ],
  ),
  TeamCity: (lines) =>
    lines.map((line, at) => `[10:00:${second(at)}]${at % 2 === 0 ? 'W' : ' '}:\t [Step 1/2] ${line}`),
  Drone: before((at) => `[build:${at}] `),
  Tekton: before(() => '[build : build-image] '),
  Kubernetes: before(() => '[pod/build-abc/step-build] '),
  Heroku: before(() => 'remote: '),
  Compose: before(() => 'web_1  | '),
  'journald and syslog': before((at) => `Nov 20 10:00:${second(at)} runner docker[${at + 99}]: `),
  'a time with a blank': before((at) => `2026-11-20 10:00:${second(at)},${at} `),
  'colours of the whole line': (lines) => lines.map((line) => `\u001b[38;5;250m${line}\u001b[39m\u001b[K`),
  'colours without their escape': (lines) => lines.map((line) => `[91m${line}[0m`),
  'a quotation': before(() => '> '),
  'a list in a page': before(() => '    '),
  Markdown: between(['```console', '$ docker build .'], ['```', '</details>']),
  make: between(['docker build .'], ['make: *** [Makefile:3: build] Error 1']),
  'the end of a line of Windows': (lines) => lines.map((line) => `${line}\r`),
};

/** Lines of Docker's API, which only the old builder writes. */
const objects: Wrapper = (lines) =>
  lines.map((line, at) =>
    JSON.stringify(
      at === lines.length - 1
        ? { errorDetail: { code: 1, message: line }, error: line }
        : { stream: `${line}\n` },
    ),
  );

/** Logs of each builder as it prints them itself. */
const logs = ['old-builder', 'old-builder-colours-left', 'buildkit-plain', 'buildah', 'base-image-missing'];

function why(log: string, file: BuildDescription): Explanation {
  const reader = new LogReader();
  reader.push(log);
  return explain(reader.end().failure, file);
}

for (const name of logs) {
  test(name, () => {
    const [, marked = '', log = ''] = readFileSync(`test/workflow/why/${name}.txt`, 'utf8').split(
      /^-- [\w ]+ --\n/m,
    );
    const file = describe(marked.replace('«', ''));
    const text = log.replaceAll('␛', '\u001b').replaceAll('␍', '\r').trimEnd();
    const plain = why(text, file);
    assert.notEqual(plain.cause, 'unknown');
    const all = { ...wrappers, ...(name.startsWith('old-builder') ? { 'Docker’s API': objects } : {}) };
    for (const [system, wrap] of Object.entries(all))
      assert.deepEqual(why(`${wrap(text.split('\n')).join('\n')}\n`, file), plain, system);
  });
}

test('an apk that misses packages is read behind every prefix', () => {
  const file = describe('FROM alpine:3.20\nRUN apk add python2\n');
  const lines = [
    'Step 1/2 : FROM alpine:3.20',
    ' ---> 0123456789ab',
    'Step 2/2 : RUN apk add python2',
    ' ---> Running in 0123456789ab',
    'ERROR: unable to select packages:',
    '  python2 (no such package):',
    '    required by: world[python2]',
    '',
    "The command '/bin/sh -c apk add python2' returned a non-zero code: 1",
  ];
  for (const [system, wrap] of Object.entries({ ...wrappers, objects })) {
    const { cause, facts, line } = why(`${wrap(lines).join('\n')}\n`, file);
    assert.deepEqual([cause, facts.package, line], ['apk-package-missing', 'python2', 1], system);
  }
});
