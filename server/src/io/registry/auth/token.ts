// One exchange with a token server (distribution's "token" and "oauth2" specifications). No redirect is followed
// here: a token server that redirects would choose where the user's login goes.
import type { Reach } from '../images/address';
import { RegistryError } from '../errors';
import type { Credential } from './credential-file';
import { parseJson } from '../images/manifest';
import { retryAt } from '../http/retry-after';
import type { Limits } from '../settings';
import type { HttpTransport, RawResponse } from '../http/transport';

/** Who the product says it is to a token server; only the POST form asks for it. */
const clientId = 'drydock';
const defaultLifeSeconds = 60;
const maxLifeSeconds = 3_600;
/** A token is dropped a little before it ends, so that it does not end under way. */
const marginSeconds = 10;

export interface TokenRequest {
  readonly transport: HttpTransport;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Domain of the registry the token is for, for messages. */
  readonly registry: string;
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scope: string;
  readonly credential: Exclude<Credential, { kind: 'registryToken' }> | undefined;
  /** The registry's own class of address; its token server must not lie nearer. */
  readonly maxReach: Reach;
}

export interface Token {
  readonly value: string;
  /** How long it may be kept; 0 if it may not. */
  readonly milliseconds: number;
}

/**
 * Asks for a token.
 * @returns undefined when the server refuses (400, 401, 403)
 * @throws RegistryError Protocol, ServerError, RateLimited, NotAllowed, or the transport's
 */
export async function fetchToken(request: TokenRequest): Promise<Token | undefined> {
  const { credential } = request;
  if (credential?.kind === 'identity') {
    const answer = await post(request, credential.token);
    // A server without the POST form (404, or 405 where the path exists) may still know the GET form.
    if (answer.status !== 404 && answer.status !== 405) return readToken(answer, request);
    return readToken(await get(request, basicHeader('<token>', credential.token)), request);
  }
  const header = credential && basicHeader(credential.username, credential.password);
  return readToken(await get(request, header), request);
}

/** The Authorization header of a user name and password. */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** Whether the text can stand in a header: printable ASCII, so it cannot add a header of its own. */
export function isHeaderSafe(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Without a login there is no Authorization header at all: strict servers refuse an empty one. */
function get(request: TokenRequest, authorization: string | undefined): Promise<RawResponse> {
  const { realm, service, scope } = request;
  const url = new URL(realm);
  const parameters = new URLSearchParams(service === undefined ? { scope } : { service, scope }).toString();
  // The realm's own query stays as it is, letter for letter.
  url.search = realm.search.length > 1 ? `${realm.search}&${parameters}` : `?${parameters}`;
  return request.transport.send(
    {
      method: 'GET',
      url,
      headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      purpose: 'token',
      maxBytes: request.limits.bodyBytes.token,
      maxReach: request.maxReach,
    },
    request.signal,
  );
}

function post(request: TokenRequest, refreshToken: string): Promise<RawResponse> {
  const { realm, service, scope } = request;
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    ...(service === undefined ? {} : { service }),
    scope,
    client_id: clientId,
    refresh_token: refreshToken,
  });
  return request.transport.send(
    {
      method: 'POST',
      url: realm,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      purpose: 'token',
      maxBytes: request.limits.bodyBytes.token,
      maxReach: request.maxReach,
    },
    request.signal,
  );
}

function readToken(answer: RawResponse, { realm, registry, now }: TokenRequest): Token | undefined {
  const { status } = answer;
  if (status === 400 || status === 401 || status === 403) return undefined;
  if (status >= 300 && status < 400) {
    throw new RegistryError({ code: 'NotAllowed', reason: 'redirect', host: realm.host, registry });
  }
  if (status === 429) {
    throw new RegistryError({
      code: 'RateLimited',
      host: realm.host,
      retryAt: retryAt(answer.headers, now(), false),
      pullLimit: false,
    });
  }
  if (status >= 500) throw new RegistryError({ code: 'ServerError', host: realm.host, status });
  const protocol = new RegistryError({ code: 'Protocol', host: realm.host, what: 'token' });
  if (status !== 200) throw protocol;
  const value = parseJson(answer.body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw protocol;
  const fields = value as Readonly<Record<string, unknown>>;
  const token = [fields['token'], fields['access_token']].find(
    (text) => typeof text === 'string' && text !== '',
  );
  if (typeof token !== 'string' || !isHeaderSafe(token)) throw protocol;
  const given = fields['expires_in'];
  const seconds = typeof given === 'number' && given > 0 ? given : defaultLifeSeconds;
  return {
    value: token,
    milliseconds: Math.max(0, Math.min(seconds, maxLifeSeconds) - marginSeconds) * 1_000,
  };
}
