// What the service remembers, in memory only. Digests are for ever; what a tag points to and what failed is not.
import { LRUCache } from 'lru-cache';
import type { Digest } from '../images/digest';
import { RegistryError, type RegistryFault } from '../errors';
import type { Verified } from '../images/resolve';
import type { Trigger } from '../settings';
import type { TagList } from '../images/tags';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How old an answer may be for whoever asks, in milliseconds. */
const tagAge: Readonly<Record<Trigger, number>> = { user: 30 * second, background: 6 * hour };
const listAge = 30 * minute;
const manifestEntries = 500;
const manifestBytes = 16 * 1024 * 1024;
const firstHostPause = 30 * second;
const longestHostPause = 10 * minute;

interface TagEntry {
  readonly digest: Digest;
  readonly at: number;
  /** 0.8 to 1.2, so that what was learned together does not expire together. */
  readonly spread: number;
}

export interface Memory {
  manifest(repository: string, digest: Digest): Verified | undefined;
  learnManifest(repository: string, verified: Verified): void;
  tag(repository: string, tag: string, trigger: Trigger, maxAgeMs: number | undefined): Digest | undefined;
  learnTag(repository: string, tag: string, digest: Digest): void;
  tags(repository: string, maxAgeMs: number | undefined): TagList | undefined;
  learnTags(repository: string, list: TagList): void;
  /** Why not to ask now: a pause the registry asked for, or (background only) a failure a moment ago. */
  objection(domain: string, question: string, trigger: Trigger): RegistryFault | undefined;
  failed(domain: string, question: string, fault: RegistryFault): void;
  succeeded(domain: string, question: string): void;
  forget(domain?: string): void;
}

/**
 * @param now milliseconds since 1970
 * @param random 0 to 1
 */
export function createMemory(now: () => number, random: () => number): Memory {
  const clock = { perf: { now }, ttlResolution: 0 };
  const manifests = new LRUCache<string, Verified>({
    max: manifestEntries,
    maxSize: manifestBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes),
  });
  const tags = new LRUCache<string, TagEntry>({ max: 2_000 });
  const lists = new LRUCache<string, { readonly list: TagList; readonly at: number }>({ max: 50 });
  const failures = new LRUCache<string, RegistryFault>({ max: 1_000, ...clock });
  /** Hosts that asked for a pause. */
  const pauses = new LRUCache<string, RegistryFault>({ max: 200, ...clock });
  /** Hosts that could not be reached; the entry outlives its pause so that the next one is longer. */
  const outages = new LRUCache<
    string,
    { readonly fault: RegistryFault; readonly until: number; readonly pause: number }
  >({
    max: 200,
    ttl: 2 * longestHostPause,
    ...clock,
  });

  return {
    manifest: (repository, digest) => manifests.get(`${repository}@${digest}`),
    learnManifest(repository, verified) {
      manifests.set(`${repository}@${verified.digest}`, verified);
    },
    tag(repository, tag, trigger, maxAgeMs) {
      const entry = tags.get(`${repository}:${tag}`);
      if (!entry) return undefined;
      const limit = maxAgeMs ?? tagAge[trigger] * (trigger === 'user' ? 1 : entry.spread);
      return now() - entry.at <= limit ? entry.digest : undefined;
    },
    learnTag(repository, tag, digest) {
      tags.set(`${repository}:${tag}`, { digest, at: now(), spread: 0.8 + 0.4 * random() });
    },
    tags(repository, maxAgeMs) {
      const entry = lists.get(repository);
      return entry && now() - entry.at <= (maxAgeMs ?? listAge) ? entry.list : undefined;
    },
    learnTags(repository, list) {
      lists.set(repository, { list, at: now() });
    },
    objection(domain, question, trigger) {
      const pause = pauses.get(domain);
      if (pause || trigger === 'user') return pause;
      const outage = outages.get(domain);
      if (outage && outage.until > now()) return outage.fault;
      return failures.get(question);
    },
    failed(domain, question, fault) {
      switch (fault.code) {
        case 'RateLimited':
          if (fault.retryAt > now()) pauses.set(domain, fault, { ttl: fault.retryAt - now() });
          return;
        case 'Network':
        case 'Timeout':
        case 'ServerError': {
          const before = outages.get(domain)?.pause;
          const pause = before === undefined ? firstHostPause : Math.min(2 * before, longestHostPause);
          outages.set(domain, { fault, until: now() + pause, pause });
          return;
        }
        case 'Cancelled':
          return;
        case 'Unauthorized':
        case 'Denied':
          failures.set(question, fault, { ttl: 5 * minute });
          return;
        default:
          failures.set(question, fault, { ttl: minute });
      }
    },
    succeeded(domain, question) {
      outages.delete(domain);
      failures.delete(question);
    },
    forget(domain) {
      const prefix = domain === undefined ? '' : `${domain}/`;
      for (const cache of [manifests, tags, lists, failures]) {
        for (const key of [...cache.keys()]) if (key.startsWith(prefix)) cache.delete(key);
      }
      for (const cache of [pauses, outages]) {
        for (const key of [...cache.keys()]) if (domain === undefined || key === domain) cache.delete(key);
      }
    },
  };
}

/** Turns anything thrown inside the module into a fault; what is not ours is a bug and is thrown on. */
export function faultOf(error: unknown): RegistryFault {
  if (error instanceof RegistryError) return error.fault;
  throw error;
}
