import { mentionsOf } from './secret-in-arg-or-env.parts';
import { defineRule, insertAfter, remove, replace } from '../core/lint/rule';
import type { Edit, Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { Pair } from '../core/syntax/nodes';
import { isHarmlessValue, isSecretName } from '../core/knowledge/syntax/secrets';
import type { Span } from '../core/text/span';

/**
 * Values of `ARG` and `ENV` are written into the image: `docker history` and `docker inspect` show them to
 * everyone who can pull it. A secret mount is there for one step and leaves nothing behind.
 *
 * ```dockerfile bad
 * FROM node:22
 * ARG «NPM_TOKEN»
 * RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci
 * ```
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

interface Argument {
  readonly instruction: Instruction;
  readonly pair: Pair;
}

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
        ? mountFix(model, instruction, key.value)
        : deletion(model, instruction, pair, argument),
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

/** Leaves the variable to whoever starts the container, where the build does without it. */
function deletion(
  model: Model,
  instruction: Instruction,
  pair: Pair,
  argument: Argument | undefined,
): Fix | undefined {
  const { document } = model;
  const stage = model.stageOf(instruction);
  const name = pair.key.value;
  if (!stage || instruction.onbuild || stage.usedBy.some(({ via }) => via === 'from')) return undefined;
  const isRead = mentionsOf(model, stage, name).some(
    (other) => other.index > instruction.index && !atRunTime.has(other.keyword),
  );
  const rest = isRead ? undefined : withoutPair(instruction, pair);
  const source = rest && (argument ? argumentAlone(model, stage, argument, instruction) : []);
  if (!rest || !source) return undefined;
  const comment = `# TODO: give ${name} to the container when it is started`;
  const edits =
    instruction.pairs.length === 1
      ? [replace(instruction.span, comment)]
      : [document.insertLinesBefore(instruction.span.start, comment), remove(rest)];
  return { title: `Delete ${name} from the image`, safety: 'manual', edits: [...source, ...edits] };
}

const atRunTime: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** What to delete of an instruction with other pairs; undefined where a comment stands in it. */
function withoutPair({ span, pairs, comments }: Instruction, pair: Pair): Span | undefined {
  if (pairs.length === 1) return comments.length === 0 ? span : undefined;
  const at = pairs.indexOf(pair);
  const previous = pairs[at - 1];
  const next = pairs[at + 1];
  const deleted = previous
    ? { start: previous.span.end, end: pair.span.end }
    : { start: pair.span.start, end: next?.span.start ?? pair.span.end };
  return comments.some(({ span: { start } }) => deleted.start <= start && start < deleted.end)
    ? undefined
    : deleted;
}

/** The line of an argument that nothing else reads; nothing where it is no secret and others read it. */
function argumentAlone(
  model: Model,
  stage: Stage,
  { instruction, pair }: Argument,
  reader: Instruction,
): readonly Edit[] | undefined {
  const name = pair.key.value;
  const isAlone =
    model.stageOf(instruction) === stage &&
    instruction.pairs.length === 1 &&
    instruction.comments.length === 0 &&
    mentionsOf(model, undefined, name).length === 0 &&
    mentionsOf(model, stage, name).every((other) => other === instruction || other === reader);
  if (isAlone) return [model.document.removeLines(instruction.span)];
  // It would be found itself then.
  return isSecretName(name) ? undefined : [];
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
