import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model, Stage } from '../../../server/src/core/model/model';
import { modelOf } from '../../harness/commands';

/** One line a stage: what it is built on, who uses it, and what of it ends up where. */
function describe(model: Model): string[] {
  const label = (stage: Stage | undefined) => (stage ? `#${stage.index}` : undefined);
  return model.stages.map((stage) => {
    const on = label(stage.parent) ?? stage.image?.text ?? 'unknown';
    const uses = stage.usedBy.map((use) => `${use.via}${label(use.stage)}${use.certain ? '' : '?'}`);
    const state = [
      stage.isFinal ? 'final' : '',
      stage.reachesImage ? 'in-image' : stage.reachable ? 'needed' : 'unused',
    ];
    return [`#${stage.index}`, stage.name?.value ?? '-', 'on', on, ...uses, ...state]
      .filter(Boolean)
      .join(' ');
  });
}

const graphs: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a name is found above, not below, and the last one counts',
    `FROM b AS a
FROM alpine AS b
FROM debian AS b
FROM b`,
    [
      '#0 a on b unused',
      '#1 b on alpine unused',
      '#2 b on debian from#3 in-image',
      '#3 - on #2 final in-image',
    ],
  ],
  [
    'FROM compares exactly with the lower-cased name, --from in any case',
    `FROM alpine AS Builder
FROM Builder AS other
FROM builder
COPY --from=BUILDER /a /b`,
    [
      '#0 Builder on alpine from#2 copy#2 in-image',
      '#1 other on Builder unused',
      '#2 - on #0 final in-image',
    ],
  ],
  [
    'COPY takes numbers, as Go reads them; a mount does not',
    `FROM alpine
FROM debian
FROM scratch
COPY --from=0 /a /
COPY --from=01 /a /
COPY --from=9 /a /
RUN --mount=from=0,target=/m true`,
    ['#0 - on alpine copy#2 needed', '#1 - on debian copy#2 needed', '#2 - on scratch final in-image'],
  ],
  [
    '--from sees the whole file, itself and what comes later included',
    `FROM alpine AS a
COPY --from=b /x /x
COPY --from=a /x /x
FROM a AS b
FROM a
RUN --mount=type=cache,from=b,target=/x --mount=target=/y,FROM=a true`,
    [
      '#0 a on alpine from#1 from#2 copy#0 mount#2 in-image',
      '#1 b on #0 copy#0 mount#2 needed',
      '#2 - on #0 final in-image',
    ],
  ],
  [
    'a name may come from the default of an ARG, and the command line may mean another one',
    `ARG KIND=one
FROM alpine AS base-one
FROM debian AS base-two
FROM busybox AS other
FROM base-\${KIND} AS final`,
    [
      '#0 base-one on alpine from#3 in-image',
      '#1 base-two on debian from#3? needed',
      '#2 other on busybox unused',
      '#3 final on #0 final in-image',
    ],
  ],
  [
    'a variable without a known value may mean every stage that fits',
    `FROM alpine AS base-linux
FROM debian AS base-windows
FROM busybox AS base
FROM base-$TARGETOS`,
    [
      '#0 base-linux on alpine from#3? in-image',
      '#1 base-windows on debian from#3? in-image',
      '#2 base on busybox unused',
      '#3 - on base-$TARGETOS final in-image',
    ],
  ],
  [
    'an image from a variable is not a stage',
    `ARG IMAGE=alpine
FROM debian AS a
FROM $IMAGE AS b
FROM $OTHER`,
    ['#0 a on debian unused', '#1 b on $IMAGE unused', '#2 - on $OTHER final in-image'],
  ],
  [
    'quotes around a name do not matter',
    `FROM alpine AS a
FROM "a"
COPY --from="a" /x /x`,
    ['#0 a on alpine from#1 copy#1 in-image', '#1 - on #0 final in-image'],
  ],
  [
    'a trigger names stages as well',
    `FROM alpine AS a
FROM debian
ONBUILD COPY --from=a /x /x`,
    ['#0 a on alpine copy#1 needed', '#1 - on debian final in-image'],
  ],
  ['a fragment is one stage', 'RUN true\nUSER app', ['#0 - on unknown final in-image']],
  ['ARG alone is a fragment', 'ARG A=1\nARG B', ['#0 - on unknown final in-image']],
  ['nothing is nothing', '# only a comment\n', []],
  ['an empty FROM is a stage', 'FROM\nRUN true', ['#0 - on unknown final in-image']],
  [
    'a circle of copies ends',
    'FROM alpine AS a\nCOPY --from=b /x /\nFROM a AS b\nCOPY --from=a /x /',
    ['#0 a on alpine from#1 copy#1 in-image', '#1 b on #0 copy#0 final in-image'],
  ],
];

for (const [name, text, expected] of graphs) {
  test(name, () => assert.deepEqual(describe(modelOf(text)), expected));
}

test('a stage knows its place, its words, its chain and the bottom of it', () => {
  const text = 'ARG V\nFROM --platform=$BUILDPLATFORM debian:12 as one\nRUN a\n\nFROM one AS two\nFROM two';
  const model = modelOf(text);
  const [one, two, three] = model.stages;
  assert.ok(one && two && three);
  assert.deepEqual(
    [one, two, three].map(({ span }) => text.slice(span.start, span.end)),
    ['FROM --platform=$BUILDPLATFORM debian:12 as one\nRUN a', 'FROM one AS two', 'FROM two'],
  );
  assert.equal(one.as?.value, 'as');
  assert.equal(one.platform?.value?.value, '$BUILDPLATFORM');
  assert.equal(one.image?.tag?.text, '12');
  assert.deepEqual(three.chain, [three, two, one]);
  assert.equal(three.base.distribution, 'debian');
  assert.equal(three.image, undefined);
  assert.deepEqual(
    model.preamble.map(({ keyword }) => keyword),
    ['ARG'],
  );
  assert.equal(model.finalStage, three);
  assert.deepEqual(
    model.file.instructions.map((instruction) => model.stageOf(instruction)?.index),
    [undefined, 0, 0, 1, 2],
  );
});

test('a use says where the name stands', () => {
  const text = 'FROM alpine AS a\nFROM a\nCOPY --from=a /x /\nRUN --mount=from=a,target=/t true';
  const uses = modelOf(text).stages[0]?.usedBy ?? [];
  assert.deepEqual(
    uses.map(({ at, instruction, via }) => [via, instruction.keyword, text.slice(at.start, at.end)]),
    [
      ['from', 'FROM', 'a'],
      ['copy', 'COPY', 'a'],
      ['mount', 'RUN', 'a'],
    ],
  );
});

test('images are what comes from outside', () => {
  const model = modelOf(`# syntax=docker/dockerfile:1
ARG VERSION=3.20
ARG HOST
FROM alpine:\${VERSION} AS build
FROM \${HOST}/debian AS other
FROM scratch
COPY --from=build /a /
COPY --from=1 /a /
COPY --from=nginx:1.27 /a /
COPY --from=$X /a /
RUN --mount=type=bind,from=busybox,target=/b true
FROM build
ONBUILD COPY --from=later /x /
ONBUILD COPY --from=redis:7 /x /`);
  assert.deepEqual(
    model.images.map(({ via, image, resolved, instruction }) => [
      via,
      image.text,
      resolved,
      instruction?.keyword,
    ]),
    [
      ['syntax', 'docker/dockerfile:1', 'docker/dockerfile:1', undefined],
      ['from', 'alpine:${VERSION}', 'alpine:3.20', 'FROM'],
      ['from', '${HOST}/debian', undefined, 'FROM'],
      ['copy', 'nginx:1.27', 'nginx:1.27', 'COPY'],
      ['copy', '$X', undefined, 'COPY'],
      ['mount', 'busybox', 'busybox', 'RUN'],
      ['copy', 'redis:7', 'redis:7', 'COPY'],
    ],
  );
});

test('a name is looked up as the instruction looks it up', () => {
  const model = modelOf(
    'FROM alpine AS a\nFROM debian\nCOPY --from=0 x x\nRUN --mount=from=0,target=/x true',
  );
  const [, , copy, run] = model.file.instructions;
  assert.ok(copy && run);
  assert.equal(model.stageNamed('0', copy)?.index, 0);
  assert.equal(model.stageNamed('2', copy), undefined);
  assert.equal(model.stageNamed('0', run), undefined);
  assert.equal(model.stageNamed('A', run)?.index, 0);
});
