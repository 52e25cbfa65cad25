import { defineRule, insertAfter, sharedOptions } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';
import { isIgnored } from '../core/analysis/context/context-paths';
import { addSyntaxLine } from '../core/fixes/syntax-line';
import { scriptRunners } from '../core/knowledge/programs/programs';
import { credentialVariables, mayBeSecret, secretFile } from '../core/knowledge/syntax/secret-files';
import { holdsNoSecret } from '../core/knowledge/syntax/secrets';
import type { ContextFacts } from '../core/lint/facts';
import type { Copy } from '../core/model/copies';
import { baseName } from '../core/text/paths';

/**
 * A file that `COPY` brings stays in its layer, even if a later step deletes it. A secret mount shows a file to one step and
 * leaves nothing behind.
 *
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY «id_rsa» /root/.ssh/id_rsa
 * RUN git clone git@example.com:repo.git
 * COPY «config/server.key» «tls-key.pem» /etc/ssl/
 * ADD «.aws/credentials» /root/.aws/credentials
 * RUN aws s3 cp --config /root/.aws/credentials s3://bucket/file .
 * ```
 * > id_rsa stays in the image, even if a later step deletes it
 * > server.key stays in the image, even if a later step deletes it
 * > tls-key.pem stays in the image, even if a later step deletes it
 * > credentials stays in the image, even if a later step deletes it
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * COPY id_rsa /root/.ssh/id_rsa
 * RUN git clone git@example.com:repo.git
 * COPY config/server.key tls-key.pem /etc/ssl/
 * RUN --mount=type=secret,id=credentials,target=/root/.aws/credentials aws s3 cp --config /root/.aws/credentials s3://bucket/file .
 * ```
 * Files that may hold settings alone are a warning, and one step less in a stage that does not reach the image:
 * ```dockerfile bad severity="warning"
 * # syntax=docker/dockerfile:1
 * FROM node:22
 * WORKDIR /app
 * COPY «.npmrc» ./
 * RUN npm ci
 * RUN npm run build
 * ```
 * > .npmrc stays in the image, even if a later step deletes it
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM node:22
 * WORKDIR /app
 * RUN --mount=type=secret,id=npmrc,target=/app/.npmrc npm ci
 * RUN --mount=type=secret,id=npmrc,target=/app/.npmrc npm run build
 * ```
 * ```dockerfile bad severity="hint"
 * FROM node:22 AS build
 * COPY «.env» .
 * FROM node:22
 * ```
 * > .env stays in the build cache, even if a later step deletes it
 * ```dockerfile bad severity="warning"
 * FROM node:22 AS build
 * COPY «id_ed25519» /root/.ssh/
 * FROM node:22
 * ```
 * > id_ed25519 stays in the build cache, even if a later step deletes it
 * ```dockerfile bad
 * FROM debian:12 AS base
 * COPY «id_rsa» /root/.ssh/id_rsa
 * RUN ssh -i /root/.ssh/id_rsa example.com
 * FROM base
 * ```
 * > id_rsa stays in the image, even if a later step deletes it
 * ```dockerfile good
 * FROM node:22 AS build
 * COPY .env.example id_rsa.pub ca.pem cert.pem server.crt test/server.key $SECRETS .
 * COPY repo.key /etc/apt/keyrings/
 * COPY other.key $FOLDER/keyrings/
 * COPY nginx_signing.key /tmp/
 * COPY .ssh/known_hosts /root/.ssh/
 * FROM node:22
 * COPY kubeconfig/ /x/
 * COPY --from=build id_rsa /x
 * COPY public.key license.key /
 * ```
 *
 * A pattern counts where it takes such a file, and a name that a variable of the image gives for a secret:
 * ```dockerfile bad severity="warning"
 * FROM node:22
 * COPY package.json «.env*» /app/
 * COPY «keystore.jks» truststore.jks «config/secrets.yml» /app/
 * ```
 * > .env* stays in the image, even if a later step deletes it
 * > keystore.jks stays in the image, even if a later step deletes it
 * > secrets.yml stays in the image, even if a later step deletes it
 * ```dockerfile bad
 * FROM debian:12
 * ENV GOOGLE_APPLICATION_CREDENTIALS=/app/gcp.json
 * COPY «id_rsa*» «certs/*.key» /root/.ssh/
 * COPY «account.json» /app/gcp.json
 * COPY «nginx/server.key» /etc/nginx/
 * ```
 * > id_rsa* stays in the image, even if a later step deletes it
 * > *.key stays in the image, even if a later step deletes it
 * > account.json stays in the image, even if a later step deletes it
 * > server.key stays in the image, even if a later step deletes it
 * So does a private key of the build context, whatever its name. A folder of keys cannot be mounted as a secret:
 * ```dockerfile bad files="tools/nginx.key cert.pem .ssh/" texts="tools/nginx.key: -----BEGIN PRIVATE KEY-----\nMIIEvQ"
 * FROM debian:12
 * COPY «tools/nginx.key» cert.pem /etc/nginx/ssl/
 * COPY «.ssh» /root/.ssh
 * RUN mv /root/.ssh/host_key /etc/ssh/
 * ```
 * > nginx.key stays in the image, even if a later step deletes it
 * > .ssh stays in the image, even if a later step deletes it
 * A file of settings that the build context has, and that holds no secret, is fine:
 * ```dockerfile good files=".env .npmrc .yarnrc.yml" texts=".env: APP_KEY=\nDB=sqlite | .npmrc: # old\nregistry=https://npm.example.com/\n//npm.example.com/:_authToken=${TOKEN} | .yarnrc.yml: nodeLinker: node-modules"
 * FROM node:22
 * COPY .env .npmrc .yarnrc.yml ./
 * ```
 * ```dockerfile bad severity="warning" files=".env .env.prod .npmrc auth.json" texts=".env: APP_KEY=kR72hdWq | .env.prod: DATABASE=postgres://app:kR72hdWq@db/app | .npmrc: //npm.example.com/:_authToken=kR72hdWq | auth.json: {}"
 * FROM node:22
 * COPY «.env» «.env.prod» «.npmrc» «auth.json» ./
 * ```
 * > .env stays in the image, even if a later step deletes it
 * > .env.prod stays in the image, even if a later step deletes it
 * > .npmrc stays in the image, even if a later step deletes it
 * > auth.json stays in the image, even if a later step deletes it
 * The profile `strict` also reports, as hints, kinds of files that hold secrets in some projects:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * COPY «server.pem» ca.pem cert.pem «certs/*.pem» /etc/ssl/
 * COPY «secrets/» /run/app/
 * COPY «pip.conf» /etc/
 * ```
 * > server.pem may hold a secret, and stays in its layer even if a later step deletes it
 * > *.pem may hold a secret, and stays in its layer even if a later step deletes it
 * > secrets may hold a secret, and stays in its layer even if a later step deletes it
 * > pip.conf may hold a secret, and stays in its layer even if a later step deletes it
 * An ignored file does not reach the builder, which another rule says:
 * ```dockerfile good files=".env app.py" ignore=".env"
 * FROM debian:12
 * COPY .env /app/
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * COPY «gcloud-service-key.json» /keys/
 * ```
 * > gcloud-service-key.json stays in the image, even if a later step deletes it
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * COPY «release.keystore» /keys/
 * ```
 * > release.keystore stays in the image, even if a later step deletes it
 *
 * @skip onbuild the steps of the later build are not known
 */
export default defineRule({
  id: 'copy-secret-file',
  summary: 'A file with secrets is copied into the image',
  category: 'security',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['trivy:DS-0031'],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options }) {
    for (const copy of model.copies) {
      if (keyFolders.test(copy.destination.path ?? copy.destination.value)) continue;
      for (const source of copy.sources) {
        const path = source.path ?? '';
        if (source.kind !== 'context' || /\bkubeconfig\/$/.test(source.value)) continue;
        const kind =
          secretFile(path) ??
          (isNamedSecret(model, copy, source.target) || isPrivateKey(facts.context, path)
            ? 'secret'
            : undefined);
        // Another rule says that the ignore file keeps it out.
        if (path !== '' && (kind || mayBeSecret(path)) && facts.context && isIgnored(facts.context, path))
          continue;
        const reaches = model.reachesImage(copy.instruction);
        const name = baseName(path);
        // It holds settings alone.
        if (kind === 'settings' && holdsNoSecret(name, facts.context?.fileAt?.(path)?.text)) continue;
        if (!kind) {
          if (options.profile !== 'strict' || !mayBeSecret(path)) continue;
          const message = `${name} may hold a secret, and stays in its layer even if a later step deletes it`;
          yield { at: source.span, message, severity: 'hint' };
          continue;
        }
        yield {
          at: source.span,
          message: `${name} stays in ${reaches ? 'the image' : 'the build cache'}, even if a later step deletes it`,
          severity: kind === 'secret' ? (reaches ? undefined : 'warning') : reaches ? 'warning' : 'hint',
          fix: mountInstead(model, copy, source.target, name),
        };
      }
    }
  },
});

/** Whether the build context has a private key of this name, whatever the name tells. */
function isPrivateKey(context: ContextFacts | undefined, path: string): boolean {
  return (
    /\.(?:key|pem)$/.test(path) &&
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(context?.fileAt?.(path)?.text ?? '')
  );
}

/** Whether a variable says that the program reads its credentials from there. */
function isNamedSecret(model: Model, { instruction }: Copy, target: string | undefined): boolean {
  if (target === undefined) return false;
  const { env } = model.environmentAt(instruction);
  return credentialVariables.some((name) => env.get(name) === target);
}

/** Folders for the keys of package repositories, which are public. */
const keyFolders = /keyrings?|trusted\.gpg|apk\/keys|rpm-gpg|ca-certificates|authorized_keys/;

/** Folders that programs keep keys and credentials in. */
const keyFolder = /^\.(?:ssh|aws|azure|gnupg|kube|gcloud)$/;

/** Mounts the file into the steps that read it. Undefined if none does, so that a container may. */
function mountInstead(model: Model, copy: Copy, target: string | undefined, name: string): Fix | undefined {
  const { instruction, stage, sources } = copy;
  if (!stage || copy.onbuild || target === undefined || sources.length > 1 || instruction.comments.length > 0)
    return undefined;
  // A folder is no secret to mount.
  if (keyFolder.test(name)) return undefined;
  if (instruction.index === 0 || stage.usedBy.some(({ via }) => via === 'from')) return undefined;
  const readers = stage.instructions.filter(
    (one) => one.index > instruction.index && one.keyword === 'RUN' && reads(model, one, target, name),
  );
  if (readers.length === 0 || readers.length > 20) return undefined;
  const id = name.replace(/^\./, '').replace(/\W/g, '_');
  return {
    title: `Mount ${name} as a secret in the ${readers.length === 1 ? 'step that reads' : 'steps that read'} it`,
    edits: [
      ...addSyntaxLine(model),
      model.document.removeLines(instruction.span),
      ...readers.map(({ keywordSpan }) =>
        insertAfter(keywordSpan, ` --mount=type=secret,id=${id},target=${target}`),
      ),
    ],
  };
}

function reads(model: Model, run: Instruction, target: string, name: string): boolean {
  if (model.document.slice(run.span).includes(target)) return true;
  return name === '.npmrc' && model.commandsOf(run).some(({ program }) => scriptRunners.test(program));
}
