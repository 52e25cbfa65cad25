// Image names that BuildKit accepts and refuses in FROM, as BuildKit 0.32.2 said itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../../server/src/core/lint/config';
import { noFacts } from '../../../../server/src/core/lint/facts';
import { lint } from '../../../../server/src/linter';

const digits = 'a'.repeat(64);

const accepted: readonly string[] = [
  'alpine:X.Y',
  'ALPINE/x',
  'Alpine/x',
  `alpine@sha256:${digits}`,
  'al--pine',
  'al__pine',
  'alpine:x-',
  'alpine:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'localhost/a',
  'localhost:5000/a',
  'localhost:5000',
  'reg:5000/a:1',
  'reg_x.io/a',
  '[::1]/a',
  '[::1]:5000/a',
  `alpine:1@sha256:${digits}`,
  'scratch',
  'scratch:1',
  'alpine:1/x',
  'a.b/c',
  'a.B/c',
  'aB/c',
  'docker.io',
  'alpine:latest',
  '0alpine',
  'alpine:_x',
];

const refused: readonly string[] = [
  'alpine@sha256:...',
  'alpine@sha256:abc123',
  'alpine@sha256:abc123...',
  'alpine@sha256:<digest>',
  'alpine:<version>',
  '<image>',
  'alpine:3.20@sha256:…',
  'Alpine',
  'reg.io/Alpine',
  'alpine:',
  `alpine:@sha256:${digits}`,
  'alpine@',
  `alpine@sha256:${digits.slice(1)}`,
  `alpine@sha256:${digits}a`,
  'alpine@sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  `alpine@sha512:${digits}`,
  `alpine@md5:${digits}`,
  'alpine::3',
  'alpine:3:4',
  'https://reg.io/a',
  'docker.io/',
  '/alpine',
  'alpine/',
  'a//b',
  '-alpine',
  'alpine-',
  'al___pine',
  'al..pine',
  'alpine:-x',
  'alpine:.x',
  'alpine:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'reg:x/a',
  'reg-.io/a',
  '[::1',
  'a@b@c',
  `alpine@sha256:${digits}@sha256:${digits}`,
  'docker-image://alpine',
  'oci-layout://x',
  'Scratch',
  'SCRATCH',
  `${digits}`,
  'alpine:3.20,',
  'alpine;',
  'alpine#x',
  'alpine:v1+x',
  'a/B',
  'index.docker.io/Alpine',
  'docker.io/library/',
  'a:b/c',
  'alpine@latest',
  'alpine@sha256',
  `alpine@sha256-${digits}`,
  `alpine@SHA256:${digits}`,
  `alpine@Sha256:${digits}`,
  '../alpine',
  './alpine',
  'git@x:y',
  'https://github.com/a/b.git',
  'user:pass@reg.io/a',
  'alpine:3.20@',
  '_alpine',
  'alpine:…',
];

function isRefused(image: string): boolean {
  const { findings } = lint(`FROM ${image}\n`, defaultConfig, noFacts);
  return findings.some(({ rule, severity }) => rule.id === 'image-reference-invalid' && severity === 'error');
}

test('an image name that BuildKit accepts is not an error', () => {
  assert.deepEqual(accepted.filter(isRefused), []);
});

test('an image name that BuildKit refuses is an error', () => {
  assert.deepEqual(
    refused.filter((image) => !isRefused(image)),
    [],
  );
});
