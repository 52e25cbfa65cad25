// One HTTP request, one answer, nothing hidden: no redirect is followed, no encoding undone, no body read past its cap.
// Above this border nobody knows undici; another transport (through the editor, say) can take its place.
import { readFile, stat } from 'node:fs/promises';
import * as tls from 'node:tls';
import { Agent, EnvHttpProxyAgent, Pool, request as undiciRequest } from 'undici';
import type { Dispatcher } from 'undici';
import { reachOfHost, within } from '../images/address';
import type { Reach } from '../images/address';
import { guardedLookup } from '../guarded-lookup';
import { RegistryError } from '../errors';
import type { Purpose } from '../errors';
import { isInsecureHost } from '../images/policy';
import type { Environment, Limits, RegistrySettings } from '../settings';
import { toRegistryError } from './transport-errors';

export interface RawRequest {
  readonly method: 'HEAD' | 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly purpose: Purpose;
  readonly maxBytes: number;
  /** How near the address may lie. Checked on the URL, and on every address its name resolves to. */
  readonly maxReach: Reach;
}

export interface RawResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** The bytes as they came over the wire. */
  readonly body: Uint8Array;
  /** How near the answering address lies. Through a proxy a name counts as public: only the proxy resolves it. */
  readonly reach: Reach;
}

/** An answer whose body is still to come. */
export interface OpenResponse extends Omit<RawResponse, 'body'> {
  /** Read it to its end, or `close` it. @throws RegistryError as `send` does */
  readonly body: AsyncIterable<Uint8Array>;
  readonly close: () => void;
}

/** @throws RegistryError from `send`: Network, Timeout, Cancelled, TooLarge, NotAllowed (address class) or Protocol */
export interface HttpTransport {
  send(request: RawRequest, signal: AbortSignal): Promise<RawResponse>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly settings: RegistrySettings;
  readonly environment: Environment;
  readonly limits: Limits;
  readonly log: (line: string) => void;
}

/** What decides which agent a request takes. */
interface Way {
  readonly maxReach: Reach;
  /** Past any proxy. */
  readonly direct: boolean;
  /** Whether the certificate is checked. */
  readonly verify: boolean;
}

const maxCaBytes = 8 * 1024 * 1024;

/** The transport for every editor and for the command line. Opens nothing until the first request. */
export class UndiciTransport implements HttpTransport {
  readonly #options: TransportOptions;
  readonly #dispatchers = new Map<string, Promise<Dispatcher>>();
  /** The class of the address each name was last connected at. */
  readonly #reachOfName = new Map<string, Reach>();
  #authorities: Promise<string[] | undefined> | undefined;
  #closed = false;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async send(request: RawRequest, signal: AbortSignal): Promise<RawResponse> {
    const { body, close: _, ...response } = await this.open(request, signal);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { ...response, body: Buffer.concat(chunks) };
  }

  /** The same for a body that is too large to keep. It ends with TooLarge behind `maxBytes`. */
  async open(request: RawRequest, signal: AbortSignal): Promise<OpenResponse> {
    const { url, maxReach, purpose } = request;
    const host = reachOfHost(url.hostname);
    if (host.kind === 'forbidden' || (host.kind === 'known' && !within(host.reach, maxReach))) {
      throw new RegistryError({ code: 'NotAllowed', reason: 'addressClass', host: url.host });
    }
    const failed = (error: unknown): RegistryError => toRegistryError(error, url.host, purpose, signal);
    try {
      signal.throwIfAborted();
      const direct = host.kind === 'known' && host.reach === 'loopback';
      const dispatcher = await this.#dispatcher({
        maxReach,
        direct,
        verify: !isInsecureHost(url, this.#options.settings),
      });
      const response = await undiciRequest(url, {
        dispatcher,
        method: request.method,
        headers: { ...request.headers, 'accept-encoding': 'identity' },
        body: request.body ?? null,
        signal,
        headersTimeout: this.#options.limits.headersMs,
        bodyTimeout: this.#options.limits.idleMs,
      });
      const headers = new Map<string, readonly string[]>();
      for (const [name, value] of Object.entries(response.headers)) {
        if (value !== undefined) headers.set(name.toLowerCase(), Array.isArray(value) ? value : [value]);
      }
      // Destroying a body makes it report an error of its own; what was thrown here is what counts.
      response.body.on('error', () => undefined);
      const close = (): void => {
        response.body.destroy();
      };
      const declared = headers.get('content-length')?.[0];
      if (request.method !== 'HEAD' && Number(declared ?? 0) > request.maxBytes) {
        close();
        throw tooLarge(request);
      }
      const reach = host.kind === 'known' ? host.reach : (this.#reachOfName.get(url.hostname) ?? 'public');
      const body = bounded(response.body, request, failed);
      return { status: response.statusCode, headers, body, close, reach };
    } catch (error) {
      throw failed(error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const dispatchers = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    await Promise.all(dispatchers.map(async (dispatcher) => (await dispatcher).destroy()));
  }

  /** One agent for each way, so that a kept connection never serves a request with a stricter limit. */
  #dispatcher(way: Way): Promise<Dispatcher> {
    if (this.#closed) throw new RegistryError({ code: 'Cancelled' });
    const key = JSON.stringify([way.maxReach, way.direct, way.verify]);
    let dispatcher = this.#dispatchers.get(key);
    if (!dispatcher) {
      dispatcher = this.#makeDispatcher(way);
      dispatcher.catch(() => this.#dispatchers.delete(key));
      this.#dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }

  async #makeDispatcher({ maxReach, direct, verify }: Way): Promise<Dispatcher> {
    const { limits, settings } = this.#options;
    this.#authorities ??= this.#readAuthorities();
    const ca = await this.#authorities;
    const trust = ca === undefined ? {} : { ca };
    const registryTrust = { ...trust, rejectUnauthorized: verify };
    const timing = { timeout: limits.connectMs };
    const common = {
      connect: { ...registryTrust, ...timing, lookup: guardedLookup(maxReach, this.#reachOfName) },
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.idleMs,
    };
    const proxy = direct ? undefined : this.#proxy();
    if (proxy === undefined) return new Agent(common);
    return new EnvHttpProxyAgent({
      ...common,
      ...proxy,
      // Behind a proxy `connect.ca` is not looked at: the tunnel has settings of its own.
      requestTls: { ...registryTrust, ...timing },
      proxyTls: { ...trust, ...timing, rejectUnauthorized: settings.proxy.strictTls },
      clientFactory: (origin: URL, pool: object) => new Pool(origin, { ...common, ...pool }),
    });
  }

  /** The proxies for both schemes, or undefined for none. Loopback never goes through one. */
  #proxy(): { httpProxy: string; httpsProxy: string; noProxy: string } | undefined {
    const { settings, environment } = this.#options;
    const variable = (name: string): string =>
      environment.variables[name.toLowerCase()] || environment.variables[name.toUpperCase()] || '';
    const httpProxy = settings.proxy.url ?? variable('http_proxy');
    const httpsProxy = settings.proxy.url ?? (variable('https_proxy') || httpProxy);
    if (httpProxy === '' && httpsProxy === '') return undefined;
    for (const proxy of [httpProxy, httpsProxy]) {
      if (proxy !== '' && !isHttpUrl(proxy)) {
        throw new RegistryError({ code: 'Network', reason: 'proxy', host: 'the registry' });
      }
    }
    const noProxy = [variable('no_proxy'), ...settings.proxy.noProxy];
    // A lone `*` means "never a proxy" only as the whole value.
    if (noProxy.some((entry) => entry.trim() === '*')) return undefined;
    return { httpProxy, httpsProxy, noProxy: [...noProxy, 'localhost', '127.0.0.1', '[::1]'].join(',') };
  }

  /**
   * Node's own authorities, the system's where Node can tell them (22.15 on), NODE_EXTRA_CA_CERTS and the setting.
   * @returns undefined when Node's default is all there is
   */
  async #readAuthorities(): Promise<string[] | undefined> {
    const { settings, environment, log } = this.#options;
    const system = systemAuthorities();
    const extra = environment.variables['NODE_EXTRA_CA_CERTS'];
    const files = [...(extra ? [extra] : []), ...settings.caFiles];
    if (files.length === 0 && system.length === 0) return undefined;
    const read = await Promise.all(
      files.map(async (file) => {
        try {
          const info = await stat(file);
          if (info.isFile() && info.size <= maxCaBytes) return [await readFile(file, 'utf8')];
          log(`certificate file ${file} is not used: it is not a file, or too big`);
        } catch (error) {
          log(
            `certificate file ${file} is not used: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
          );
        }
        return [];
      }),
    );
    return [...tls.rootCertificates, ...system, ...read.flat()];
  }
}

function systemAuthorities(): string[] {
  const get = (tls as { readonly getCACertificates?: (type: 'system') => string[] }).getCACertificates;
  return get ? get('system') : [];
}

function isHttpUrl(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false; // not a URL at all
  }
}

function tooLarge({ url, purpose }: RawRequest): RegistryError {
  return new RegistryError({ code: 'TooLarge', host: url.host, what: purpose });
}

async function* bounded(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  request: RawRequest,
  failed: (error: unknown) => RegistryError,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > request.maxBytes) {
        body.destroy();
        throw tooLarge(request);
      }
      yield chunk;
    }
  } catch (error) {
    throw failed(error);
  }
}
