// The cache of the service, in memory only. Digests stay valid forever; the target of a tag does not.
import { LRUCache } from 'lru-cache';
import type { Digest } from '../images/digest';
import { RegistryError } from '../errors';
import type { RegistryFault } from '../errors';
import type { Verified } from '../images/resolve';
import type { TagList } from '../images/tags';

const second = 1_000;
const minute = 60 * second;

/** How old what is remembered of a tag and of a list of tags may be, in milliseconds. */
const tagAge = 30 * second;
const listAge = 30 * minute;
const manifestEntries = 500;
const manifestBytes = 16 * 1024 * 1024;

interface TagEntry {
  readonly digest: Digest;
  readonly at: number;
}

export interface RequestedPause {
  readonly fault: RegistryFault;
  /** Stands for the logins there were; undefined if another login would not end the pause. */
  readonly login: string | undefined;
}

export class ResponseCache {
  readonly #now: () => number;
  readonly #manifests = new LRUCache<string, Verified>({
    max: manifestEntries,
    maxSize: manifestBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes),
  });
  readonly #tags = new LRUCache<string, TagEntry>({ max: 2_000 });
  readonly #lists = new LRUCache<string, { readonly list: TagList; readonly at: number }>({ max: 50 });
  /** Hosts that asked for a pause. */
  readonly #pauses: LRUCache<string, RequestedPause>;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
    this.#pauses = new LRUCache({ max: 200, perf: { now }, ttlResolution: 0 });
  }

  manifest(repository: string, digest: Digest): Verified | undefined {
    return this.#manifests.get(`${repository}@${digest}`);
  }

  learnManifest(repository: string, verified: Verified): void {
    this.#manifests.set(`${repository}@${verified.digest}`, verified);
  }

  tag(repository: string, tag: string, maxAgeMs = tagAge): Digest | undefined {
    const entry = this.#tags.get(`${repository}:${tag}`);
    return entry && this.#now() - entry.at <= maxAgeMs ? entry.digest : undefined;
  }

  learnTag(repository: string, tag: string, digest: Digest): void {
    this.#tags.set(`${repository}:${tag}`, { digest, at: this.#now() });
  }

  tags(repository: string, maxAgeMs = listAge): TagList | undefined {
    const entry = this.#lists.get(repository);
    return entry && this.#now() - entry.at <= maxAgeMs ? entry.list : undefined;
  }

  learnTags(repository: string, list: TagList): void {
    this.#lists.set(repository, { list, at: this.#now() });
  }

  /** The pause that a registry asked for, while it lasts. */
  pauseOf(domain: string): RequestedPause | undefined {
    return this.#pauses.get(domain);
  }

  /** @param login see `RequestedPause` */
  learnPause(domain: string, fault: Extract<RegistryFault, { code: 'RateLimited' }>, login?: string): void {
    const left = fault.retryAt - this.#now();
    if (left > 0) this.#pauses.set(domain, { fault, login }, { ttl: left });
  }

  forgetPause(domain: string): void {
    this.#pauses.delete(domain);
  }

  /** Drops all that is remembered of a registry, or of all. */
  forget(domain?: string): void {
    const prefix = domain === undefined ? '' : `${domain}/`;
    for (const cache of [this.#manifests, this.#tags, this.#lists]) {
      for (const key of [...cache.keys()]) if (key.startsWith(prefix)) cache.delete(key);
    }
    if (domain === undefined) this.#pauses.clear();
    else this.forgetPause(domain);
  }
}

/** Turns anything thrown inside the module into a fault; what is not ours is a bug and is thrown on. */
export function faultOf(error: unknown): RegistryFault {
  if (error instanceof RegistryError) return error.fault;
  throw error;
}
