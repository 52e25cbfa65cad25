import { defineRule, insertAfter, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model } from '../core/lint/rule';
import { matchesIn } from '../core/analysis/text/matches';
import { addSyntaxLine } from '../core/fixes/syntax-line';
import { exampleIn, secretIn, secretValues } from '../core/knowledge/syntax/secret-values';
import type { Span } from '../core/text/span';

/**
 * Everyone who can read the file, the image or its history can use a secret that is written here. Revoke it: even if the
 * line goes, the history of the repository keeps it. A secret mount gives a secret to one step and leaves nothing behind.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM node:22
 * ENV KEY_ID=«AKIAIOSFODNN7QRSTUVW»
 * RUN huggingface-cli download --token «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» acme/model
 * RUN pip install --index-url https://ci:«q8Zr2mW9t»@pypi.example.com/simple flask==3.0.0
 * RUN curl -H 'Authorization: Bearer «q8Zr2mW9tq8Zr2mW9t»' https://example.com
 * COPY <<EOF /root/.ssh/id_rsa
 * «-----BEGIN OPENSSH PRIVATE KEY-----
 * b3BlbnNzaC1rZXktdjEA»AAAABG5vbmUAAAA
 * EOF
 * ```
 * > An AWS access key id stays readable for everyone who has the image or this file
 * > A Hugging Face token stays readable for everyone who has the image or this file
 * > The password in an address stays readable for everyone who has the image or this file
 * > The token in a header stays readable for everyone who has the image or this file
 * > A private key stays readable for everyone who has the image or this file
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM node:22
 * ENV KEY_ID=AKIAIOSFODNN7QRSTUVW
 * RUN --mount=type=secret,id=hf_token,env=HF_TOKEN huggingface-cli download --token ${HF_TOKEN} acme/model
 * RUN --mount=type=secret,id=password,env=PASSWORD pip install --index-url https://ci:${PASSWORD}@pypi.example.com/simple flask==3.0.0
 * RUN curl -H 'Authorization: Bearer q8Zr2mW9tq8Zr2mW9t' https://example.com
 * COPY <<EOF /root/.ssh/id_rsa
 * -----BEGIN OPENSSH PRIVATE KEY-----
 * b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAA
 * EOF
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENV AWS_SECRET_ACCESS_KEY «wJalrXUtnFEMIxK7MDENG/bPxRfiCYzQ3fTmLpVs»
 * ENV VAULT_TOKEN=«hvs.CAESIJlU9tbq8Zr2mW9tq8Zr2mW9tq8»
 * ```
 * > An AWS secret key stays readable for everyone who has the image or this file
 * > A Vault token stays readable for everyone who has the image or this file
 * In a stage that does not reach the image it stays in the build cache:
 * ```dockerfile bad severity="warning"
 * FROM node:22 AS build
 * ARG TOKEN=«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»
 * FROM node:22
 * ```
 * > A Hugging Face token stays readable in this file and in the build cache
 * The rule accepts examples, placeholders, and addresses of the machine itself:
 * ```dockerfile good
 * FROM debian:12
 * # AKIAIOSFODNN7QRSTUVW
 * ENV KEY=AKIAIOSFODNN7EXAMPLE TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
 * ENV DATABASE=postgres://app:q8Zr2mW9t@localhost/app OTHER=https://user:password@example.com NEXT=https://u:thepasswd@example.com
 * RUN git clone https://ci:${TOKEN}@example.com/repo.git
 * ```
 * The profile `strict` reports every other password in an address as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint hint hint error"
 * FROM debian:12
 * ENV DATABASE_URL=postgres://app:«secret»@db:5432/app
 * ENV ACCESS_KEY_ID=«AKIAIOSFODNN7EXAMPLE» OTHER_URL=https://user:«password»@example.com
 * ENV CACHE_URL=rediss://q8Zr2mW9t:«q8Zr2mW9t»@cache.example.com
 * ```
 * > The password in an address stays readable for everyone who has the image or this file
 * > An AWS access key id stands here, if it is no example
 * > The password in an address stays readable for everyone who has the image or this file
 * > The password in an address stays readable for everyone who has the image or this file
 */
export default defineRule({
  id: 'secret-literal',
  summary: 'A secret is written into the file',
  category: 'security',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['kics:passwords_and_secrets_in_infrastructure_code_dockerfile'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const told = new Set<number>();
    for (const { match, at, instruction } of matchesIn(model, secretValues)) {
      const secret = secretIn(match.groups);
      if (!secret) {
        const example = profile === 'strict' ? exampleIn(match.groups) : undefined;
        if (example)
          yield { at, message: `${example.form.what} stands here, if it is no example`, severity: 'hint' };
        continue;
      }
      const start = at.start + match[0].lastIndexOf(secret.value);
      const span = { start, end: start + secret.value.length };
      told.add(start);
      const reaches = model.reachesImage(instruction);
      yield {
        at: span,
        // The secret itself must not be in the message: messages end up in logs.
        message: `${secret.form.what} stays readable ${reaches ? 'for everyone who has the image or this file' : 'in this file and in the build cache'}`,
        severity: reaches ? undefined : 'warning',
        fix: mountInstead(model, instruction, span, secret.form.variable),
      };
    }
    if (profile === 'strict') yield* inAddresses(model, told);
  },
});

/** A variable that a secret mount sets, where a shell expands it. */
function mountInstead(model: Model, instruction: Instruction, at: Span, name: string): Fix | undefined {
  const { keyword, json, keywordSpan, span, heredocs } = instruction;
  if (keyword !== 'RUN' || json || heredocs.length > 0) return undefined;
  const before = model.document.text.slice(span.start, at.start);
  // Between single quotes nothing is expanded, and the name may have another value.
  if (before.includes("'") || model.document.text.includes(`env=${name}`)) return undefined;
  return {
    title: `Mount it as the secret ${name.toLowerCase()}`,
    edits: [
      ...addSyntaxLine(model),
      insertAfter(keywordSpan, ` --mount=type=secret,id=${name.toLowerCase()},env=${name}`),
      replace(at, `\${${name}}`),
    ],
  };
}

/** Other passwords in addresses: short ones, or of a server without a domain. @param told where secrets are */
function* inAddresses(model: Model, told: ReadonlySet<number>): Generator<Finding> {
  for (const { match, at } of matchesIn(model, /[a-z]:\/\/[\w.-]{0,80}:([^\s:/@"'$<>{}]{3,200})@[\w.-]/gi)) {
    const [, password = ''] = match;
    const start = at.start + match[0].lastIndexOf(password);
    if (told.has(start)) continue;
    yield {
      at: { start, end: start + password.length },
      message: 'The password in an address stays readable for everyone who has the image or this file',
      severity: 'hint',
    };
  }
}
