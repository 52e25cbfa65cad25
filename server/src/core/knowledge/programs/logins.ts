// Commands that take a secret and store it, or show it in the history of the image. Sources: the programs' manuals.

interface Login {
  /** The first words of the command; none for a program that does nothing else. */
  readonly verb: RegExp;
  /** What hands over the secret, among all words. */
  readonly secret: RegExp;
}

const password = / (?:-p|--password)[ =]["']?[^\s"']/;
const engine: readonly Login[] = [{ verb: /^login\b/, secret: / (?:-p[ =]?|--password[ =])["']?[^\s"'=]/ }];
const npm: readonly Login[] = [
  { verb: /^(?:config )?set\b/, secret: /:?_(?:authToken|auth|password)[ =]["']?[^\s"']/ },
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
  ['gcloud', [{ verb: /^auth activate-service-account\b/, secret: /^/ }]],
  ['az', [{ verb: /^login\b/, secret: / (?:-p|--password|--federated-token)[ =]["']?[^\s"']/ }]],
  ['doctl', [{ verb: /^auth init\b/, secret: / (?:-t|--access-token)[ =]/ }]],
  ['docker', engine],
  ['podman', engine],
  ['buildah', engine],
  ['helm', [{ verb: /^registry login\b/, secret: password }]],
  ['npm', npm],
  ['pnpm', npm],
  ['yarn', npm],
  ['git', [{ verb: /^config\b/, secret: /url\.["']?https?:\/\/[^\s/@]*\$?[^\s/@]{4,}@[^\s]*insteadof/i }]],
  ['sshpass', [{ verb: /^/, secret: / -p ?["']?[^\s"']/ }]],
  // A password that is written out; one from a variable is where that comes from.
  ['curl', [{ verb: /^/, secret: / (?:-u|--user)[ =]["']?[\w.-]+:(?!pass)[^\s"'$:]{4,}/ }]],
]);
