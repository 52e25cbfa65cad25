// Names of variables that contain secrets. Whole words decide: TOKENIZERS_PARALLELISM is not a token.

import { credentialVariables } from './secret-files';

/** Words that mean a secret, as in BuildKit's SecretsUsedInArgOrEnv: words between underscores. */
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

/** Words that make the name harmless: it names something public, or a place. */
const harmlessWords: ReadonlySet<string> = new Set([
  // as in BuildKit
  'public',
  'file',
  'version',
  // the same idea, from names in real files: the word says which property of the secret is stored
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
  'time',
  'timeout',
  'user',
  'username',
  'lock',
  'algorithm',
  'alg',
  'size',
  'length',
  'len',
  'ttl',
  'expiry',
  'expiration',
  'validity',
  'lifetime',
  'duration',
  'period',
  'days',
  'hours',
  'minutes',
  'seconds',
  'secs',
  'interval',
  'expires',
  'expire',
  'retries',
  'attempts',
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
  // which version of a source: PG_AUTH_MON_COMMIT
  'commit',
  'sha',
  'sha1',
  'md5',
  'rev',
  'revision',
  'ref',
  'tag',
  'branch',
  'digest',
]);

/** Known names of secrets that the words alone do not reveal. */
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

/** Words that always mean a secret at the end of a name. `key` and `auth` may also belong to a table or a switch. */
const strongWords: ReadonlySet<string> = new Set(
  'apikey credential credentials password pword passwd secret token'.split(' '),
);

/** Words that make a name a number or a switch if they come first. */
const switches: ReadonlySet<string> = new Set(
  'allow disable enable has is max min no num public require skip test use with'.split(' '),
);

/** Things with a key that is not a secret. */
const keyedThings: ReadonlySet<string> = new Set(
  `cache claim claims column config field filter filters foreign hash hot index label locale lookup map object parent
  partition primary registry role row routing shard short sort tag tree unique`.split(/\s+/),
);

/** Keys that every page shows to its visitors: of a captcha, and what Stripe, Clerk and Supabase call them. */
const publicKey = /(?:^|_)(?:anon|publishable|(?:re|h)?captcha_site|turnstile_site)_key$/;

/** What `DB_PASS` and `ADMIN_PWD` open. Alone, both words also mean a round of a tool and a folder. */
const protectedThings: ReadonlySet<string> = new Set(
  'admin app database db ftp ldap mail mongo mongodb mysql pg postgres postgresql rabbitmq redis registry root smtp sql ssh user vnc'.split(
    ' ',
  ),
);

/** Whether a variable of this name probably contains a secret. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  if (knownNames.has(name.toLowerCase())) return true;
  // The programs take the path of a file from it.
  if (credentialVariables.includes(name)) return false;
  // As in BuildKit: NEXT_PUBLIC_MAPS_TOKEN goes into the page that every browser gets.
  if (switches.has(words[0] ?? '') || words.includes('public')) return false;
  if (strongWords.has(words.at(-1) ?? '')) return true;
  if (/^(?:pass|pwd)$/.test(words.at(-1) ?? '') && protectedThings.has(words.at(-2) ?? '')) return true;
  if (words.at(-1) === 'key' && words.some((word) => keyedThings.has(word))) return false;
  if (publicKey.test(words.join('_'))) return false;
  // The name of a user: SWAGGER_AUTH_LOGIN.
  if (words.at(-1) === 'login') return false;
  return words.some((word) => secretWords.has(word)) && !words.some((word) => harmlessWords.has(word));
}

/** The beginnings of names whose values a bundler writes into the page that every browser gets. */
const forBrowsers = /^(?:VITE|REACT_APP|VUE_APP|GATSBY)_/;

/** Whether the value is no secret for the people who use the page, whatever its name says. */
export function isForBrowsers(name: string): boolean {
  return forBrowsers.test(name);
}

/** Values that stand for a password until someone replaces them. */
const defaultPassword =
  /^(?:password|passwd|pass|secret|default|test|sample|dummy|fake|mock|token|user(?:name)?|admin(?:istrator)?|root|toor|guest|postgres|mysql|welcome|letmein|qwerty|p[a@]ssw0rd|12345?6?7?8?9?|[\w-]*change[-_ ]?(?:me|it|this)[\w-]*)$/i;

/** Whether everyone tries this value first. */
export function isDefaultPassword(value: string): boolean {
  return defaultPassword.test(value);
}

/** The words between underscores, and between the capitals of adminPassword. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter(Boolean);
}

/**
 * Whether a value reveals nothing: it is empty, a switch, a place, a placeholder, its own name, or the name of a key
 * (`ROLE_CLAIM_KEY=.role`).
 */
export function isHarmlessValue(name: string, text: string): boolean {
  const words = wordsOf(name);
  const namesKey =
    words.at(-1) === 'key' && !words.some((word) => openingKeys.has(word)) && /^[a-z._]{1,20}$/i.test(text);
  // `WANDB_API_KEY=WANDB_API_KEY` waits for a value.
  const namesItself = words.length > 1 && wordsOf(text).join() === words.join();
  // The fingerprint of a key that signs packages: everyone may know it.
  const isFingerprint = words.at(-1)?.startsWith('key') === true && /^(?:0x)?[\dA-F]{40}$/.test(text);
  return text === '' || namesKey || isFingerprint || namesItself || place.test(text) || isPlaceholder(text);
}

/** Words for keys that give access to something. */
const openingKeys: ReadonlySet<string> = new Set(
  'access account api encryption licence license master private secret signing ssh'.split(' '),
);

/**
 * Whether a file of settings certainly holds no secret: variables for the environment, or the settings of npm and yarn.
 * @param name without its folder
 * @param text undefined if nobody could read it, which proves nothing
 */
export function holdsNoSecret(name: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  const lines = text.split('\n').filter((line) => !/^\s*(?:[#;]|$)/.test(line));
  if (/^\.(?:npmrc|yarnrc\.yml)$/.test(name)) return !lines.some((line) => npmSecret.test(line));
  return name.startsWith('.env') && !lines.some(setsSecret);
}

/** A token or a password that is not taken from a variable, or the user and password in an address. */
const npmSecret =
  /(?:_auth|_password|authtoken|npmauth\w*)["']?[ \t]*[:=][ \t]*["']?[^\s"'$]|:\/\/[^\s/:@]+:[^\s/@]+@/i;

/** A line `KEY=value` of a file for the environment. */
function setsSecret(line: string): boolean {
  const [, name = '', value = ''] = /^\s*(?:export\s+)?(\w+)\s*=\s*["']?([^"'\s]*)/.exec(line) ?? [];
  if (/:\/\/[^\s/:@]*:[^\s/@]+@/.test(value)) return true;
  return isSecretName(name) && !isHarmlessValue(name, value) && !isDefaultPassword(value);
}

/**
 * Switches, endings of names, paths (also relative ones to a file with a known extension, and `/reset?token=`, which lacks its
 * value), and URLs without a password.
 */
const place =
  /^(?:\/[\w./-]*(?:\?\w+=)?|\.{1,2}\/.*|\.\w{1,3}|[a-z]:\\.*|https?:\/\/[^:@]*|[\w./-]+\.(?:key|pem|crt|cer|csr|p12|pfx|jks|json|ya?ml|txt|conf|env)|true|false|yes|no|on|off|none|null|nil|undefined|\d)$/i;

function isPlaceholder(text: string): boolean {
  const plain = text.toLowerCase();
  if (/^(?:<.*>|\{\{.*\}\}|\[.*\]|__.*__|%.*%)$/.test(plain)) return true;
  if (
    /change.?(?:me|it|this)|replace.?(?:me|this|with)|(?:^|[-_. ])your[-_. ]|placeholder|dummy|(?:^|[-_. ])example(?:$|[-_. ])/.test(
      plain,
    )
  )
    return true;
  // 00000000-0000-0000-0000-000000000000, XXXXXXXX, FFFFFFFF00000000
  const characters = plain.replace(/[-: ]/g, '');
  if (characters.length >= 4 && new Set(characters).size <= 2) return true;
  return standIns.has(plain);
}

const standIns: ReadonlySet<string> = new Set(
  'build default empty fake key mock pass passwd password sample secret test todo token unset unused user username'.split(
    ' ',
  ),
);
