import { leaveToStart, mountAsSecret } from './secret-in-arg-or-env.parts';
import type { Argument } from './secret-in-arg-or-env.parts';
import { defineRule } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';
import type { Pair } from '../core/syntax/nodes';
import {
  isDefaultPassword,
  isForBrowsers,
  isHarmlessValue,
  isSecretName,
} from '../core/knowledge/syntax/secrets';

/**
 * The image stores the values of `ARG` and `ENV`: `docker history` and `docker inspect` show them to everyone who can
 * pull it. A secret mount exists for one step only and leaves nothing behind.
 *
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
 * > NPM_TOKEN stays readable in the image history
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM node:22
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
 * The build then gets the secret from `--secret id=npm_token,env=NPM_TOKEN`. Pass a secret that the program needs at
 * run time when you start the container:
 * ```dockerfile bad
 * FROM node:22
 * ENV MODE=production \
 *     «DB_PASSWORD»=hunter2 \
 *     # for the log
 *     LEVEL=info
 * ENV «API_KEY» 0815-4711
 * ```
 * > DB_PASSWORD stays readable in the image configuration
 * > API_KEY stays readable in the image configuration
 * ```dockerfile fixed
 * FROM node:22
 * # TODO: give DB_PASSWORD to the container when it is started
 * ENV MODE=production \
 *     # for the log
 *     LEVEL=info
 * # TODO: give API_KEY to the container when it is started
 * ```
 * An argument that becomes an environment variable is reported once, at the variable:
 * ```dockerfile bad
 * FROM node:22
 * ARG DB_PASSWORD
 * ARG TOK
 * ENV «DB_PASSWORD»=${DB_PASSWORD}
 * ENV «NPM_TOKEN»=$TOK
 * RUN npm ci
 * ```
 * > DB_PASSWORD stays readable in the image configuration
 * > NPM_TOKEN stays readable in the image configuration
 * ```dockerfile fixed
 * FROM node:22
 * # TODO: give DB_PASSWORD to the container when it is started
 * # TODO: give NPM_TOKEN to the container when it is started
 * RUN npm ci
 * ```
 * There is no fix if a build step also reads the variable:
 * ```dockerfile bad
 * FROM node:22
 * ARG NPM_TOKEN
 * ENV «NPM_TOKEN»=$NPM_TOKEN
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
 * > NPM_TOKEN stays readable in the image configuration
 * The rule ignores names of places and things, public values, and placeholders:
 * ```dockerfile good
 * FROM node:22
 * ARG TOKEN_FILE
 * ENV PUBLIC_KEY=abc DB_PASSWORD_FILE=/run/secrets/db TOKENIZERS_PARALLELISM=false PRIVATE_NET=10.0.0.0/8
 * ARG NEXT_PUBLIC_MAPS_TOKEN
 * ARG TOKEN_VALIDITY_IN_DAYS=30
 * ENV SSH_KEY_PATH=/run/key AUTH_URL=https://example.com KEYCLOAK_HOST=kc
 * ENV SLACK_TOKEN= DB_PASSWORD=change-me RPC_TOKEN=00000000-0000-0000-0000-000000000000
 * ENV WANDB_API_KEY="WANDB_API_KEY" POSTGRES_REPO_KEY=B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8
 * ENV TLS_KEY=certs/server.key ROLE_CLAIM_KEY=.role Filters__0__Key=ProcessId SWAGGER_AUTH_LOGIN=docs
 * ENV URI_FORGOT_PASSWORD=/reset?token= TURNSTILE_SITE_KEY=0x4AAAAAAADnPIDROrmt1Wwj SUPABASE_ANON_KEY=eyJhbGciOiJI
 * ARG TOK=
 * ENV NPM_TOKEN=$TOK OTHER_TOKEN=$ELSEWHERE
 * ARG GOOGLE_APPLICATION_CREDENTIALS
 * ENV PG_AUTH_MON_COMMIT=fe099eef7662cbc85b0b79191f47f52f1e96b779
 * ```
 * A stage that does not reach the image still leaves its values in the build cache and build records:
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM node:22 AS build
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * RUN npm publish --token $NPM_TOKEN
 * FROM nginx:1.27
 * COPY --from=build /app/dist /usr/share/nginx/html
 * ```
 * > NPM_TOKEN stays readable in the build cache and build records
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM node:22 AS build
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm publish --token $NPM_TOKEN
 * FROM nginx:1.27
 * COPY --from=build /app/dist /usr/share/nginx/html
 * ```
 * There is no fix if another stage inherits the argument, if something other than a `RUN` reads it, if nothing does,
 * or if the line declares other arguments too:
 * ```dockerfile bad
 * FROM node:22 AS base
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN
 * FROM base
 * RUN npm publish --token $NPM_TOKEN
 * ```
 * > NPM_TOKEN stays readable in the image history
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * LABEL token=$NPM_TOKEN
 * RUN npm ci
 * ```
 * > NPM_TOKEN stays readable in the image history
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm ci
 * ```
 * > NPM_TOKEN stays readable in the image history
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN» MODE
 * RUN npm publish --token $NPM_TOKEN
 * ```
 * > NPM_TOKEN stays readable in the image history
 * ```dockerfile bad
 * ARG «NPM_TOKEN»
 * FROM node:22
 * ARG «NPM_TOKEN»=
 * RUN npm publish --token $NPM_TOKEN
 * ```
 * > NPM_TOKEN stays readable in the image history
 * The same goes for a variable that a stage inherits:
 * ```dockerfile bad
 * FROM node:22 AS base
 * ENV «DB_PASSWORD»=hunter2
 * FROM base
 * ```
 * > DB_PASSWORD stays readable in the image configuration
 * Other variables of the line stay, and so does an argument that something else reads. There is no fix if a comment
 * stands next to the secret:
 * ```dockerfile bad
 * FROM node:22
 * ENV «DB_PASSWORD»=hunter2 \
 *     MODE=production
 * ```
 * > DB_PASSWORD stays readable in the image configuration
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
 * > API_KEY stays readable in the image configuration
 * > SECRET_KEY stays readable in the image configuration
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
 * > DB_PASSWORD stays readable in the image configuration
 * The same goes for a comment between the name and the next one, or above the only one:
 * ```dockerfile bad
 * FROM node:22
 * ENV «DB_PASSWORD»=hunter2 \
 *     # for the database
 *     MODE=production
 * ```
 * > DB_PASSWORD stays readable in the image configuration
 * ```dockerfile bad
 * FROM node:22
 * ENV \
 *     # for the database
 *     «DB_PASSWORD»=hunter2
 * ```
 * > DB_PASSWORD stays readable in the image configuration
 * A value that a bundler writes into a page is only a hint, and `default-password-shipped` says more of a default that
 * everyone tries first:
 * ```dockerfile bad
 * FROM node:22
 * ARG «VITE_MAPS_API_KEY»
 * ENV «ADMIN_PASS»=admin
 * ```
 * > VITE_MAPS_API_KEY stays readable in the image history
 * > ADMIN_PASS stays readable in the image configuration
 * ```dockerfile fixed
 * FROM node:22
 * ARG VITE_MAPS_API_KEY
 * # TODO: give ADMIN_PASS to the container when it is started
 * ```
 * The profile `strict` also reports as a hint what only the name makes a secret:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ENV «DB_PASSWORD»=changeme
 * ```
 * > The value of DB_PASSWORD stays readable in the image or its history
 *
 * @skip onbuild the argument belongs to the later build
 * @skip backtick the example gains a directive at the top
 */
export default defineRule({
  id: 'secret-in-arg-or-env',
  summary: 'A secret is stored in the image',
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
  mentions: ['arg', 'env'],
  strictAddsHadolint: true,

  *check({ model }) {
    const found: { instruction: Instruction; pair: Pair; argument: Argument | undefined }[] = [];
    // If an environment variable takes the value of an argument, report the variable: every container has it.
    const takenOver = new Set<Pair>();
    for (const instruction of model.instructionsOf('ARG', 'ENV')) {
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

  *hadolint({ model }) {
    for (const { keyword, pairs } of model.instructionsOf('ARG', 'ENV')) {
      // It reads one name of an ARG.
      for (const { key } of keyword === 'ARG' ? pairs.slice(0, 1) : pairs) {
        if (likeSecret.test(key.value))
          yield {
            at: key.span,
            message: `The value of ${key.value} stays readable in the image or its history`,
          };
      }
    }
  },

  *buildkit({ model }) {
    for (const instruction of model.instructionsOf('ARG', 'ENV')) {
      if (instruction.onbuild || !model.stageOf(instruction)) continue;
      for (const { key } of instruction.pairs) {
        if (secretWord.test(key.value) && !publicWord.test(key.value))
          yield { at: key.span, message: `${key.value} stays readable in the image` };
      }
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
    ? 'the build cache and build records'
    : instruction.keyword === 'ARG'
      ? 'the image history'
      : 'the image configuration';
  return {
    at: key.span,
    message: `${key.value} stays readable in ${where}`,
    quiet: isToldElsewhere(instruction, pair) || (isForBrowsers(key.value) ? 'hint' : undefined),
    related: argument && [{ at: argument.pair.key.span, message: 'The value comes from this ARG' }],
    fix:
      instruction.keyword === 'ARG'
        ? mountAsSecret(model, instruction, key.value)
        : leaveToStart(model, instruction, pair, argument),
  };
}

/** `default-password-shipped` says more of the values that everyone tries first. */
function isToldElsewhere({ keyword }: Instruction, { value }: Pair): boolean {
  return keyword === 'ENV' && value !== undefined && isDefaultPassword(value.value);
}

/** A value that is not a secret, or that is judged where it is defined. */
function isHarmless({ key, value }: Pair, { keyword }: Instruction): boolean {
  if (!value) return false;
  if (value.variables.length > 0) return onlyVariable.test(value.value);
  // An argument without a value is meant to get one from outside.
  if (keyword === 'ARG' && value.value === '') return false;
  return isHarmlessValue(key.value, value.value);
}

const onlyVariable = /^\$\{?(\w+)\}?$/;

/** The argument whose value an ENV takes unchanged, unless that value is known to be harmless. */
function secretArgument(model: Model, instruction: Instruction, { key, value }: Pair): Argument | undefined {
  if (instruction.keyword !== 'ENV' || !value || value.variables.length !== 1) return undefined;
  const name = onlyVariable.exec(value.value)?.[1] ?? '';
  const variable = model.environmentAt(instruction).variables.get(name);
  if (variable?.kind !== 'arg') return undefined;
  const isSecret =
    variable.set === false ||
    (variable.value === ''
      ? isSecretName(name)
      : variable.value !== undefined && !isHarmlessValue(key.value, variable.value));
  return isSecret ? variable : undefined;
}

/** The words of names that BuildKit takes for secrets. */
const secretWord = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;

/** The words that make a name harmless for BuildKit. */
const publicWord = /(?:_|^)(?:public|file|version)(?:_|$)/i;

/** The parts of names that hadolint takes for secrets, whatever stands around them. */
const likeSecret = /api_key|client_key|password|private|secret|token|username|^aws_access_key_id$/i;
