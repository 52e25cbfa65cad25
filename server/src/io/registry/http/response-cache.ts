// What the service remembers, in memory only. Digests are for ever; what a tag points to is not.
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

export interface ResponseCache {
  manifest(repository: string, digest: Digest): Verified | undefined;
  learnManifest(repository: string, verified: Verified): void;
  tag(repository: string, tag: string, maxAgeMs: number | undefined): Digest | undefined;
  learnTag(repository: string, tag: string, digest: Digest): void;
  tags(repository: string, maxAgeMs: number | undefined): TagList | undefined;
  learnTags(repository: string, list: TagList): void;
  /** The pause a registry asked for and that is not over yet. */
  pauseOf(domain: string): RegistryFault | undefined;
  learnPause(domain: string, fault: Extract<RegistryFault, { code: 'RateLimited' }>): void;
  forget(domain?: string): void;
}

/** @param now milliseconds since 1970 */
export function createResponseCache(now: () => number): ResponseCache {
  const clock = { perf: { now }, ttlResolution: 0 };
  const manifests = new LRUCache<string, Verified>({
    max: manifestEntries,
    maxSize: manifestBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes),
  });
  const tags = new LRUCache<string, TagEntry>({ max: 2_000 });
  const lists = new LRUCache<string, { readonly list: TagList; readonly at: number }>({ max: 50 });
  /** Hosts that asked for a pause. */
  const pauses = new LRUCache<string, RegistryFault>({ max: 200, ...clock });

  return {
    manifest: (repository, digest) => manifests.get(`${repository}@${digest}`),
    learnManifest(repository, verified) {
      manifests.set(`${repository}@${verified.digest}`, verified);
    },
    tag(repository, tag, maxAgeMs) {
      const entry = tags.get(`${repository}:${tag}`);
      return entry && now() - entry.at <= (maxAgeMs ?? tagAge) ? entry.digest : undefined;
    },
    learnTag(repository, tag, digest) {
      tags.set(`${repository}:${tag}`, { digest, at: now() });
    },
    tags(repository, maxAgeMs) {
      const entry = lists.get(repository);
      return entry && now() - entry.at <= (maxAgeMs ?? listAge) ? entry.list : undefined;
    },
    learnTags(repository, list) {
      lists.set(repository, { list, at: now() });
    },
    pauseOf: (domain) => pauses.get(domain),
    learnPause(domain, fault) {
      if (fault.retryAt > now()) pauses.set(domain, fault, { ttl: fault.retryAt - now() });
    },
    forget(domain) {
      const prefix = domain === undefined ? '' : `${domain}/`;
      for (const cache of [manifests, tags, lists]) {
        for (const key of [...cache.keys()]) if (key.startsWith(prefix)) cache.delete(key);
      }
      if (domain === undefined) pauses.clear();
      else pauses.delete(domain);
    },
  };
}

/** Turns anything thrown inside the module into a fault; what is not ours is a bug and is thrown on. */
export function faultOf(error: unknown): RegistryFault {
  if (error instanceof RegistryError) return error.fault;
  throw error;
}
