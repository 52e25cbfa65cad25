// Finds digests and tags. Sends one request for many askers, limits how many run at once, and asks nothing if that is not
// allowed. Load it lazily, because it brings an HTTP client.
import type { ImageDetails } from '../../core/knowledge/images/registry-facts';
import { withDeadline } from './http/deadline';
import type { Pause } from './http/deadline';
import { credentialStamp } from './auth/credential-file';
import { Authorizer } from './auth/authorization';
import type { Call } from './http/call';
import { RegistryClient } from './images/client';
import { parseDigest } from './images/digest';
import type { Digest } from './images/digest';
import { describeFault, RegistryError } from './errors';
import type { RegistryFault } from './errors';
import { Limiter } from './http/limiter';
import type { Platform } from './images/manifest';
import { faultOf, ResponseCache } from './http/response-cache';
import { isRepositoryPath, isTag, registryHost } from './images/policy';
import type { ImageName, RegistryHost } from './images/policy';
import { readDetails } from './images/details';
import { checkPin } from './images/pin-state';
import type { CheckedPin } from './images/pin-state';
import { chooseTarget, digestOfTag, headTag, manifestOfTag, platformsOf } from './images/resolve';
import type { ResolveContext } from './images/resolve';
import { defaultLimits } from './settings';
import type { Environment, Limits, RegistrySettings } from './settings';
import { SingleFlight } from './http/single-flight';
import { readTags } from './images/tags';
import type { TagList } from './images/tags';
import { UndiciTransport } from './http/transport';
import type { HttpTransport, TransportOptions } from './http/transport';

export interface CallOptions {
  readonly signal: AbortSignal;
  /** How old a cached answer may be, in milliseconds; by default 30 s. */
  readonly maxAgeMs?: number;
}

/** Expected failures are values; `message` says what to do and may be shown as plain text. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: RegistryFault; readonly message: string };

export interface ResolvedImage {
  /** What to write after the name and tag. */
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
  /** A mirror of the user answered; its tags may be older. */
  readonly viaMirror: boolean;
  /** The registry refused the stored login and answered without one; tell the user. */
  readonly storedLoginRefused: boolean;
}

export interface PinCheck extends CheckedPin {
  /** See `ResolvedImage`. */
  readonly storedLoginRefused: boolean;
}

/** `platform`: the only one that counts (`linux/arm64`); without it all do. */
export interface PinOptions extends CallOptions {
  readonly platform?: string | undefined;
}

/** `limit`: at most so many tags are given. */
export interface ListOptions extends CallOptions {
  readonly prefix?: string;
  readonly limit: number;
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

/** Reads, resolves and requests nothing before the first question. New settings need a new service. */
export class RegistryService {
  readonly #options: ServiceOptions;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #log: (line: string) => void;
  readonly #transport: HttpTransport;
  readonly #authorizer: Authorizer;
  readonly #client: RegistryClient;
  readonly #cache: ResponseCache;
  readonly #limiter: Limiter;
  readonly #images = new SingleFlight<ResolvedImage>();
  readonly #announcements = new SingleFlight<Digest | undefined>();
  readonly #lists = new SingleFlight<TagList>();
  readonly #pins = new SingleFlight<PinCheck>();
  readonly #details = new SingleFlight<ImageDetails>();
  #disposed = false;

  constructor(options: ServiceOptions) {
    const { settings, environment, log = () => undefined, limits = defaultLimits, now = Date.now } = options;
    this.#options = options;
    this.#limits = limits;
    this.#now = now;
    this.#log = log;
    const makeTransport = options.transport ?? ((given) => new UndiciTransport(given));
    const transport = makeTransport({ settings, environment, limits, log });
    const authorizer = new Authorizer({ transport, settings, environment, limits, now, log });
    this.#transport = transport;
    this.#authorizer = authorizer;
    this.#client = new RegistryClient({ transport, authorizer, settings, limits, userAgent, now, log });
    this.#cache = new ResponseCache(now);
    this.#limiter = new Limiter(limits);
  }

  /**
   * The verified digest of a name's tag (`latest` without one). A digest in the name only decides whether a child of
   * an index stays a child.
   */
  resolveDigest(image: ImageName, call: CallOptions): Promise<Outcome<ResolvedImage>> {
    return this.#outcome(this.#resolve(image, call));
  }

  /**
   * The digest the registry says a name's tag has: enough to compare with a verified one, not to be written. Costs one
   * HEAD, or where that names no digest a GET.
   * @returns undefined when there is no such tag
   */
  announcedDigest(image: ImageName, call: CallOptions): Promise<Outcome<Digest | undefined>> {
    return this.#outcome(this.#announced(image, call));
  }

  /** How a digest stands beside the tag of a name (`latest` without one), and the verified digest to write now. */
  checkPin(image: ImageName, digest: string, call: PinOptions): Promise<Outcome<PinCheck>> {
    return this.#outcome(this.#check(image, digest, call));
  }

  /** Sizes and age of a name's tag (`latest` without one). */
  details(image: ImageName, call: CallOptions): Promise<Outcome<ImageDetails>> {
    return this.#outcome(this.#describe(image, call));
  }

  /** The tags of a name's repository in the registry's order. @param call `limit`: at most so many are given */
  listTags(image: ImageName, call: ListOptions): Promise<Outcome<TagList>> {
    return this.#outcome(this.#list(image, call));
  }

  /** Drops the cache of one registry (`docker.io`, `host:port`) or of all, for example after a login. */
  forget(domain?: string): void {
    const registry =
      domain === undefined ? undefined : (registryHost(domain, this.#options.settings)?.domain ?? domain);
    this.#cache.forget(registry);
    this.#authorizer.forget(registry);
    this.#client.forget();
  }

  /** Ends everything under way and closes all connections. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([
      this.#images.abortAll(),
      this.#announcements.abortAll(),
      this.#lists.abortAll(),
      this.#pins.abortAll(),
      this.#details.abortAll(),
      this.#authorizer.dispose(),
    ]);
    await this.#transport.close();
  }

  /** Whether the registry may be asked at all. */
  #admit(image: ImageName): { registry: RegistryHost; path: string } {
    if (!this.#options.enabled()) throw new RegistryError({ code: 'NotAllowed', reason: 'untrusted' });
    if (this.#options.settings.mode === 'off')
      throw new RegistryError({ code: 'NotAllowed', reason: 'disabled' });
    if (this.#disposed) throw new RegistryError({ code: 'Cancelled' });
    const registry = registryHost(image.domain, this.#options.settings);
    // The parser has checked all this. A URL is built from it, so check it here too.
    if (!registry || !isRepositoryPath(image.path) || (image.tag !== undefined && !isTag(image.tag))) {
      throw new RegistryError({ code: 'BadReference', reference: `${image.domain}/${image.path}` });
    }
    return { registry, path: registry.pathPrefix + image.path };
  }

  /** Runs work under the limits and the deadline, and keeps the pauses that a registry asks for. */
  async #work<T>(
    registry: RegistryHost,
    signal: AbortSignal,
    task: (signal: AbortSignal, pause: Pause) => Promise<T>,
  ): Promise<T> {
    const paused = this.#cache.pauseOf(registry.domain);
    if (paused && !(await this.#hasNewLogin(registry, paused.login))) throw new RegistryError(paused.fault);
    try {
      return await this.#limiter.run(registry.domain, () =>
        withDeadline(signal, this.#limits.totalMs, registry.domain, task),
      );
    } catch (error) {
      if (error instanceof RegistryError && error.fault.code === 'RateLimited')
        this.#cache.learnPause(registry.domain, error.fault, await this.#loginStamp(error.fault));
      throw error;
    }
  }

  /** What tells a login from another, where a login changes the limit: Docker Hub's. */
  async #loginStamp(fault: RegistryFault): Promise<string | undefined> {
    const { settings, environment } = this.#options;
    const counts = fault.code === 'RateLimited' && fault.pullLimit && settings.credentials !== 'off';
    return counts ? credentialStamp(environment) : undefined;
  }

  /** Whether somebody logged in since the limit was used up. Then all is asked again with that login. */
  async #hasNewLogin({ domain }: RegistryHost, before: string | undefined): Promise<boolean> {
    if (before === undefined || (await credentialStamp(this.#options.environment)) === before) return false;
    this.#cache.forgetPause(domain);
    this.#authorizer.forget(domain);
    return true;
  }

  #contextOf(repository: string, loginRefused: () => void): ResolveContext {
    return {
      client: this.#client,
      limits: this.#limits,
      log: this.#log,
      known: (digest) => this.#cache.manifest(repository, digest),
      learn: (verified) => this.#cache.learnManifest(repository, verified),
      loginRefused,
    };
  }

  async #resolve(image: ImageName, call: CallOptions): Promise<ResolvedImage> {
    const { registry, path } = this.#admit(image);
    const tag = image.tag ?? 'latest';
    const pinned = image.digest === undefined ? undefined : readPin(image.digest, path);
    const repository = `${registry.domain}/${path}`;
    const question = `${repository}:${tag}@${pinned ?? ''}`;
    const task = async (signal: AbortSignal, pause: Pause): Promise<ResolvedImage> => {
      let storedLoginRefused = false;
      const context = this.#contextOf(repository, () => (storedLoginRefused = true));
      const asked: Call = { registry, path, signal, pause };
      const remembered = this.#cache.tag(repository, tag, call.maxAgeMs);
      const announced = remembered ?? (await headTag(asked, tag, context));
      const verified = await manifestOfTag(asked, tag, announced, context);
      if (verified.digest !== remembered) this.#cache.learnTag(repository, tag, verified.digest);
      const target = await chooseTarget(asked, verified, pinned, context);
      return {
        ...target,
        tagDigest: verified.digest,
        mediaType: verified.manifest.mediaType,
        platforms: platformsOf(verified.manifest),
        resolvedAt: this.#now(),
        viaMirror: registry.mirror,
        storedLoginRefused,
      };
    };
    const key = `${call.maxAgeMs ?? ''} ${question}`;
    return this.#images.run(key, call.signal, (signal) => this.#work(registry, signal, task));
  }

  async #check(image: ImageName, digest: string, call: PinOptions): Promise<PinCheck> {
    const { registry, path } = this.#admit(image);
    const tag = image.tag ?? 'latest';
    const pinned = readPin(digest, path);
    const repository = `${registry.domain}/${path}`;
    const task = async (signal: AbortSignal, pause: Pause): Promise<PinCheck> => {
      let storedLoginRefused = false;
      const context = this.#contextOf(repository, () => (storedLoginRefused = true));
      const announced = this.#cache.tag(repository, tag, call.maxAgeMs);
      const asked: Call = { registry, path, signal, pause };
      const checked = await checkPin(asked, tag, pinned, announced, call.platform, context);
      if (checked.tagDigest !== announced) this.#cache.learnTag(repository, tag, checked.tagDigest);
      return { ...checked, storedLoginRefused };
    };
    const key = `${call.maxAgeMs ?? ''} ${repository}:${tag}@${pinned} ${call.platform ?? ''}`;
    return this.#pins.run(key, call.signal, (signal) => this.#work(registry, signal, task));
  }

  async #describe(image: ImageName, call: CallOptions): Promise<ImageDetails> {
    const { registry, path } = this.#admit(image);
    const tag = image.tag ?? 'latest';
    const repository = `${registry.domain}/${path}`;
    return this.#details.run(`${repository}:${tag} details`, call.signal, (signal) =>
      this.#work(registry, signal, (limited, pause) =>
        readDetails(
          { registry, path, signal: limited, pause },
          tag,
          this.#contextOf(repository, () => undefined),
        ),
      ),
    );
  }

  async #announced(image: ImageName, call: CallOptions): Promise<Digest | undefined> {
    const { registry, path } = this.#admit(image);
    const tag = image.tag ?? 'latest';
    const repository = `${registry.domain}/${path}`;
    const question = `${repository}:${tag} announced`;
    const remembered = this.#cache.tag(repository, tag, call.maxAgeMs);
    if (remembered) return remembered;
    const task = async (signal: AbortSignal, pause: Pause): Promise<Digest | undefined> => {
      const digest = await digestOfTag(
        { registry, path, signal, pause },
        tag,
        this.#contextOf(repository, () => undefined),
      );
      if (digest) this.#cache.learnTag(repository, tag, digest);
      return digest;
    };
    return this.#announcements.run(question, call.signal, (signal) => this.#work(registry, signal, task));
  }

  async #list(image: ImageName, call: ListOptions): Promise<TagList> {
    const { prefix = '', limit } = call;
    const { registry, path } = this.#admit(image);
    const repository = `${registry.domain}/${path}`;
    const question = `${repository} tags`;
    const known = this.#cache.tags(repository, call.maxAgeMs);
    if (known) return select(known, prefix, limit);
    const list = await this.#lists.run(question, call.signal, (signal) =>
      this.#work(registry, signal, async (limited, pause) => {
        const fresh = await readTags({ registry, path, signal: limited, pause }, this.#client, this.#limits);
        this.#cache.learnTags(repository, fresh);
        return fresh;
      }),
    );
    return select(list, prefix, limit);
  }

  async #outcome<T>(promise: Promise<T>): Promise<Outcome<T>> {
    try {
      return { ok: true, value: await promise };
    } catch (error) {
      const fault = faultOf(error);
      return { ok: false, fault, message: describeFault(fault, this.#now()) };
    }
  }
}

function select(list: TagList, prefix: string, limit: number): TagList {
  const wanted = list.tags.filter((tag) => tag.startsWith(prefix));
  return { tags: wanted.slice(0, limit), complete: list.complete && wanted.length <= limit };
}

/** @throws RegistryError Unsupported for a digest of an algorithm that cannot be verified */
function readPin(digest: string, path: string): Digest {
  const pinned = parseDigest(digest);
  if (pinned === undefined) throw new RegistryError({ code: 'Unsupported', what: 'algorithm', name: path });
  return pinned;
}
