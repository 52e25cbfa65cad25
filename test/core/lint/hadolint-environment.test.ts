// hadolint's environment variables: what they say, and that a file above them wins where both cannot hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hadolintEnvironment, withEnvironment } from '../../../server/src/core/lint/hadolint-environment';

test('each variable is a key of a configuration', () => {
  const env = {
    HADOLINT_IGNORE: 'DL3004, DL3006,',
    HADOLINT_OVERRIDE_ERROR: 'DL3008',
    HADOLINT_OVERRIDE_STYLE: 'DL3009',
    HADOLINT_TRUSTED_REGISTRIES: 'ghcr.io,docker.io',
    HADOLINT_REQUIRE_LABELS: 'a:semver,b',
    HADOLINT_STRICT_LABELS: 'yes',
    HADOLINT_DISABLE_IGNORE_PRAGMA: 'On',
    HADOLINT_FAILURE_THRESHOLD: 'ERROR',
    HADOLINT_NOFAIL: '1',
    HADOLINT_FORMAT: 'json',
  };
  assert.deepEqual(hadolintEnvironment(env), {
    override: { error: ['DL3008'], style: ['DL3009'] },
    ignored: ['DL3004', 'DL3006'],
    trustedRegistries: ['ghcr.io', 'docker.io'],
    'label-schema': { a: 'semver', b: 'text' },
    'strict-labels': true,
    'disable-ignore-pragma': true,
    'failure-threshold': 'error',
    'no-fail': true,
    format: 'json',
  });
});

test('what is empty, or no word for yes, says nothing', () => {
  assert.deepEqual(hadolintEnvironment({ HADOLINT_NOFAIL: '0', HADOLINT_IGNORE: ' ', PATH: '/bin' }), {});
});

test('lists are joined with those of the file, and a single value of the file wins', () => {
  const environment = { ignored: ['DL1'], override: { error: ['DL2'], info: ['DL3'] }, 'no-fail': true };
  assert.deepEqual(
    withEnvironment(
      { ignored: ['DL4'], override: { error: ['DL5'] }, 'no-fail': false, format: 'tty' },
      environment,
    ),
    {
      ignored: ['DL4', 'DL1'],
      override: { error: ['DL5', 'DL2'], info: ['DL3'] },
      'no-fail': false,
      format: 'tty',
    },
  );
});

test('what is wrong in the file stays, to be reported', () => {
  assert.equal(withEnvironment('text', { ignored: ['DL1'] }), 'text');
  assert.deepEqual(withEnvironment({ ignored: 'DL4' }, { ignored: ['DL1'] }), { ignored: 'DL4' });
  assert.deepEqual(withEnvironment(null, { ignored: ['DL1'] }), { ignored: ['DL1'] });
});
