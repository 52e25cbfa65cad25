import { leaveToStart, mountAsSecret } from './secret-in-arg-or-env.parts';
import type { Argument } from './secret-in-arg-or-env.parts';
import { defineRule } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';
import type { Pair } from '../core/syntax/nodes';
import { isHarmlessValue, isSecretName } from '../core/knowledge/syntax/secrets';

/**
 * Values of `ARG` and `ENV` are written into the image: `docker history` and `docker inspect` show them to
 * everyone who can pull it. A secret mount is there for one step and leaves nothing behind.
 *
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
 * > The value of NPM_TOKEN can be read from the history of the image
 * ```dockerfile fixed
 * FROM node:22
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
 * The build then gets it by `--secret id=npm_token,env=NPM_TOKEN`. A secret that the program needs at run time
 * is the business of whoever starts the container:
 * ```dockerfile bad
 * FROM node:22
 * ENV MODE=production \
 *     «DB_PASSWORD»=hunter2 \
 *     # for the log
 *     LEVEL=info
 * ENV «API_KEY» 0815-4711
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
 * > The value of API_KEY can be read from the configuration of the image
 * ```dockerfile fixed
 * FROM node:22
 * # TODO: give DB_PASSWORD to the container when it is started
 * ENV MODE=production \
 *     # for the log
 *     LEVEL=info
 * # TODO: give API_KEY to the container when it is started
 * ```
 * An argument that becomes a variable of the image is found there, once:
 * ```dockerfile bad
 * FROM node:22
 * ARG DB_PASSWORD
 * ARG TOK
 * ENV «DB_PASSWORD»=${DB_PASSWORD}
 * ENV «NPM_TOKEN»=$TOK
 * RUN npm ci
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
 * > The value of NPM_TOKEN can be read from the configuration of the image
 * ```dockerfile fixed
 * FROM node:22
 * # TODO: give DB_PASSWORD to the container when it is started
 * # TODO: give NPM_TOKEN to the container when it is started
 * RUN npm ci
 * ```
 * Where a step reads it as well, that has to be thought about first:
 * ```dockerfile bad
 * FROM node:22
 * ARG NPM_TOKEN
 * ENV «NPM_TOKEN»=$NPM_TOKEN
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
 * > The value of NPM_TOKEN can be read from the configuration of the image
 * What only names a place or a thing, is public, or stands where a secret is to be put, is none:
 * ```dockerfile good
 * FROM node:22
 * ARG TOKEN_FILE
 * ENV PUBLIC_KEY=abc DB_PASSWORD_FILE=/run/secrets/db TOKENIZERS_PARALLELISM=false PRIVATE_NET=10.0.0.0/8
 * ENV SSH_KEY_PATH=/run/key AUTH_URL=https://example.com KEYCLOAK_HOST=kc
 * ENV SLACK_TOKEN= DB_PASSWORD=change-me RPC_TOKEN=00000000-0000-0000-0000-000000000000
 * ENV TLS_KEY=certs/server.key ROLE_CLAIM_KEY=.role Filters__0__Key=ProcessId
 * ARG TOK=
 * ENV NPM_TOKEN=$TOK OTHER_TOKEN=$ELSEWHERE
 * ```
 * A stage that does not reach the image still leaves records of its build:
 * ```dockerfile bad
 * FROM node:22 AS build
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * RUN npm publish --token $NPM_TOKEN
 * FROM nginx:1.27
 * COPY --from=build /app/dist /usr/share/nginx/html
 * ```
 * > The value of NPM_TOKEN can be read from the cache and the records of the build
 * ```dockerfile fixed
 * FROM node:22 AS build
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm publish --token $NPM_TOKEN
 * FROM nginx:1.27
 * COPY --from=build /app/dist /usr/share/nginx/html
 * ```
 * A mount is for one step: where a stage inherits the argument, where something else than a `RUN` reads it, where
 * nothing does, or where others are declared with it, only the author can say what to do:
 * ```dockerfile bad
 * FROM node:22 AS base
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN
 * FROM base
 * RUN npm publish --token $NPM_TOKEN
 * ```
 * > The value of NPM_TOKEN can be read from the history of the image
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * LABEL token=$NPM_TOKEN
 * RUN npm ci
 * ```
 * > The value of NPM_TOKEN can be read from the history of the image
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm ci
 * ```
 * > The value of NPM_TOKEN can be read from the history of the image
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN» MODE
 * RUN npm publish --token $NPM_TOKEN
 * ```
 * > The value of NPM_TOKEN can be read from the history of the image
 * ```dockerfile bad
 * ARG «NPM_TOKEN»
 * FROM node:22
 * ARG «NPM_TOKEN»=
 * RUN npm publish --token $NPM_TOKEN
 * ```
 * > The value of NPM_TOKEN can be read from the history of the image
 * So it is with a variable that a stage inherits:
 * ```dockerfile bad
 * FROM node:22 AS base
 * ENV «DB_PASSWORD»=hunter2
 * FROM base
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
 * Other variables of the line stay, and so does an argument that something else reads; a comment beside the secret
 * is for the author to move:
 * ```dockerfile bad
 * FROM node:22
 * ENV «DB_PASSWORD»=hunter2 \
 *     MODE=production
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
 * ```dockerfile fixed
 * FROM node:22
 * # TODO: give DB_PASSWORD to the container when it is started
 * ENV MODE=production
 * ```
 * ```dockerfile bad
 * FROM node:22
 * ARG VALUE=hunter2
 * ARG DB_PASSWORD
 * ENV «API_KEY»=$VALUE
 * ENV MODE=$VALUE
 * ENV «SECRET_KEY»=$DB_PASSWORD
 * LABEL password=$DB_PASSWORD
 * ```
 * > The value of API_KEY can be read from the configuration of the image
 * > The value of SECRET_KEY can be read from the configuration of the image
 * ```dockerfile fixed
 * FROM node:22
 * ARG VALUE=hunter2
 * ARG DB_PASSWORD
 * # TODO: give API_KEY to the container when it is started
 * ENV MODE=$VALUE
 * ENV SECRET_KEY=$DB_PASSWORD
 * LABEL password=$DB_PASSWORD
 * ```
 * ```dockerfile bad
 * FROM node:22
 * ENV MODE=production \
 *     # for the database
 *     «DB_PASSWORD»=hunter2
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
 * So is one that stands between the name and the next, or above the only one:
 * ```dockerfile bad
 * FROM node:22
 * ENV «DB_PASSWORD»=hunter2 \
 *     # for the database
 *     MODE=production
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
 * ```dockerfile bad
 * FROM node:22
 * ENV \
 *     # for the database
 *     «DB_PASSWORD»=hunter2
 * ```
 * > The value of DB_PASSWORD can be read from the configuration of the image
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
    const found: { instruction: Instruction; pair: Pair; argument: Argument | undefined }[] = [];
    // Of an argument that a variable of the image takes over, the variable is told: it is in every container.
    const takenOver = new Set<Pair>();
    for (const instruction of model.instructions) {
      if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') continue;
      for (const pair of instruction.pairs) {
        if (!isSecretName(pair.key.value)) continue;
        const argument = secretArgument(model, instruction, pair);
        if (!argument && isHarmless(pair, instruction)) continue;
        found.push({ instruction, pair, argument });
        if (argument) takenOver.add(argument.pair);
      }
    }
    for (const { instruction, pair, argument } of found) {
      if (!takenOver.has(pair)) yield finding(model, instruction, pair, argument);
    }
  },
});

function finding(
  model: Model,
  instruction: Instruction,
  pair: Pair,
  argument: Argument | undefined,
): Finding {
  const { key } = pair;
  const where = !model.reachesImage(instruction)
    ? 'the cache and the records of the build'
    : instruction.keyword === 'ARG'
      ? 'the history of the image'
      : 'the configuration of the image';
  return {
    at: key.span,
    message: `The value of ${key.value} can be read from ${where}`,
    related: argument && [{ at: argument.pair.key.span, message: 'The build gets it here' }],
    fix:
      instruction.keyword === 'ARG'
        ? mountAsSecret(model, instruction, key.value)
        : leaveToStart(model, instruction, pair, argument),
  };
}

/** A value that is no secret, or one that is judged where it is defined. */
function isHarmless({ key, value }: Pair, { keyword }: Instruction): boolean {
  if (!value) return false;
  if (value.variables.length > 0) return onlyVariable.test(value.value);
  // Without a value the argument is to get one from outside.
  if (keyword === 'ARG' && value.value === '') return false;
  return isHarmlessValue(key.value, value.value);
}

const onlyVariable = /^\$\{?(\w+)\}?$/;

/** The argument whose value an ENV takes over as it is, unless that is known to give nothing away. */
function secretArgument(model: Model, instruction: Instruction, { key, value }: Pair): Argument | undefined {
  if (instruction.keyword !== 'ENV' || !value || value.variables.length !== 1) return undefined;
  const name = onlyVariable.exec(value.value)?.[1];
  const variable = name === undefined ? undefined : model.environmentAt(instruction).variables.get(name);
  if (name === undefined || variable?.kind !== 'arg') return undefined;
  const isSecret =
    variable.set === false ||
    (variable.value === ''
      ? isSecretName(name)
      : variable.value !== undefined && !isHarmlessValue(key.value, variable.value));
  return isSecret ? variable : undefined;
}
