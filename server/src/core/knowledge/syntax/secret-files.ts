// Names of files that hold secrets.

/** `secret`: it holds nothing else. `settings`: it may hold settings alone. */
type SecretFile = 'secret' | 'settings';

const secret =
  /(?:^|\/)(?:[\w.-]*_(?:rsa|dsa|ecdsa|ed25519)|deploy[_-]key|\.vault-token|\.netrc|\.git-credentials|\.pgpass|credentials\.json|service[-_]account[\w-]*\.json|kubeconfig|\.kube\/config|\.aws\/credentials|\.ssh\/?|\.ssh\/id_\w+|\.aws\/?|\.docker\/config\.json|[^/]*\.(?:p12|pfx|key)|[^/]*(?:key|priv(?:ate)?)[^/]*\.pem|privkey[^/]*)$/i;
const settings = /(?:^|\/)(?:\.env(?:\.[\w-]+)?|\.npmrc|\.pypirc|\.my\.cnf|\.yarnrc\.yml|auth\.json)$/i;
/** Public parts, examples, keys of package repositories and licences. */
const harmless =
  /(?:^|[/._-])(?:pub|public|example|examples|sample|template|tmpl|dist|defaults?|tests?|testdata|fixtures?|e2e|ci|snakeoil|demo|dummy|gpg|pgp|sign|signing|release|archive|repo|apt|rpm|yum|nodesource|docker|nginx|mysql|mongodb|microsoft|elasticsearch|elastic|jenkins|google|keyring|licen[cs]e)(?=[/._-]|$)/i;

/** What a file of the build context holds, by its path; undefined for anything else. */
export function secretFile(path: string): SecretFile | undefined {
  const file = /(?:^|\/)\.(?:docker|env)\b/i.test(path) ? path.replace(/(?:^|\/)\.docker\//, '') : path;
  if (settings.test(path)) return harmless.test(path) ? undefined : 'settings';
  return secret.test(path) && !harmless.test(file) ? 'secret' : undefined;
}
