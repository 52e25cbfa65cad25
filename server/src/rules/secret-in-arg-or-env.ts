import { defineRule, insertAfter, keywordLike, mentionsOf } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Word } from '../core/lint/rule';
import { isHarmlessValue, isSecretName } from '../core/knowledge/secrets';

/**
 * Values of `ARG` and `ENV` are written into the image: `docker history` and `docker inspect` show them to
 * everyone who can pull it. A secret mount is there for one step and leaves nothing behind.
 *
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ENV «DB_PASSWORD»=hunter2 MODE=production
 * ```
 * ```dockerfile fixed
 * FROM node:22
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ENV DB_PASSWORD=hunter2 MODE=production
 * ```
 * The build then gets it by `--secret id=npm_token,env=NPM_TOKEN`. A secret that the program needs at run time
 * is the business of whoever starts the container.
 *
 * What only names a place or a thing, is public, or stands where a secret is to be put, is none:
 * ```dockerfile good
 * FROM node:22
 * ARG TOKEN_FILE
 * ENV PUBLIC_KEY=abc DB_PASSWORD_FILE=/run/secrets/db TOKENIZERS_PARALLELISM=false PRIVATE_NET=10.0.0.0/8
 * ENV SSH_KEY_PATH=/run/key AUTH_URL=https://example.com KEYCLOAK_HOST=kc
 * ENV SLACK_TOKEN= DB_PASSWORD=change-me RPC_TOKEN=00000000-0000-0000-0000-000000000000
 * ENV TLS_KEY=certs/server.key ROLE_CLAIM_KEY=.role Filters__0__Key=ProcessId
 * ```
 *
 * @skip onbuild the argument belongs to the later build
 */
export default defineRule({
  id: 'secret-in-arg-or-env',
  summary: 'A secret becomes part of the image',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3064',
    'buildkit:SecretsUsedInArgOrEnv',
    'trivy:DS-0031',
    'semgrep:secret-in-build-arg',
  ],

  *check({ model }) {
    for (const instruction of model.instructions) {
      if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') continue;
      for (const pair of instruction.pairs) {
        if (!isSecretName(pair.key.value) || isHarmless(pair, instruction)) continue;
        yield finding(model, instruction, pair.key);
      }
    }
  },
});

function finding(model: Model, instruction: Instruction, key: Word): Finding {
  const stage = model.stageOf(instruction);
  const where =
    stage && !stage.reachesImage
      ? 'the cache and the records of the build'
      : instruction.keyword === 'ARG'
        ? 'the history of the image'
        : 'the configuration of the image';
  return {
    at: key.span,
    message: `The value of ${key.value} can be read from ${where}`,
    fix: instruction.keyword === 'ARG' ? mountFix(model, instruction, key.value) : undefined,
  };
}

/** A value that is no secret, or one that is judged where it is defined. */
function isHarmless(
  { key, value }: { key: Word; value: Word | undefined },
  { keyword }: Instruction,
): boolean {
  if (!value) return false;
  if (value.variables.length > 0) return /^\$\{?\w+\}?$/.test(value.value);
  // Without a value the argument is to get one from outside.
  if (keyword === 'ARG' && value.value === '') return false;
  return isHarmlessValue(key.value, value.value);
}

/** An argument of a stage that nothing but its RUNs read can become a secret mount of those. */
function mountFix(model: Model, instruction: Instruction, name: string): Fix | undefined {
  const stage = model.stageOf(instruction);
  if (!stage || instruction.pairs.length !== 1 || instruction.comments.length > 0) return undefined;
  // A stage that inherits from this one may read it too.
  if (stage.usedBy.some(({ via }) => via === 'from')) return undefined;
  if (mentionsOf(model, undefined, name).length > 0) return undefined;
  const readers: Instruction[] = [];
  for (const other of mentionsOf(model, stage, name)) {
    if (other === instruction) continue;
    if (other.keyword !== 'RUN' || other.json) return undefined;
    if (other.index > instruction.index) readers.push(other);
  }
  if (readers.length === 0) return undefined;
  const id = name.toLowerCase();
  const edits = [
    model.document.removeLines(instruction.span),
    ...readers.map(({ keywordSpan }) =>
      insertAfter(keywordSpan, ` --mount=type=secret,id=${id},env=${name}`),
    ),
  ];
  return {
    title: `Mount ${name} as a secret into ${readers.length === 1 ? `the ${keywordLike(model.file, 'RUN')}` : `${readers.length} steps`} that read it`,
    edits,
  };
}
