import { defineRule, insertAfter, keywordLike } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Word } from '../core/lint/rule';
import { isSecretName } from '../core/knowledge/secrets';

/**
 * Values of `ARG` and `ENV` are written into the image: `docker history` and `docker inspect` show them to
 * everyone who can pull it. A secret mount is there for one step and leaves nothing behind.
 *
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ENV «DB_PASSWORD»=change-me MODE=production
 * ```
 * ```dockerfile fixed
 * FROM node:22
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ENV DB_PASSWORD=change-me MODE=production
 * ```
 * The build then gets it by `--secret id=npm_token,env=NPM_TOKEN`. A secret that the program needs at run time
 * is the business of whoever starts the container.
 *
 * What only names a place, or is public, is no secret:
 * ```dockerfile good
 * FROM node:22
 * ARG TOKEN_FILE
 * ENV PUBLIC_KEY=abc DB_PASSWORD_FILE=/run/secrets/db TOKENIZERS_PARALLELISM=false PRIVATE_NET=10.0.0.0/8
 * ENV SSH_KEY_PATH=/run/key AUTH_URL=https://example.com KEYCLOAK_HOST=kc
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
      for (const { key, value } of instruction.pairs) {
        if (!isSecretName(key.value) || isHarmless(value, instruction)) continue;
        yield finding(model, instruction, key);
      }
    }
  },
});

function finding(model: Model, instruction: Instruction, key: Word): Finding {
  const where = instruction.keyword === 'ARG' ? 'the history of the image' : 'the configuration of the image';
  return {
    at: key.span,
    message: `The value of ${key.value} can be read from ${where}`,
    fix: instruction.keyword === 'ARG' ? mountFix(model, instruction, key.value) : undefined,
  };
}

/** A value that says where the secret lies, or that there is none, gives nothing away. */
function isHarmless(value: Word | undefined, { keyword }: Instruction): boolean {
  if (!value) return false;
  const text = value.value;
  if (keyword === 'ARG' && text === '') return false;
  // Paths, switches and references to something judged where it is defined.
  return (
    /^(?:\/[\w./-]*|\.{1,2}\/.*|[a-z]:\\.*|https?:\/\/[^:@]*|true|false|yes|no|on|off|none|null|0|1)$/i.test(
      text,
    ) ||
    (value.variables.length > 0 && /^\$\{?\w+\}?$/.test(text))
  );
}

/** An argument of a stage that nothing but its RUNs read can become a secret mount of those. */
function mountFix(model: Model, instruction: Instruction, name: string): Fix | undefined {
  const stage = model.stageOf(instruction);
  if (!stage || instruction.pairs.length !== 1 || instruction.comments.length > 0) return undefined;
  const heirs = model.stages.filter((other) => other !== stage && other.chain.includes(stage));
  const mentions = new RegExp(`\\b${name}\\b`);
  const readers = stage.instructions.filter(
    (other) => other.index > instruction.index && mentions.test(model.document.slice(other.span)),
  );
  if (
    readers.length === 0 ||
    heirs.length > 0 ||
    readers.some(({ keyword, json }) => keyword !== 'RUN' || json !== undefined)
  )
    return undefined;
  if (model.preamble.some((other) => mentions.test(model.document.slice(other.span)))) return undefined;
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
