import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHarmlessValue, isSecretName } from '../../../server/src/core/knowledge/syntax/secrets';

test('names of secrets are told by their words', () => {
  const secret =
    'PASSWORD DB_PASSWORD adminPassword SERVER_PASSWORD npm_token API_KEY AWS_ACCESS_KEY_ID aws_secret_access_key SSH_PRIVATE_KEY LICENSE_KEY KEY PGPASSWORD client_secret PASSPHRASE CIVICRM_SITE_KEY';
  for (const name of secret.split(' ')) assert.equal(isSecretName(name), true, name);
  const other =
    'TOKENIZERS_PARALLELISM PRIVATE_NET PASSWORD_FILE TOKEN_TTL PUBLIC_KEY GPG_KEY KEYCLOAK_HOST AUTH_URL ROLE_CLAIM_KEY CACHE_KEY Filters__PrimaryKey MAX_TOKEN ALLOW_EMPTY_PASSWORD USERNAME SECRET_IS_BASE64_ENABLED MONKEY SWAGGER_AUTH_LOGIN SUPABASE_ANON_KEY stripePublishableKey RECAPTCHA_SITE_KEY TURNSTILE_SITE_KEY';
  for (const name of other.split(' ')) assert.equal(isSecretName(name), false, name);
});

test('values that give nothing away are told from secrets', () => {
  for (const value of [
    '',
    'true',
    '/run/secrets/token',
    './key',
    '/reset?token=',
    'certs/server.key',
    'https://example.com/token',
    'change-me',
    '<your token>',
    'your_api_key',
    '00000000-0000-0000-0000-000000000000',
    'XXXXXXXX',
    'FFFFFFFF00000000',
    'password',
  ])
    assert.equal(isHarmlessValue('DB_PASSWORD', value), true, value);
  for (const value of [
    'hunter2',
    'root',
    's3cr3t/with/slashes+',
    'https://user:pw@example.com',
    '/reset?token=s3cr3t',
    'abcdefgh',
    '1234',
  ])
    assert.equal(isHarmlessValue('DB_PASSWORD', value), false, value);
  assert.equal(isHarmlessValue('ROUTING_KEY', 'user.id'), true);
  assert.equal(isHarmlessValue('API_KEY', 'abcdefgh'), false);
});
