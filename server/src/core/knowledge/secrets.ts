// Names of variables that hold secrets. Words decide, not parts of words: TOKENIZERS_PARALLELISM is no token.

/** As BuildKit's SecretsUsedInArgOrEnv cuts a name: words between underscores. */
const secretWords: ReadonlySet<string> = new Set([
  'apikey',
  'auth',
  'credential',
  'credentials',
  'key',
  'password',
  'pword',
  'passwd',
  'secret',
  'token',
]);

/** With one of these beside it, the name is that of something that may be known, or of a place. */
const harmlessWords: ReadonlySet<string> = new Set([
  // as BuildKit has them
  'public',
  'file',
  'version',
  // the same idea, from names seen in the wild: what follows says what is stored about the secret
  'path',
  'dir',
  'directory',
  'url',
  'uri',
  'host',
  'name',
  'id',
  'ids',
  'type',
  'algorithm',
  'alg',
  'size',
  'length',
  'len',
  'ttl',
  'expiry',
  'expiration',
  'endpoint',
  'method',
  'enabled',
  'enable',
  'disabled',
  'disable',
  'mode',
  'server',
  'servers',
  'keyserver',
  'fingerprint',
  'fingerprints',
  'gpg',
  'pgp',
  'pub',
  'checksum',
  'sha256',
  'sha512',
  'sum',
  'prefix',
  'suffix',
  'count',
  'max',
  'min',
  'limit',
  'pattern',
  'field',
  'header',
  'issuer',
  'audience',
  'map',
  'mapping',
  'index',
  'store',
  'provider',
  'plugin',
  'backend',
  'realm',
  'scope',
]);

/** Known names whose words alone would not tell. */
const knownNames: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'azure_client_secret',
  'azure_client_certificate_password',
  'github_pat',
  'gh_pat',
  'google_api_key',
  'heroku_api_key',
  'mysql_pwd',
  'mssql_sa_password',
  'npm_config__auth',
  'pgpassword',
  'slack_webhook_url',
  'stripe_secret_key',
  'twilio_auth_token',
  'sa_password',
  'passphrase',
  'gpg_passphrase',
  'ssh_private_key',
  'gpg_private_key',
]);

/** Whether a variable of this name is taken to hold a secret. */
export function isSecretName(name: string): boolean {
  const lower = name.toLowerCase();
  if (knownNames.has(lower)) return true;
  const words = lower.split('_').filter(Boolean);
  return words.some((word) => secretWords.has(word)) && !words.some((word) => harmlessWords.has(word));
}
