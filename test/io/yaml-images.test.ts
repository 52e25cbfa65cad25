// Which images Compose files, workflows and actions name, and how little of the text a digest changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionKey } from '../../server/src/core/lint/questions';
import type { Reply } from '../../server/src/core/lint/questions';
import { findYamlImages, pinYaml } from '../../server/src/io/surroundings/yaml-images';
import { mark, parseMarked } from '../harness/marked';

/** Marked: the images; those with a question get the digest. */
const table: readonly (readonly [what: string, source: string])[] = [
  ['services', 'services:\n  web:\n    image: «nginx:1.27» # remark\n  db: { image: "«postgres:17»" }\n'],
  ['quotes', "services:\n  a:\n    'image' : '«nginx»'\n"],
  [
    'what is built is not pulled',
    'services:\n  a:\n    build: .\n    image: me/app:1\n  b:\n    image: «redis:7»\n',
  ],
  [
    'an anchor',
    'x-a: &a\n  image: «redis:7»\nservices:\n  a: *a\n  b:\n    <<: *a\n  c:\n    <<: [*a]\n    image: «redis:6»\n',
  ],
  ['an anchored value', 'x-i: &i «redis:7»\nservices:\n  a:\n    image: *i\n  b:\n    image: *i\n'],
  ['an anchor in place', 'services:\n  a:\n    image: &i «redis:7»\n  b:\n    image: *i\n'],
  ['a merged build', 'x-a: &a\n  build: .\nservices:\n  a:\n    <<: *a\n    image: me/app\n'],
  [
    'jobs',
    'jobs:\n  a:\n    container: «node:22»\n    services:\n      db:\n        image: «postgres:17»\n    steps:\n      - uses: actions/checkout@v4\n      - uses: docker://«alpine:3.20»\n      - uses: "docker://«ghcr.io/a/b»"\n  b:\n    container:\n      image: «node:20»\n      options: --cpus 1\n',
  ],
  ['an action', 'runs:\n  using: docker\n  image: docker://«alpine:3.20»\n'],
  ['an action of steps', 'runs:\n  using: composite\n  steps:\n    - uses: docker://«alpine:3.20»\n'],
  ['an action with a Dockerfile', 'runs:\n  using: docker\n  image: Dockerfile\n'],
  ['CRLF', 'services:\r\n  a:\r\n    image: «redis:7»\r\n'],
  ['nothing of that kind', 'services: [1, { image: a }]\n'],
];

const digest = `sha256:${'d'.repeat(64)}`;

for (const [what, source] of table) {
  test(`images in YAML: ${what}`, () => {
    const { text, spans } = parseMarked(source);
    const found = findYamlImages(text);
    assert.ok('images' in found);
    assert.equal(
      mark(
        text,
        found.images.map(({ at }) => at),
      ),
      source,
    );
    const replies = new Map<string, Reply>();
    for (const { question } of found.images) {
      assert.ok('kind' in question);
      replies.set(questionKey(question), { kind: 'answer', text: digest });
    }
    let expected = text;
    for (const { start, end } of [...spans].reverse()) {
      const name = text.slice(start, end);
      const tag = /:[^/]*$/.test(name) ? '' : ':latest';
      expected = `${text.slice(0, start)}${name}${tag}@${digest}${expected.slice(end)}`;
    }
    assert.equal(pinYaml(text, found.images, replies), expected);
  });
}

test('what nobody is asked for has its reason', () => {
  const rows: readonly (readonly [image: string, reason: RegExp])[] = [
    ['"${IMAGE:-redis:7}"', /variable/],
    ['redis:$TAG', /variable/],
    [`redis@${digest}`, /no tag/],
    ['"red\\u0069s:7"', /escapes/],
    ['>-\n      redis:7', /several lines/],
  ];
  for (const [image, reason] of rows) {
    const found = findYamlImages(`services:\n  a:\n    image: ${image}\n`);
    const [one] = 'images' in found ? found.images : [];
    assert.match(one && 'reason' in one.question ? one.question.reason : '', reason, image);
  }
  const workflow = findYamlImages('jobs:\n  a:\n    container: ${{ matrix.image }}\n');
  assert.match(JSON.stringify(workflow), /variable/);
});

test('a digest is asked for with what is there; a placeholder is none', () => {
  const found = findYamlImages(
    `services:\n  a:\n    image: redis:7@${digest}\n    platform: linux/arm64\n  b:\n    image: redis:7@sha256:...\n`,
  );
  assert.deepEqual('images' in found && found.images.map(({ question }) => question), [
    { kind: 'digest', reference: 'redis:7', pinned: digest, platform: 'linux/arm64' },
    { kind: 'digest', reference: 'redis:7' },
  ]);
});

test('what cannot be read is said, and hostile text costs little', () => {
  const aliases = `services:\n  a: &a\n    image: x\n${Array.from({ length: 3_000 }, (_, n) => `  s${n}:\n    <<: *a\n`).join('')}`;
  const problems: readonly (readonly [text: string, problem: RegExp])[] = [
    ['', /neither a Compose file nor/],
    ['- a\n', /neither a Compose file nor/],
    ['a: [\n', /not valid YAML/],
    [`services: ${'['.repeat(60_000)}`, /brackets more than 32 levels/],
    [aliases, /more than 100 aliases/],
    [`#${'x'.repeat(64_000)}`, /too large/],
  ];
  for (const [text, problem] of problems) {
    const found = findYamlImages(text);
    assert.match('problem' in found ? found.problem : '', problem);
  }
  const loop = 'services:\n  a: &a\n    <<: *a\n';
  assert.ok('images' in findYamlImages(loop));
});
