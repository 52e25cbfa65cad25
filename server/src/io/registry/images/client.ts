// Sends one question to a registry: picks the scheme, answers a challenge, follows redirects itself, and turns the status
// into an answer or an error. All rules about where a request may go apply here, above any transport.
import { LRUCache } from 'lru-cache';
import type { Reach } from './address';
import type { Authorizer } from '../auth/authorization';
import type { Answer, Call } from '../http/call';
import { RegistryError } from '../errors';
import type { Purpose } from '../errors';
import { mayUsePlainHttp } from './policy';
import { retryAt } from '../http/retry-after';
import type { Limits, RegistrySettings } from '../settings';
import type { HttpTransport, RawResponse } from '../http/transport';

export interface Question {
  readonly method: 'HEAD' | 'GET';
  /** Behind the repository: `manifests/3.13`, `tags/list`. */
  readonly resource: string;
  /** With its question mark, or empty. */
  readonly query?: string;
  readonly accept: string;
  readonly purpose: Purpose;
  readonly maxBytes: number;
}

export interface ClientOptions {
  readonly transport: HttpTransport;
  readonly authorizer: Authorizer;
  readonly settings: RegistrySettings;
  readonly limits: Limits;
  readonly userAgent: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const schemeMs = 300_000;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export class RegistryClient {
  readonly #options: ClientOptions;
  /** Registries found to speak plain HTTP. */
  readonly #plain: LRUCache<string, true>;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#plain = new LRUCache({ max: 200, ttl: schemeMs, perf: { now: options.now }, ttlResolution: 0 });
  }

  /** Tries TLS first again everywhere. */
  forget(): void {
    this.#plain.clear();
  }

  /** One request with its redirects. @param maxReach undefined: the registry's own first answer sets it */
  async #follow(
    call: Call,
    start: URL,
    question: Question,
    authorization: string | undefined,
    maxReach?: Reach,
  ): Promise<Answer> {
    let url = start;
    let header = authorization;
    let limit = maxReach;
    const seen = new Set([url.href]);
    for (;;) {
      const response = await this.#sendOnce(call, url, question, header, limit);
      limit ??= response.reach;
      const location = response.headers.get('location')?.[0];
      if (!redirects.has(response.status) || location === undefined) {
        const atOrigin = maxReach === undefined && url.origin === start.origin;
        return { ...response, url, atOrigin, reach: limit, storedLoginRefused: false };
      }
      const next = this.#nextUrl(call, url, location);
      if (seen.has(next.href) || seen.size > this.#options.limits.redirects)
        throw unsafeRedirect(call, next.host);
      seen.add(next.href);
      // After a redirect to another host, send no login again, even back to the registry: another host chose that path.
      if (next.origin !== url.origin) header = undefined;
      url = next;
    }
  }

  async #sendOnce(
    call: Call,
    url: URL,
    question: Question,
    authorization: string | undefined,
    limit: Reach | undefined,
  ): Promise<RawResponse> {
    const { method, accept, purpose, maxBytes } = question;
    this.#options.log(`${method} ${url.origin}${url.pathname}`);
    const headers = {
      accept,
      'user-agent': this.#options.userAgent,
      ...(authorization === undefined ? {} : { authorization }),
    };
    try {
      const response = await this.#options.transport.send(
        { method, url, headers, purpose, maxBytes, maxReach: limit ?? 'loopback' },
        call.signal,
      );
      const encoding = response.headers.get('content-encoding')?.join(',').trim().toLowerCase() ?? '';
      if (encoding !== '' && encoding !== 'identity')
        throw new RegistryError({ code: 'Protocol', host: url.host, what: purpose });
      return response;
    } catch (error) {
      if (
        limit !== undefined &&
        error instanceof RegistryError &&
        error.fault.code === 'NotAllowed' &&
        'host' in error.fault
      ) {
        throw new RegistryError({ ...error.fault, registry: call.registry.domain });
      }
      throw error;
    }
  }

  #nextUrl(call: Call, from: URL, location: string): URL {
    let next: URL;
    try {
      next = new URL(location, from);
    } catch {
      throw new RegistryError({ code: 'Protocol', host: from.host, what: 'http' });
    }
    next.hash = '';
    const clear =
      next.protocol === 'http:' && from.protocol === 'http:' && mayUsePlainHttp(next, this.#options.settings);
    if ((next.protocol !== 'https:' && !clear) || next.username !== '' || next.password !== '') {
      throw unsafeRedirect(call, next.host);
    }
    return next;
  }

  /** The request at the registry's own address; where plain HTTP is allowed, TLS is still tried first. */
  async #start(call: Call, question: Question, authorization: string | undefined): Promise<Answer> {
    const { registry } = call;
    const at = (scheme: 'http' | 'https'): URL =>
      new URL(
        `${scheme}://${registry.authority}/v2/${call.path}/${question.resource}${question.query ?? ''}`,
      );
    if (this.#plain.has(registry.authority)) return this.#follow(call, at('http'), question, authorization);
    try {
      return await this.#follow(call, at('https'), question, authorization);
    } catch (error) {
      if (
        !mayUsePlainHttp(at('http'), this.#options.settings) ||
        !speaksNoTls(error, at('https').host, registry.hasPort)
      )
        throw error;
    }
    const answer = await this.#follow(call, at('http'), question, authorization);
    this.#plain.set(registry.authority, true);
    return answer;
  }

  /**
   * @returns an answer with status 200, or 404, 400 and 405, whose meaning depends on the question
   * @throws RegistryError for everything else
   */
  async ask(call: Call, question: Question): Promise<Answer> {
    const kept = this.#options.authorizer.remembered(call);
    let answer = await this.#start(call, question, kept?.header);
    if (wantsLogin(answer)) {
      this.#options.authorizer.drop(call);
      const challenged = answer;
      answer = await this.#options.authorizer.authorize(call, challenged, (header) =>
        this.#follow(
          call,
          challenged.url,
          question,
          header,
          challenged.atOrigin ? undefined : challenged.reach,
        ),
      );
    } else if (kept?.storedLoginRefused === true) answer = { ...answer, storedLoginRefused: true };
    return this.#checkStatus(call, answer);
  }

  #checkStatus(call: Call, answer: Answer): Answer {
    const { status, url } = answer;
    const host = answer.atOrigin ? call.registry.domain : url.host;
    if (status === 200 || status === 400 || status === 404 || status === 405) return answer;
    if (status === 401)
      throw new RegistryError({ code: 'Unauthorized', host, name: call.path, hadCredentials: false });
    if (status === 403) throw new RegistryError({ code: 'Denied', host, name: call.path });
    if (status === 429) {
      const text = Buffer.from(answer.body.subarray(0, 4_096)).toString('latin1');
      const hub = call.registry.domain === 'docker.io';
      const pullLimit = hub && /toomanyrequests|increase-rate-limit/i.test(text);
      throw new RegistryError({
        code: 'RateLimited',
        host,
        retryAt: retryAt(answer.headers, this.#options.now(), hub),
        pullLimit,
      });
    }
    if (status >= 500) throw new RegistryError({ code: 'ServerError', host, status });
    throw new RegistryError({ code: 'Protocol', host, what: 'http' });
  }
}

function unsafeRedirect(call: Call, host: string): RegistryError {
  return new RegistryError({
    code: 'NotAllowed',
    reason: 'redirect',
    host,
    registry: call.registry.domain,
  });
}

/** 401, or a 403 that carries a challenge, as some registries answer. */
function wantsLogin({ status, headers }: Answer): boolean {
  return status === 401 || (status === 403 && headers.has('www-authenticate'));
}

/** Whether the failure over TLS is one that a server of plain HTTP causes: no TLS at all, or (port 443) no server. */
function speaksNoTls(error: unknown, host: string, hasPort: boolean): boolean {
  if (!(error instanceof RegistryError) || error.fault.code !== 'Network' || error.fault.host !== host)
    return false;
  const { reason } = error.fault;
  return reason === 'plainHttp' || reason === 'reset' || (reason === 'refused' && !hasPort);
}
