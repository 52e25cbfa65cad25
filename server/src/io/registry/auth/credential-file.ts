// Reads the files in which docker and podman keep logins.
// Sources: docker/cli `cli/config`, containers-auth.json(5).
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { isRecord } from '../../../core/text/record';
import type { JsonObject } from '../../../core/text/record';
import type { Environment, Limits } from '../settings';

export type Credential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** Exchanged for a token at the login server. */
  | { readonly kind: 'identity'; readonly token: string }
  /** A bearer token as it is. */
  | { readonly kind: 'registryToken'; readonly token: string };

/** What a credential file says about a registry, before any helper is asked. */
export interface CredentialFile {
  readonly helpers: ReadonlyMap<string, string>;
  readonly store: string | undefined;
  readonly logins: ReadonlyMap<string, Credential>;
  /** By host, the keys as written of its entries, also of those that only say that a helper has the login. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** The credential files in the order they are asked: docker's, then podman's. Relative paths are not followed. */
export function credentialFiles({ variables, home, platform }: Environment): string[] {
  const docker = join(variables['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json');
  const runtime = platform === 'linux' ? variables['XDG_RUNTIME_DIR'] : undefined;
  const podman = variables['REGISTRY_AUTH_FILE']
    ? [variables['REGISTRY_AUTH_FILE']]
    : [
        ...(runtime ? [join(runtime, 'containers', 'auth.json')] : []),
        join(variables['XDG_CONFIG_HOME'] || join(home, '.config'), 'containers', 'auth.json'),
      ];
  return [docker, ...podman].filter((path) => isAbsolute(path));
}

/**
 * Reads one file.
 * @param log told why a file that is there cannot be used
 * @returns undefined if it is absent, not a regular file, too big, unreadable or broken
 */
export async function readCredentialFile(
  path: string,
  limits: Limits,
  log: (line: string) => void,
): Promise<CredentialFile | undefined> {
  try {
    const info = await stat(path);
    if (!info.isFile() || info.size > limits.credentialFileBytes) {
      log(`${path} is not used: ${info.isFile() ? 'it is too big' : 'it is not a file'}`);
      return undefined;
    }
    const file = parseCredentialFile(await readFile(path, 'utf8'));
    if (file === undefined) log(`${path} is not used: it is not a JSON object`);
    return file;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') log(`${path} is not used: ${code}`);
    return undefined;
  }
}

/** @returns undefined unless the text is a JSON object; entries of the wrong shape are left out */
export function parseCredentialFile(text: string): CredentialFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const helpers = new Map<string, string>();
  for (const [key, name] of entries(value['credHelpers'])) {
    if (typeof name === 'string') helpers.set(normaliseKey(key), name);
  }
  const logins = new Map<string, Credential>();
  const keys = new Map<string, string[]>();
  for (const [key, entry] of entries(value['auths'])) {
    const credential = isRecord(entry) ? readEntry(entry) : undefined;
    const normal = normaliseKey(key);
    keys.set(normal, [...(keys.get(normal) ?? []).slice(0, mostKeys - 1), key]);
    // Where docker wrote a host in two spellings the first is kept, so that the order in the file decides.
    if (credential && !logins.has(normal)) logins.set(normal, credential);
  }
  const store = value['credsStore'];
  return { helpers, store: typeof store === 'string' && store !== '' ? store : undefined, logins, keys };
}

/** Of one host; more are not asked for. */
const mostKeys = 3;

/**
 * Brings a key to `host[:port][/path]`. Docker's keys may be whole URLs (`https://host/v1/`, or of a login page): there the
 * path says nothing. Podman's keys may end in a namespace or repository, which does.
 */
export function normaliseKey(key: string): string {
  const bare = key.replace(/^https?:\/\//i, '');
  if (bare !== key) return hubAlias(bare.replace(/\/.*$/s, '').toLowerCase());
  const slash = bare.indexOf('/');
  if (slash < 0) return hubAlias(bare.toLowerCase());
  const host = hubAlias(bare.slice(0, slash).toLowerCase());
  const path = bare.slice(slash + 1).replace(/\/+$/, '');
  const api = path === '' || /^v[12]$/.test(path);
  return api ? host : `${host}/${path}`;
}

function hubAlias(host: string): string {
  return host === 'index.docker.io' ? 'docker.io' : host;
}

function readEntry(entry: JsonObject): Credential | undefined {
  const text = (key: string): string | undefined => {
    const value = entry[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const registryToken = text('registrytoken');
  if (registryToken !== undefined) return { kind: 'registryToken', token: registryToken };
  const identity = text('identitytoken');
  if (identity !== undefined) return { kind: 'identity', token: identity };
  const auth = text('auth');
  if (auth !== undefined) return fromUserAndSecret(...splitAuth(auth));
  return fromUserAndSecret(text('username') ?? '', text('password') ?? '');
}

/** `auth` is base64 of `user:password`; the password may hold colons, and old clients padded it with NULs. */
function splitAuth(auth: string): [user: string, password: string] {
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? ['', ''] : [decoded.slice(0, colon), decoded.slice(colon + 1).replace(/\0+$/, '')];
}

/** A user called `<token>` marks the secret as an identity token; that is the helpers' way to say so. */
export function fromUserAndSecret(username: string, secret: string): Credential | undefined {
  if (username === '' || secret === '') return undefined;
  return username === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'basic', username, password: secret };
}

function entries(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

/** Changes whenever somebody logs in or out: where the logins are, and when these files were written. */
export async function credentialStamp(environment: Environment): Promise<string> {
  const files = credentialFiles(environment).map(async (path) => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      return `${path} ${mtimeMs} ${size} ${ino}`;
    } catch {
      return path; // not there, or not for us
    }
  });
  return [environment.variables['DOCKER_AUTH_CONFIG'] ?? '', ...(await Promise.all(files))].join('\n');
}
