// What the rest of the product uses: digests and tags, each asked for once however many want it, never more at a time
// than a registry should bear, and nothing at all where that is not allowed. Load it lazily: it brings an HTTP client.
import { withDeadline } from './http/deadline';
import { createAuthorizer } from './auth/authorization';
import type { Call } from './http/call';
import { createClient } from './images/client';
import { parseDigest } from './images/digest';
import type { Digest } from './images/digest';
import { describeFault, RegistryError } from './errors';
import type { RegistryFault } from './errors';
import { createLimiter } from './http/limiter';
import type { Platform } from './images/manifest';
import { createResponseCache, faultOf } from './http/response-cache';
import { isRepositoryPath, isTag, registryHost } from './images/policy';
import type { ImageName, RegistryHost } from './images/policy';
import { chooseTarget, digestOfTag, headTag, manifestOfTag, platformsOf } from './images/resolve';
import type { ResolveContext } from './images/resolve';
import { defaultLimits } from './settings';
import type { Environment, Limits, RegistrySettings } from './settings';
import { createSingleFlight } from './http/single-flight';
import { readTags } from './images/tags';
import type { TagList } from './images/tags';
import { UndiciTransport } from './http/transport';
import type { HttpTransport, TransportOptions } from './http/transport';

export interface CallOptions {
  readonly signal: AbortSignal;
  /** How old a remembered answer may be, in milliseconds; by default 30 s. */
  readonly maxAgeMs?: number;
}

/** Expected failures are values; `message` says what to do and may be shown as plain text. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: RegistryFault; readonly message: string };

export interface ResolvedImage {
  /** What to write behind the name and tag. */
  readonly digest: Digest;
  /** `child`: the file pinned one platform of an index, and this is the same platform of the tag's index now. */
  readonly kind: 'index' | 'image' | 'child';
  /** Of a child, if known. */
  readonly platform: Platform | undefined;
  /** Of what the tag stands for: the index of a child. */
  readonly tagDigest: Digest;
  readonly mediaType: string;
  /** Of an index, without attestations. */
  readonly platforms: readonly Platform[];
  /** Milliseconds since 1970. */
  readonly resolvedAt: number;
  /** A mirror the user set answered; its tags may lag behind. */
  readonly viaMirror: boolean;
  /** The stored login was refused and the answer came without one: worth telling the user. */
  readonly storedLoginRefused: boolean;
}

export interface RegistryService {
  /**
   * The verified digest of a name's tag (`latest` without one). A digest in the name only decides whether a child of
   * an index stays a child.
   */
  resolveDigest(image: ImageName, options: CallOptions): Promise<Outcome<ResolvedImage>>;
  /**
   * The digest the registry says a name's tag has: enough to compare with a verified one, not to be written. Costs one
   * HEAD, or where that names no digest a GET.
   * @returns undefined when there is no such tag
   */
  announcedDigest(image: ImageName, options: CallOptions): Promise<Outcome<Digest | undefined>>;
  /** The tags of a name's repository in the registry's order. @param options `limit`: at most so many are given */
  listTags(
    image: ImageName,
    options: CallOptions & { readonly prefix?: string; readonly limit: number },
  ): Promise<Outcome<TagList>>;
  /** Drops all that is remembered, of one registry (`docker.io`, `host:port`) or of all: after a login, say. */
  forget(domain?: string): void;
  /** Ends everything under way and closes all connections. */
  dispose(): Promise<void>;
}

export interface ServiceOptions {
  readonly settings: RegistrySettings;
  /** False in an untrusted workspace: then no file is read, no process started and nothing sent. */
  readonly enabled: () => boolean;
  readonly environment: Environment;
  /** Lines for a log; they hold no secrets. */
  readonly log?: (line: string) => void;
  readonly limits?: Limits;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly transport?: (options: TransportOptions) => HttpTransport;
}

const userAgent = 'drydock';

/** Makes the service. Nothing is read, resolved or requested until the first question. New settings: a new service. */
export function createRegistryService(options: ServiceOptions): RegistryService {
  const { settings, environment, enabled } = options;
  const { log = () => undefined, limits = defaultLimits, now = Date.now } = options;
  const transport = (options.transport ?? ((given) => new UndiciTransport(given)))({
    settings,
    environment,
    limits,
    log,
  });
  const authorizer = createAuthorizer({ transport, settings, environment, limits, now, log });
  const client = createClient({ transport, authorizer, settings, limits, userAgent, now, log });
  const cache = createResponseCache(now);
  const limiter = createLimiter(limits);
  const images = createSingleFlight<ResolvedImage>();
  const announcements = createSingleFlight<Digest | undefined>();
  const lists = createSingleFlight<TagList>();
  let disposed = false;

  /** Whether the registry may be asked at all. */
  function admit(image: ImageName): { registry: RegistryHost; path: string } {
    if (!enabled()) throw new RegistryError({ code: 'NotAllowed', reason: 'untrusted' });
    if (settings.mode === 'off') throw new RegistryError({ code: 'NotAllowed', reason: 'disabled' });
    if (disposed) throw new RegistryError({ code: 'Cancelled' });
    const registry = registryHost(image.domain, settings);
    // The parser has checked all this; a URL is built from it, so it is checked where that happens too.
    if (!registry || !isRepositoryPath(image.path) || (image.tag !== undefined && !isTag(image.tag))) {
      throw new RegistryError({ code: 'BadReference', reference: `${image.domain}/${image.path}` });
    }
    return { registry, path: registry.pathPrefix + image.path };
  }

  /** Runs work under the limits and the deadline, unless the registry has asked for a pause; remembers one it asks for. */
  async function work<T>(
    registry: RegistryHost,
    signal: AbortSignal,
    task: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const pause = cache.pauseOf(registry.domain);
    if (pause) throw new RegistryError(pause);
    try {
      return await limiter.run(registry.domain, () =>
        withDeadline(signal, limits.totalMs, registry.domain, task),
      );
    } catch (error) {
      if (error instanceof RegistryError && error.fault.code === 'RateLimited')
        cache.learnPause(registry.domain, error.fault);
      throw error;
    }
  }

  function contextOf(repository: string, loginRefused: () => void): ResolveContext {
    return {
      client,
      limits,
      log,
      known: (digest) => cache.manifest(repository, digest),
      learn: (verified) => cache.learnManifest(repository, verified),
      loginRefused,
    };
  }

  async function resolveDigest(image: ImageName, call: CallOptions): Promise<ResolvedImage> {
    const { registry, path } = admit(image);
    const tag = image.tag ?? 'latest';
    const pinned = parseDigest(image.digest);
    if (image.digest !== undefined && pinned === undefined) {
      throw new RegistryError({ code: 'Unsupported', what: 'algorithm', name: path });
    }
    const repository = `${registry.domain}/${path}`;
    const question = `${repository}:${tag}@${pinned ?? ''}`;
    const task = async (signal: AbortSignal): Promise<ResolvedImage> => {
      let storedLoginRefused = false;
      const context = contextOf(repository, () => (storedLoginRefused = true));
      const asked: Call = { registry, path, signal };
      const remembered = cache.tag(repository, tag, call.maxAgeMs);
      const announced = remembered ?? (await headTag(asked, tag, context));
      const verified = await manifestOfTag(asked, tag, announced, context);
      if (verified.digest !== remembered) cache.learnTag(repository, tag, verified.digest);
      const target = await chooseTarget(asked, verified, pinned, context);
      return {
        ...target,
        tagDigest: verified.digest,
        mediaType: verified.manifest.mediaType,
        platforms: platformsOf(verified.manifest),
        resolvedAt: now(),
        viaMirror: registry.mirror,
        storedLoginRefused,
      };
    };
    const key = `${call.maxAgeMs ?? ''} ${question}`;
    return images.run(key, call.signal, (signal) => work(registry, signal, task));
  }

  async function announcedDigest(image: ImageName, call: CallOptions): Promise<Digest | undefined> {
    const { registry, path } = admit(image);
    const tag = image.tag ?? 'latest';
    const repository = `${registry.domain}/${path}`;
    const question = `${repository}:${tag} announced`;
    const remembered = cache.tag(repository, tag, call.maxAgeMs);
    if (remembered) return remembered;
    const task = async (signal: AbortSignal): Promise<Digest | undefined> => {
      const digest = await digestOfTag(
        { registry, path, signal },
        tag,
        contextOf(repository, () => undefined),
      );
      if (digest) cache.learnTag(repository, tag, digest);
      return digest;
    };
    return announcements.run(question, call.signal, (signal) => work(registry, signal, task));
  }

  async function listTags(
    image: ImageName,
    call: CallOptions & { readonly prefix?: string; readonly limit: number },
  ): Promise<TagList> {
    const { prefix = '', limit } = call;
    const { registry, path } = admit(image);
    const repository = `${registry.domain}/${path}`;
    const question = `${repository} tags`;
    const known = cache.tags(repository, call.maxAgeMs);
    if (known) return select(known, prefix, limit);
    const list = await lists.run(question, call.signal, (signal) =>
      work(registry, signal, async (limited) => {
        const fresh = await readTags({ registry, path, signal: limited }, client, limits);
        cache.learnTags(repository, fresh);
        return fresh;
      }),
    );
    return select(list, prefix, limit);
  }

  async function outcome<T>(promise: Promise<T>): Promise<Outcome<T>> {
    try {
      return { ok: true, value: await promise };
    } catch (error) {
      const fault = faultOf(error);
      return { ok: false, fault, message: describeFault(fault, now()) };
    }
  }

  return {
    resolveDigest: (image, call) => outcome(resolveDigest(image, call)),
    announcedDigest: (image, call) => outcome(announcedDigest(image, call)),
    listTags: (image, call) => outcome(listTags(image, call)),
    forget(domain) {
      const registry = domain === undefined ? undefined : (registryHost(domain, settings)?.domain ?? domain);
      cache.forget(registry);
      authorizer.forget(registry);
      client.forget();
    },
    async dispose() {
      disposed = true;
      await Promise.all([
        images.abortAll(),
        announcements.abortAll(),
        lists.abortAll(),
        authorizer.dispose(),
      ]);
      await transport.close();
    },
  };
}

function select(list: TagList, prefix: string, limit: number): TagList {
  const wanted = list.tags.filter((tag) => tag.startsWith(prefix));
  return { tags: wanted.slice(0, limit), complete: list.complete && wanted.length <= limit };
}
