// Which instruction is blamed for a package: the history of the image against the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, attributeToBase, stageChain } from '../../server/src/workflow/scan/attribution';
import { layersOf } from '../../server/src/workflow/scan/report';
import type { ScanReport, Vulnerability } from '../../server/src/workflow/scan/report';
import { describe } from '../harness/description';

function vulnerability(id: string, more: Partial<Vulnerability> = {}): Vulnerability {
  return { id, severity: 'high', name: id.toLowerCase(), version: '1', ecosystem: 'deb', ...more };
}

/** @returns `line origin: ids` for each instruction that is blamed */
function blamed(text: string, result: ScanReport, target?: string): string[] {
  const description = describe(text);
  return attribute(result, description, target).map(
    ({ instruction, origin, vulnerabilities }) =>
      `${(description.instructions[instruction]?.mark.start.line ?? -1) + 1} ${origin}: ${vulnerabilities.map(({ id }) => id).join(' ')}`,
  );
}

test('a layer above a known step is never of the base image: only the steps above may have made it', () => {
  const result = (...above: readonly string[]): ScanReport => ({
    layers: ['ADD rootfs / # buildkit', 'RUN /bin/sh -c npm ci # buildkit', ...above].map((createdBy) => ({
      createdBy,
    })),
    vulnerabilities: [
      vulnerability('NPM', { layer: 2, ecosystem: 'npm' }),
      vulnerability('DEB', { layer: 2 }),
    ],
  });
  const file = 'FROM node\nRUN npm ci\nRUN make\n';
  assert.deepEqual(blamed(file, result('something else')), ['3 step: NPM DEB']);
  // One layer of two steps: their package managers tell, or nothing does.
  const two = `${file}RUN npm install x\n`;
  assert.deepEqual(blamed(two, result('something else')), ['4 step: NPM', '4 steps: DEB']);
  // As many layers as steps: each made one.
  assert.deepEqual(blamed(two, result('something else', 'another')), ['3 step: NPM DEB']);
  // What stands between two known steps.
  const between = result('something else', 'RUN /bin/sh -c npm install x # buildkit');
  assert.deepEqual(blamed(two, between), ['3 step: NPM DEB']);
});

test('a base image that lacks a part of its history does not move the steps', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const history = [
    { created_by: 'CMD ["x"]', empty_layer: true },
    { created_by: 'COPY a /x # buildkit' },
    { created_by: 'RUN /bin/sh -c make # buildkit' },
  ];
  assert.deepEqual(
    layersOf(ids, { history }).map(({ createdBy }) => createdBy),
    ['', '', 'COPY a /x # buildkit', 'RUN /bin/sh -c make # buildkit'],
  );
  assert.deepEqual(
    layersOf(['a'], { history }).map(({ createdBy }) => createdBy),
    ['RUN /bin/sh -c make # buildkit'],
  );
});

test('every way to write a step is told from the history', () => {
  const cases: readonly (readonly [instruction: string, history: string])[] = [
    ['COPY --from=b --link --chmod=755 /x /y', 'COPY --chmod=755 /x /y # buildkit'],
    ['COPY --parents --chown=$U:$G a /y', 'COPY --parents --chown=1:2 a /y # buildkit'],
    ['ADD --checksum=sha256:1 https://a.example/x /y', 'ADD https://a.example/x /y # buildkit'],
    ['COPY ["a b", "/c d/"]', 'COPY a b /c d/ # buildkit'],
    ['COPY $A-${B}/x ${C:-y}/', 'COPY one-two/x three/ # buildkit'],
    ['COPY "a" /y', 'COPY a /y # buildkit'],
    ['COPY <<EOF <<-"TWO" /y/\none\nEOF\ntwo\nTWO', 'COPY <<EOF <<TWO /y/ # buildkit'],
    ['WORKDIR app', 'WORKDIR /srv/app'],
    ['WORKDIR app/', '/bin/sh -c #(nop) WORKDIR /app'],
    ['WORKDIR ../x', 'WORKDIR /srv/x'],
    ['WORKDIR $HOME/a', 'WORKDIR /root/a'],
    ['RUN ["npm", "ci"]', 'RUN npm ci # buildkit'],
    ['RUN ["npm", "ci"]', '|1 A=b npm ci'],
    ['RUN [ "npm",  "ci" ]', '/bin/sh -c [ "npm", "ci" ]'],
    ['RUN echo $HOME ${A}', 'RUN |2 A=1 B=2 /bin/bash -o pipefail -c echo $HOME ${A} # buildkit'],
    ['RUN make', 'powershell -Command make'],
    ['RUN make', 'cmd /S /C make'],
    ['RUN <<EOF\nset -e\nmake\nEOF', 'RUN /bin/sh -c set -e\nmake\n # buildkit'],
    ['RUN <<EOF\n#!/usr/bin/env python3\nx\nEOF', 'RUN /bin/sh -c /dev/pipes/EOF # buildkit'],
    ['RUN cat <<EOF > /x\na\nEOF', 'RUN /bin/sh -c cat <<EOF > /x\na\nEOF # buildkit'],
    [
      'RUN --mount=type=cache,target=/c --network=none make \\\n  # why\n  all',
      'RUN /bin/sh -c make   all # buildkit',
    ],
    ['COPY --chown=1 a /y', '/bin/sh -c #(nop) COPY --chown=1file:0123 in /y '],
    ['COPY a b $D/', '/bin/sh -c #(nop) COPY multi:0123 in /d/ '],
  ];
  for (const [instruction, createdBy] of cases) {
    const layers = [{ createdBy: 'of the base' }, { createdBy }];
    const found = blamed(`FROM a\n${instruction}\n`, {
      layers,
      vulnerabilities: [vulnerability('X', { layer: 1 })],
    });
    assert.deepEqual(found, ['2 step: X'], `${instruction} — ${createdBy}`);
  }
  const others: readonly (readonly [string, string])[] = [
    ['RUN make', 'RUN /bin/sh -c cmake # buildkit'],
    ['RUN b', 'RUN /bin/sh -c a && b # buildkit'],
    ['COPY a /y', 'ADD a /y # buildkit'],
    ['COPY a /y', 'COPY b /y # buildkit'],
    ['COPY $A /y', 'COPY a /yy # buildkit'],
    ['WORKDIR app', 'WORKDIR /myapp'],
    ['ENV A=1', 'ENV A=1'],
  ];
  for (const [instruction, createdBy] of others) {
    const layers = [{ createdBy: 'of the base' }, { createdBy }];
    const found = blamed(`FROM a\n${instruction}\n`, {
      layers,
      vulnerabilities: [vulnerability('X', { layer: 1 })],
    });
    assert.deepEqual(found, ['1 base: X'], `${instruction} — ${createdBy}`);
  }
});

test('packages are blamed on the step that made their layer, the others on the base image', () => {
  const text = `FROM golang AS build
RUN apt-get install -y gcc
FROM debian:12 AS base
ARG V=1
RUN --mount=type=cache,target=/var/cache/apt apt-get update && \\
    apt-get install -y bash
FROM base
ENV A=1
COPY --from=build /app /app
RUN ["npm", "ci"]
RUN echo unreadable step
`;
  const layers = [
    { createdBy: '/bin/sh -c #(nop) ADD file:abc in / ' },
    { createdBy: 'RUN |1 V=1 /bin/sh -c apt-get update &&     apt-get install -y bash # buildkit' },
    { createdBy: 'COPY /app /app # buildkit' },
    { createdBy: 'RUN npm ci # buildkit' },
    { createdBy: 'something else' },
  ];
  const vulnerabilities = [
    vulnerability('BASE', { layer: 0 }),
    vulnerability('BASH', { layer: 1 }),
    vulnerability('NPM', { layer: 3, ecosystem: 'npm' }),
    vulnerability('LATE', { layer: 4 }),
    vulnerability('LATE-NPM', { layer: 4, ecosystem: 'npm' }),
    vulnerability('LATE-OTHER', { layer: 4, ecosystem: 'java' }),
    vulnerability('NOWHERE'),
  ];
  assert.deepEqual(blamed(text, { layers, vulnerabilities }), [
    '3 base: BASE',
    '3 image: NOWHERE',
    '5 step: BASH',
    '10 step: NPM',
    '11 step: LATE LATE-NPM LATE-OTHER',
  ]);
});

test("docker's old builder and buildah write their steps in another way", () => {
  const text = 'FROM debian\nCOPY a /x\nRUN apt-get install -y b\n';
  const layers = [
    { createdBy: '' },
    { createdBy: '/bin/sh -c #(nop) COPY file:0123 in /x ' },
    { createdBy: '/bin/sh -c apt-get install -y b' },
  ];
  const vulnerabilities = [vulnerability('A', { layer: 1 }), vulnerability('B', { layer: 2 })];
  assert.deepEqual(blamed(text, { layers, vulnerabilities }), ['2 step: A', '3 step: B']);
});

test('the base image of a target', () => {
  const text = 'FROM a AS one\nFROM b AS Two\nFROM one\n';
  const vulnerabilities = [vulnerability('X')];
  assert.deepEqual(blamed(text, { layers: [], vulnerabilities }), ['1 image: X']);
  assert.deepEqual(blamed(text, { layers: [], vulnerabilities }, 'two'), ['2 image: X']);
  assert.deepEqual(blamed('', { layers: [], vulnerabilities }), []);
  const description = describe(text);
  assert.deepEqual(stageChain(description), [2, 0]);
  assert.deepEqual(stageChain(description, 'gone'), []);
  assert.deepEqual(attributeToBase({ layers: [], vulnerabilities: [] }, description, 1), []);
  assert.equal(attributeToBase({ layers: [], vulnerabilities }, description, 1)[0]?.instruction, 1);
});
