// Registries for tests: Debian's real docker-registry in four configurations, images put into it over HTTP, and a
// fake one whose every answer a test can bend.
import { spawn, execFileSync } from 'node:child_process';
import { createHash, createSign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { accepts, freePort } from '../../server/tools/base-registry.mjs';
import { replyJson, reply, startServer } from './http-server';
import type { Asked, TestServer } from './http-server';

export const types = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociImage: 'application/vnd.oci.image.manifest.v1+json',
  dockerImage: 'application/vnd.docker.distribution.manifest.v2+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** Bytes with a media type, as a registry stores them. */
export interface Stored {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly digest: string;
}

export function digestOf(bytes: Buffer | string, algorithm: 'sha256' | 'sha512' = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

export function stored(mediaType: string, value: unknown): Stored {
  const bytes = Buffer.isBuffer(value)
    ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return { mediaType, bytes, digest: digestOf(bytes) };
}

export function descriptor({ mediaType, bytes, digest }: Stored): {
  mediaType: string;
  digest: string;
  size: number;
} {
  return { mediaType, digest, size: bytes.length };
}

/**
 * An image for a platform (`linux/arm64/v8`), its config beside it. `mark` makes it differ.
 * @param created when it was built, as configs say it
 * @param layers sizes of layers that only the manifest knows, in bytes; the real registry takes none
 */
export function image(
  platform: string,
  mark = '',
  style: 'oci' | 'docker' = 'oci',
  created?: string,
  layers: readonly number[] = [],
): { manifest: Stored; config: Stored; platform: string } {
  const [os, architecture, variant] = platform.split('/');
  const config = stored(style === 'oci' ? types.ociConfig : types.dockerConfig, {
    os,
    architecture,
    ...(variant ? { variant } : {}),
    ...(created === undefined ? {} : { created }),
    config: { Labels: { mark } },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const mediaType = style === 'oci' ? types.ociImage : types.dockerImage;
  const manifest = stored(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptor(config),
    layers: layers.map((size) => ({ ...descriptor(stored(types.ociLayer, `${mark} ${size}`)), size })),
  });
  return { manifest, config, platform };
}

/** An index of images; `extra` entries go behind them as they are. */
export function index(
  images: readonly ReturnType<typeof image>[],
  style: 'oci' | 'docker' = 'oci',
  extra: readonly unknown[] = [],
): Stored {
  const mediaType = style === 'oci' ? types.ociIndex : types.dockerList;
  const manifests = images.map(({ manifest, platform }) => {
    const [os, architecture, variant] = platform.split('/');
    return { ...descriptor(manifest), platform: { os, architecture, ...(variant ? { variant } : {}) } };
  });
  return stored(mediaType, { schemaVersion: 2, mediaType, manifests: [...manifests, ...extra] });
}

// ── The real registry ──────────────────────────────────────────────────────────────────────────────────

export interface RegistryConfiguration {
  /** Lines of an htpasswd file with bcrypt. */
  readonly htpasswd?: string;
  readonly token?: {
    readonly realm: string;
    readonly service: string;
    readonly issuer: string;
    readonly rootCert: string;
  };
  /** PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface RealRegistry {
  readonly host: string;
  stop(): Promise<void>;
}

/**
 * Starts docker-registry with an empty store.
 * @param program its absolute path
 */
export async function startDockerRegistry(
  program: string,
  configuration: RegistryConfiguration = {},
): Promise<RealRegistry> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'drydock-registry-'));
  const htpasswd = join(folder, 'htpasswd');
  if (configuration.htpasswd !== undefined) writeFileSync(htpasswd, configuration.htpasswd);
  const { token, tls } = configuration;
  const lines = [
    'version: 0.1',
    'log: { level: error, accesslog: { disabled: true } }',
    `storage: { filesystem: { rootdirectory: ${join(folder, 'data')} }, delete: { enabled: true } }`,
    'http:',
    `  addr: 127.0.0.1:${port}`,
    ...(tls ? ['  tls:', `    certificate: ${tls.cert}`, `    key: ${tls.key}`] : []),
    ...(configuration.htpasswd === undefined
      ? []
      : ['auth:', '  htpasswd:', '    realm: test', `    path: ${htpasswd}`]),
    ...(token
      ? [
          'auth:',
          '  token:',
          `    realm: ${token.realm}`,
          `    service: ${token.service}`,
          `    issuer: ${token.issuer}`,
          `    rootcertbundle: ${token.rootCert}`,
        ]
      : []),
  ];
  const file = join(folder, 'config.yml');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const child = spawn(program, ['serve', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await accepts(port)); tries++) {
    if (child.exitCode !== null || tries > 100) {
      await stop();
      throw new Error(`docker-registry did not start: ${errors}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { host: `127.0.0.1:${port}`, stop };
}

/** Puts things into a registry by its API. Blobs first, then images, then indexes. */
export class Pusher {
  readonly #base: string;
  readonly #authorization: string | undefined;

  constructor(base: string, authorization?: string) {
    this.#base = base;
    this.#authorization = authorization;
  }

  async image(
    repository: string,
    { manifest, config }: ReturnType<typeof image>,
    tag?: string,
  ): Promise<void> {
    await this.blob(repository, config);
    await this.manifest(repository, manifest, tag ?? manifest.digest);
  }

  async blob(repository: string, blob: Stored): Promise<void> {
    const begun = await this.#send('POST', `/v2/${repository}/blobs/uploads/`, {}, undefined, 202);
    const location = new URL(begun.headers.get('location') ?? '', this.#base);
    location.searchParams.set('digest', blob.digest);
    await this.#send('PUT', location.href, { 'content-type': 'application/octet-stream' }, blob.bytes, 201);
  }

  async manifest(repository: string, manifest: Stored, reference: string): Promise<void> {
    const headers = { 'content-type': manifest.mediaType };
    await this.#send('PUT', `/v2/${repository}/manifests/${reference}`, headers, manifest.bytes, 201);
  }

  async remove(repository: string, digest: string): Promise<void> {
    await this.#send('DELETE', `/v2/${repository}/manifests/${digest}`, {}, undefined, 202);
  }

  async #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Buffer | undefined,
    expected: number,
  ): Promise<Response> {
    const authorization = this.#authorization === undefined ? {} : { authorization: this.#authorization };
    const url = new URL(path, this.#base);
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...authorization },
      body: body ? new Uint8Array(body) : null,
    });
    if (answer.status !== expected)
      throw new Error(`${method} ${url.pathname}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

// ── Certificates and tokens ────────────────────────────────────────────────────────────────────────────

export interface Certificates {
  /** PEM files. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

/**
 * A throwaway authority and a certificate by it.
 * @param openssl its absolute path
 * @param names as in subjectAltName: `DNS:localhost`, `IP:127.0.0.1`
 */
export function makeCertificates(openssl: string, names: readonly string[]): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-ca-'));
  const at = (name: string): string => join(folder, name);
  const run = (...args: string[]): void => void execFileSync(openssl, args, { stdio: 'ignore' });
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  run(
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-subj',
    '/CN=Throwaway CA',
    '-days',
    '2',
  );
  run('req', ...key, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=server');
  writeFileSync(at('names'), `subjectAltName=${names.join(',')}\n`);
  run(
    'x509',
    '-req',
    '-in',
    at('server.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-out',
    at('server.pem'),
    '-days',
    '2',
    '-extfile',
    at('names'),
  );
  return {
    ca: at('ca.pem'),
    cert: at('server.pem'),
    key: at('server.key'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface TokenServer extends TestServer {
  readonly realm: string;
}

/** A token server whose tokens docker-registry accepts: RS256, the certificate in the header. */
export async function startTokenServer(
  certificates: Certificates,
  options: {
    readonly issuer: string;
    readonly service: string;
    /** Actions granted for a user (undefined: nobody) on a repository; undefined refuses with 401. */
    readonly grant: (user: string | undefined, repository: string) => readonly string[] | undefined;
    readonly expiresIn?: number;
  },
): Promise<TokenServer> {
  const key = readFileSync(certificates.key, 'utf8');
  const x5c = readFileSync(certificates.cert, 'utf8').replace(/-----[^-]+-----|\s/g, '');
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const server = await startServer(({ query, authorization, method, body }, response) => {
    const form = method === 'POST' ? new URLSearchParams(body) : query;
    const repository = /^repository:(.+):[^:]+$/.exec(form.get('scope') ?? '')?.[1] ?? '';
    const basic =
      authorization === undefined
        ? undefined
        : Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
    const user = method === 'POST' ? `token:${form.get('refresh_token') ?? ''}` : basic;
    const actions = options.grant(user, repository);
    if (actions === undefined) return reply(response, 401, {}, 'no');
    const now = Math.floor(Date.now() / 1000);
    const access = actions.length > 0 ? [{ type: 'repository', name: repository, actions }] : [];
    const claims = {
      iss: options.issuer,
      sub: '',
      aud: options.service,
      exp: now + 300,
      nbf: now - 10,
      iat: now,
      jti: String(Math.random()),
      access,
    };
    const signed = `${encode({ typ: 'JWT', alg: 'RS256', x5c: [x5c] })}.${encode(claims)}`;
    const token = `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
    replyJson(response, { token, expires_in: options.expiresIn ?? 300 });
  });
  return { ...server, realm: `${server.origin}/token` };
}

// ── The fake registry ──────────────────────────────────────────────────────────────────────────────────

export interface FakeRegistry extends TestServer {
  /** Manifests by tag and by digest, per repository. Tags are listed in the order in which they came. */
  put(repository: string, manifest: Stored, tag?: string): void;
  blob(blob: Stored): void;
}

export interface Bend {
  /** Looks at a request before the registry does; true when it has answered. */
  readonly before?: (asked: Asked, response: ServerResponse) => boolean;
  /** What every answer waits for. */
  readonly wait?: () => Promise<void>;
  /** Changes the headers of a manifest's answer. */
  readonly headers?: (
    headers: Record<string, string>,
    asked: Asked,
    manifest: Stored,
  ) => Record<string, string>;
  /** Changes the bytes of a manifest's answer. */
  readonly bytes?: (asked: Asked, manifest: Stored) => Buffer;
}

export async function startFakeRegistry(
  bend: Bend = {},
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeRegistry> {
  const manifests = new Map<string, Stored>();
  const blobs = new Map<string, Stored>();
  const answer = (asked: Asked, response: ServerResponse): void => {
    const manifest = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(asked.path);
    if (manifest) {
      const found = manifests.get(`${manifest[1]} ${manifest[2]}`);
      if (!found)
        return reply(
          response,
          404,
          { 'content-type': 'application/json' },
          '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}',
        );
      const bytes = bend.bytes?.(asked, found) ?? found.bytes;
      const plain = {
        'content-type': found.mediaType,
        'docker-content-digest': found.digest,
        'content-length': String(bytes.length),
      };
      const headers = bend.headers?.(plain, asked, found) ?? plain;
      return reply(response, 200, headers, asked.method === 'HEAD' ? '' : bytes);
    }
    const repository = /^\/v2\/(.+)\/tags\/list$/.exec(asked.path)?.[1];
    if (repository !== undefined) return replyTags(response, asked, repository, [...manifests.keys()]);
    const blob = blobs.get(/\/blobs\/([^/]+)$/.exec(asked.path)?.[1] ?? '');
    if (blob) return reply(response, 200, {}, blob.bytes);
    reply(response, 404);
  };
  const server = await startServer((asked, response) => {
    if (bend.before?.(asked, response) === true) return;
    if (!bend.wait) return answer(asked, response);
    void bend.wait().then(() => answer(asked, response));
  }, tls);
  return {
    ...server,
    put(repository, manifest, tag) {
      manifests.set(`${repository} ${manifest.digest}`, manifest);
      if (tag !== undefined) manifests.set(`${repository} ${tag}`, manifest);
    },
    blob: (blob) => void blobs.set(blob.digest, blob),
  };
}

/** A page of tags, with a link to the next. @param keys `repository reference` */
function replyTags(
  response: ServerResponse,
  { path, query }: Asked,
  repository: string,
  keys: readonly string[],
): void {
  const tags = keys
    .filter((key) => key.startsWith(`${repository} `) && !key.includes(':'))
    .map((key) => key.slice(repository.length + 1));
  const start = tags.indexOf(query.get('last') ?? '') + 1;
  const size = Number(query.get('n') ?? tags.length);
  const page = tags.slice(start, start + size);
  const more = start + size < tags.length;
  const link = more ? { link: `<${path}?n=${size}&last=${page.at(-1)}>; rel="next"` } : {};
  replyJson(response, { name: repository, tags: page }, link);
}
