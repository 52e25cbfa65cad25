// Secrets that their form gives away: prefix, alphabet and length of the tokens of well-known services. Sources: the
// services' documentation. Every pattern is linear.

interface SecretForm {
  /** As at the start of a sentence. */
  readonly what: string;
  /** Without flags. A group named `value` holds the secret, if that is not the whole match. */
  readonly pattern: string;
  /** The variable that usually holds such a secret. */
  readonly variable: string;
  /** Whether people choose it, so that short and common words must be told apart. */
  readonly chosen?: true;
}

const word = '(?<![\\w-])';
const end = '(?![\\w-])';

const forms: readonly SecretForm[] = [
  {
    what: 'An AWS access key id',
    pattern: `${word}A(?:KIA|SIA)[A-Z0-9]{16}${end}`,
    variable: 'AWS_ACCESS_KEY_ID',
  },
  { what: 'A GitHub token', pattern: `${word}gh[pousr]_[A-Za-z0-9]{36}${end}`, variable: 'GITHUB_TOKEN' },
  {
    what: 'A GitHub token',
    pattern: `${word}github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}${end}`,
    variable: 'GITHUB_TOKEN',
  },
  { what: 'A GitLab token', pattern: `${word}gl(?:pat|dt|rt)-[\\w-]{20}${end}`, variable: 'GITLAB_TOKEN' },
  { what: 'An npm token', pattern: `${word}npm_[A-Za-z0-9]{36}${end}`, variable: 'NPM_TOKEN' },
  { what: 'A PyPI token', pattern: `${word}pypi-AgE[\\w-]{50,200}${end}`, variable: 'TWINE_PASSWORD' },
  { what: 'A Slack token', pattern: `${word}xox[abprs]-\\d[\\w-]{20,200}${end}`, variable: 'SLACK_TOKEN' },
  {
    what: 'A Slack webhook',
    pattern: `hooks\\.slack\\.com/services/T\\w{8,12}/B\\w{8,12}/\\w{24}${end}`,
    variable: 'SLACK_WEBHOOK',
  },
  { what: 'A Google API key', pattern: `${word}AIza[\\w-]{35}${end}`, variable: 'GOOGLE_API_KEY' },
  { what: 'A Stripe key', pattern: `${word}[rs]k_live_[A-Za-z0-9]{24,99}${end}`, variable: 'STRIPE_API_KEY' },
  {
    what: 'A SendGrid key',
    pattern: `${word}SG\\.[\\w-]{22}\\.[\\w-]{43}${end}`,
    variable: 'SENDGRID_API_KEY',
  },
  { what: 'A Docker Hub token', pattern: `${word}dckr_pat_[\\w-]{27}${end}`, variable: 'DOCKER_TOKEN' },
  {
    what: 'An OpenAI key',
    pattern: `${word}sk-(?:proj-)?[\\w-]{20,90}T3BlbkFJ[\\w-]{20,90}${end}`,
    variable: 'OPENAI_API_KEY',
  },
  {
    what: 'An Anthropic key',
    pattern: `${word}sk-ant-[a-z]{3}\\d\\d-[\\w-]{80,120}${end}`,
    variable: 'ANTHROPIC_API_KEY',
  },
  { what: 'A Hugging Face token', pattern: `${word}hf_[A-Za-z]{34}${end}`, variable: 'HF_TOKEN' },
  {
    what: 'A DigitalOcean token',
    pattern: `${word}do[opr]_v1_[a-f0-9]{64}${end}`,
    variable: 'DIGITALOCEAN_TOKEN',
  },
  {
    what: 'An AWS secret key',
    pattern:
      '(?:SECRET_ACCESS_KEY|[sS]ecret_?[aA]ccess_?[kK]ey)["\'\\s=:]{1,4}(?<value>[A-Za-z0-9/+]{40})(?![\\w/+=])',
    variable: 'AWS_SECRET_ACCESS_KEY',
  },
  { what: 'A Vault token', pattern: `${word}hvs\\.[\\w-]{24,200}${end}`, variable: 'VAULT_TOKEN' },
  { what: 'A RubyGems key', pattern: `${word}rubygems_[a-f0-9]{48}${end}`, variable: 'GEM_HOST_API_KEY' },
  { what: 'A Databricks token', pattern: `${word}dapi[a-f0-9]{32}${end}`, variable: 'DATABRICKS_TOKEN' },
  {
    what: 'A Shopify token',
    pattern: `${word}shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}${end}`,
    variable: 'SHOPIFY_TOKEN',
  },
  {
    what: 'A Google client secret',
    pattern: `${word}GOCSPX-[\\w-]{28}${end}`,
    variable: 'GOOGLE_CLIENT_SECRET',
  },
  { what: 'A New Relic key', pattern: `${word}NRAK-[A-Z0-9]{27}${end}`, variable: 'NEW_RELIC_API_KEY' },
  { what: 'A Telegram token', pattern: `${word}\\d{8,10}:AA[\\w-]{33}${end}`, variable: 'TELEGRAM_TOKEN' },
  {
    what: 'An Azure storage key',
    pattern: 'AccountKey=(?<value>[A-Za-z0-9/+]{86}==)',
    variable: 'AZURE_STORAGE_KEY',
  },
  {
    what: 'A private key',
    pattern: '-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----(?:\\\\n|[\\s"\'\\\\]){0,20}[A-Za-z0-9+/]{10,20}',
    variable: 'PRIVATE_KEY',
  },
  {
    what: 'A JSON web token',
    pattern: `${word}eyJ[\\w-]{10,2000}\\.eyJ[\\w-]{10,4000}\\.[\\w-]{20,2000}${end}`,
    variable: 'TOKEN',
  },
  {
    what: 'The password in an address',
    pattern:
      '\\b(?:https?|ftps?|git|ssh|postgres(?:ql)?|mysql|mongodb(?:\\+srv)?|rediss?|amqps?)://[^\\s:/@"\'$<>{}]{0,80}:(?<value>[^\\s/@"\'$<>{}]{8,200})@(?!localhost|127\\.|0\\.0)[\\w.-]+\\.\\w',
    variable: 'PASSWORD',
    chosen: true,
  },
  {
    what: 'The token in a header',
    pattern:
      '[Aa]uthorization:[ \\t]{0,4}(?:[Bb]earer|[Bb]asic|[Tt]oken)[ \\t]{1,4}(?<value>[\\w.~+/=-]{16,2000})',
    variable: 'TOKEN',
    chosen: true,
  },
];

/** One pass finds all: each form is a numbered group. */
export const secretValues = new RegExp(
  forms.map(({ pattern }, at) => `(?<f${at}>${pattern.replace('?<value>', `?<v${at}>`)})`).join('|'),
  'g',
);

interface SecretValue {
  readonly form: SecretForm;
  readonly value: string;
}

/** The secret in a match of `secretValues`; undefined for examples and placeholders. */
export function secretIn(groups: Readonly<Record<string, string | undefined>> = {}): SecretValue | undefined {
  const at = forms.findIndex((_form, index) => groups[`f${index}`] !== undefined);
  const form = forms[at];
  const value = groups[`v${at}`] ?? groups[`f${at}`];
  if (!form || value === undefined || isMadeUp(value)) return undefined;
  return form.chosen && !(/\d/.test(value) && /[A-Za-z]/.test(value)) ? undefined : { form, value };
}

/** What looks like the secret of a service, in a match of `secretValues`, also if it is an example; undefined for what people choose. */
export function exampleIn(
  groups: Readonly<Record<string, string | undefined>> = {},
): SecretValue | undefined {
  const at = forms.findIndex((_form, index) => groups[`f${index}`] !== undefined);
  const form = forms[at];
  const value = groups[`v${at}`] ?? groups[`f${at}`];
  return form && value !== undefined && !form.chosen ? { form, value } : undefined;
}

/** An example of a manual, or a text that repeats itself. */
function isMadeUp(value: string): boolean {
  return (
    /example|placeholder|changeme|change-me|your|dummy|fake|sample|redacted|secret|password|x{5}|\*{3}|0{6}|12345|abcdef/i.test(
      value,
    ) || new Set(value).size < 7
  );
}
