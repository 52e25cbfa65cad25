// Commands that take a secret and store it, or show it in the history of the image. Sources: the programs' manuals.

interface Login {
  /** The first words of the command; none for a program that does nothing else. */
  readonly verb: RegExp;
  /** What hands over the secret, among all words. */
  readonly secret: RegExp;
}

const password = / (?:-p|--password)[ =]["']?[^\s"']/;
// Also a password from standard input ends in the file of the login.
const engine: readonly Login[] = [
  { verb: /^login\b/, secret: / (?:(?:-p[ =]?|--password[ =])["']?[^\s"'=]|--password-stdin\b)/ },
];
const registry = / (?:(?:-p|--password)[ =]["']?[^\s"']|--password-stdin\b)/;
const npm: readonly Login[] = [
  { verb: /^(?:config )?set\b/, secret: /(?:_|\bnpm)(?:auth(?:Token|Ident)?|password)[ =]["']?[^\s"']/i },
];

/** An index with a name and a password in its address, which the file of settings keeps. */
const pip: readonly Login[] = [
  { verb: /^config (?:\S+ )?set\b/, secret: /index-url["']? ["']?https?:\/\/[^\s/@:]+:[^\s/@]+@/ },
];

/** By program. */
export const logins: ReadonlyMap<string, readonly Login[]> = new Map<string, readonly Login[]>([
  [
    'aws',
    [
      {
        verb: /^configure set aws_(?:access_key_id|secret_access_key|session_token)\b/,
        secret: /_(?:id|key|token) ["']?[^\s"']/,
      },
    ],
  ],
  [
    'gcloud',
    [
      { verb: /^auth activate-service-account\b/, secret: /^/ },
      { verb: /^auth login\b/, secret: / --cred-file[ =]/ },
    ],
  ],
  ['gh', [{ verb: /^auth login\b/, secret: / --with-token\b/ }]],
  ['unzip', [{ verb: /^/, secret: / -P ?["']?[^\s"']/ }]],
  ['htpasswd', [{ verb: /^/, secret: / -[a-zA-Z]*b/ }]],
  ['az', [{ verb: /^(?:acr )?login\b/, secret: / (?:-p|--password|--federated-token)[ =]["']?[^\s"']/ }]],
  ['doctl', [{ verb: /^auth init\b/, secret: / (?:-t|--access-token)[ =]/ }]],
  ['docker', engine],
  ['podman', engine],
  ['buildah', engine],
  ['skopeo', engine],
  ['nerdctl', engine],
  ['oras', engine],
  ['crane', [{ verb: /^auth login\b/, secret: registry }]],
  ['twine', [{ verb: /^upload\b/, secret: password }]],
  ['cargo', [{ verb: /^login\b/, secret: / login ["']?[^\s"'-]/ }]],
  ['dotnet', [{ verb: /^nuget (?:add|update) source\b/, secret: / (?:-p|--password)[ =]["']?[^\s"']/ }]],
  ['poetry', [{ verb: /^config\b/, secret: /(?:http-basic\.\S+ \S+|pypi-token\.\S+) ["']?[^\s"']/ }]],
  ['composer', [{ verb: /^config\b/, secret: /(?:-oauth|-token|http-basic|bearer)\.\S+ ["']?[^\s"']/ }]],
  ['bundle', [{ verb: /^config\b/, secret: / [\w.-]+\.[\w.-]+ ["']?[^\s"':]+:[^\s"']/ }]],
  ['oc', [{ verb: /^login\b/, secret: / (?:-p|--password|--token)[ =]["']?[^\s"']/ }]],
  ['kubectl', [{ verb: /^config set-credentials\b/, secret: / --(?:token|password)[ =]["']?[^\s"']/ }]],
  [
    'subscription-manager',
    [{ verb: /^register\b/, secret: / --(?:password|activationkey)[ =]["']?[^\s"']/ }],
  ],
  ['lftp', [{ verb: /^/, secret: / -u ?["']?[^\s,"']+,[^\s"']/ }]],
  [
    'rclone',
    [{ verb: /^config (?:create|update)\b/, secret: / (?:secret_access_key|pass|token)[ =]["']?[^\s"']/ }],
  ],
  ['vault', [{ verb: /^login\b/, secret: / login (?:-[\w-]+(?:=\S+)? )*["']?[^\s"'-][^\s=]*(?: |$)/ }]],
  ['ibmcloud', [{ verb: /^login\b/, secret: / --apikey[ =]["']?[^\s"'@]/ }]],
  ['snyk', [{ verb: /^auth\b/, secret: / auth ["']?[^\s"'-]/ }]],
  ['conan', [{ verb: /^(?:user|remote login)\b/, secret: password }]],
  ['nuget', [{ verb: /^sources (?:add|update)\b/i, secret: / -Password ["']?[^\s"']/i }]],
  [
    'helm',
    [
      { verb: /^registry login\b/, secret: registry },
      { verb: /^repo add\b/, secret: registry },
    ],
  ],
  ['pip', pip],
  ['pip3', pip],
  ['npm', npm],
  ['pnpm', npm],
  ['yarn', npm],
  [
    'git',
    [
      {
        verb: /^config\b/,
        secret: /url\.["']?https?:\/\/(?:[^\s/@]{4,}|[^\s/@]*\$[^@]{1,200})@[^\s]*insteadof/i,
      },
      {
        verb: /^config\b/,
        secret: / ["']?http\.(?:\S+\.)?extraheader["']? .*(?:authorization|token)\b[^:]*: *[^\s"']/i,
      },
    ],
  ],
  ['sshpass', [{ verb: /^/, secret: / -p ?["']?[^\s"']/ }]],
  // A password that is written out; one from a variable is where that comes from.
  ['curl', [{ verb: /^/, secret: / (?:-u|--user)[ =]["']?[\w.-]+:(?!pass)[^\s"'$:]{4,}/ }]],
]);
