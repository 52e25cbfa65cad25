// Names of files that hold secrets.

/** `secret`: it holds nothing else. `settings`: it may hold settings alone. */
type SecretFile = 'secret' | 'settings';

/** Variables that name the file with the credentials of a program. */
export const credentialVariables: readonly string[] = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'HF_TOKEN_PATH',
  'KUBECONFIG',
];

const secret = new RegExp(
  `(?:^|/)(?:${[
    '[\\w.-]*_(?:rsa|dsa|ecdsa|ed25519)',
    'deploy[_-]key',
    '\\.vault[-_](?:token|pass\\w*)|\\.netrc|\\.git-credentials|\\.pgpass|\\.dockercfg|\\.s3cfg',
    '[\\w.-]*credentials\\.json|[\\w-]*service[-_]?account[\\w-]*\\.json|[\\w-]*firebase-adminsdk[\\w-]*\\.json',
    '[\\w-]*(?:google|gcp|gcloud)[\\w-]*(?:key|creds?)\\.json',
    'kubeconfig|\\.kube(?:/(?:config)?)?|\\.gem/credentials|\\.cargo/credentials(?:\\.toml)?|\\.config/gcloud/?',
    '\\.ssh/?|\\.ssh/id_\\w+|\\.aws/?|\\.aws/credentials|\\.azure/?|\\.gnupg/?',
    '\\.docker/config\\.json',
    '[^/]*\\.(?:p12|pfx|key|ppk|p8)',
    '[^/]*(?:key|secret|priv(?:ate)?)[^/]*\\.pem|privkey[^/]*',
  ].join('|')})$`,
  'i',
);
const settings =
  /(?:^|\/)(?:\.env(?:\.[\w-]+)?|\.npmrc|\.pypirc|\.my\.cnf|\.yarnrc\.yml|auth\.json|\.aws\/config|\.htpasswd|terraform\.tfvars|[\w-]*secrets?\.(?:ya?ml|json|env|txt|toml|properties)|(?!.*trust|cacerts)[\w.-]*\.(?:jks|keystore))$/i;
/** Of a kind that holds secrets in some projects only. */
const perhaps =
  /(?:^|\/)(?:[^/]*\.(?:pem|env|tfvars|tfstate|ovpn)|secrets?|credentials?|pip\.conf|nuget\.config|\.?m2\/settings\.xml|settings\.xml|\.docker|\.boto|\.envrc|passwords?\.txt|wp-config\.php)$/i;
/** Certificates, which everybody may read. */
const certificate =
  /(?:^|[/._-])(?:ca|cas|cert|certs|crt|chain|fullchain|bundle|roots?|ca-?certs?|cacerts?|dh|dhparams?)(?=[._-]|$)/i;
/** Public parts, examples, keys of package repositories and licences. */
const harmless =
  /(?:^|[/._-])(?:pub|public|example|examples|sample|template|tmpl|dist|defaults?|tests?|testdata|fixtures?|e2e|ci|snakeoil|demo|dummy|gpg|pgp|sign|signing|release|archive|repo|apt|rpm|yum|keyring|licen[cs]e)(?=[/._-]|$)/i;
/** Whose packages a public key signs. A folder of that name says less: `nginx/server.key`. */
const publisher =
  /(?:^|[._-])(?:nodesource|docker|nginx|mysql|mongodb|microsoft|elasticsearch|elastic|jenkins|google)(?=[._-]|$)/i;

/** What a file of the build context holds, by its path, which may be a pattern; undefined for anything else. */
export function secretFile(path: string): SecretFile | undefined {
  for (const one of spellings(path)) {
    const kind = kindOf(one);
    if (kind) return kind;
  }
  return undefined;
}

/** Whether a file may hold secrets, though most of its name do not. */
export function mayBeSecret(path: string): boolean {
  return spellings(path).some((one) => perhaps.test(one) && !certificate.test(one) && !isHarmless(one));
}

/** A path without the stars of a pattern, and with a letter in their place. */
function spellings(path: string): readonly string[] {
  if (!/[*?[]/.test(path)) return [path];
  // Recipes write the settings of yarn as a pattern, because not every project has them.
  if (path.includes('.yarnrc')) return [];
  const wild = /\*+|\?|\[[^\]]*\]/g;
  return [path.replace(wild, ''), path.replace(wild, 'x')];
}

function kindOf(path: string): SecretFile | undefined {
  if (settings.test(path)) return isHarmless(path) ? undefined : 'settings';
  return secret.test(path) && !isHarmless(path) ? 'secret' : undefined;
}

/** A store of keys is not harmless for signing releases. */
const keyStore = /\.(?:jks|keystore)$/i;
const harmlessStore =
  /(?:^|[/._-])(?:example|sample|template|tests?|testdata|debug|fixtures?|e2e|ci|snakeoil|demo|dummy)(?=[/._-]|$)/i;

function isHarmless(path: string): boolean {
  if (keyStore.test(path)) return harmlessStore.test(path);
  return harmless.test(path) || publisher.test(path.slice(path.lastIndexOf('/') + 1));
}
