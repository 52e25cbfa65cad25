// Reads the tags of a repository, page by page.
import { isRecord } from '../../../core/text/record';
import type { Answer, Call } from '../http/call';
import type { RegistryClient } from './client';
import { RegistryError } from '../errors';
import { parseJson } from './manifest';
import { isTag } from './policy';
import type { Limits } from '../settings';

export interface TagList {
  /** Valid tags, in the registry's order. */
  readonly tags: readonly string[];
  /** False if a limit ended the reading, so more tags exist. */
  readonly complete: boolean;
}

/** Amazon answers 405 to more than a thousand, and hardly any registry gives more. */
const pageSize = '?n=1000';

/**
 * Reads all tags, as far as the limits go.
 * @throws RegistryError NotFound (repositoryOrPrivate), TooLarge, Protocol, and what the client throws
 */
export async function readTags(call: Call, client: RegistryClient, limits: Limits): Promise<TagList> {
  const tags = new Set<string>();
  const asked = new Set<string>();
  let query: string | undefined = pageSize;
  for (let page = 0; query !== undefined; page++) {
    if (page >= limits.tagPages || asked.has(query)) return { tags: [...tags], complete: false };
    asked.add(query);
    let answer: Answer = await askPage(call, client, limits, query);
    // Some registries refuse the page size instead of ignoring it.
    if (page === 0 && (answer.status === 400 || answer.status === 405))
      answer = await askPage(call, client, limits, '');
    for (const tag of readPage(call, answer)) {
      if (tags.size >= limits.tags) return { tags: [...tags], complete: false };
      tags.add(tag);
    }
    const next = nextQuery(answer);
    if (next === unusable) return { tags: [...tags], complete: false };
    query = next;
  }
  return { tags: [...tags], complete: true };
}

function askPage(call: Call, client: RegistryClient, limits: Limits, query: string): Promise<Answer> {
  const maxBytes = limits.bodyBytes.tags;
  return client.ask(call, {
    method: 'GET',
    resource: 'tags/list',
    query,
    accept: 'application/json',
    purpose: 'tags',
    maxBytes,
  });
}

function readPage(call: Call, answer: Answer): string[] {
  const host = call.registry.domain;
  if (answer.status === 404)
    throw new RegistryError({ code: 'NotFound', what: 'repositoryOrPrivate', host, name: call.path });
  const value = answer.status === 200 ? parseJson(answer.body) : undefined;
  const list = isRecord(value) ? value['tags'] : undefined;
  // A repository whose tags were all deleted answers null.
  if (list === null) return [];
  if (!Array.isArray(list)) throw new RegistryError({ code: 'Protocol', host, what: 'tags' });
  return list.filter((tag: unknown): tag is string => typeof tag === 'string' && isTag(tag));
}

/** There is another page, but no safe way to it. */
const unusable = Symbol('unusable');

/**
 * The query of the next page. Only the query is taken, and only from a link to the same host: Artifactory leaves the
 * repository's prefix out of its links, and no link may lead elsewhere. The scheme does not count, because a registry
 * behind a proxy may not know that it is asked over TLS.
 * @returns undefined on the last page; `unusable` when there is more that cannot be followed
 */
function nextQuery(answer: Answer): string | typeof unusable | undefined {
  const header = answer.headers.get('link')?.join(', ');
  if (header === undefined) return undefined;
  const uri = nextLink(header);
  if (typeof uri !== 'string') return uri;
  try {
    const next = new URL(uri, answer.url);
    return isSameHost(next, answer.url) && next.search !== '' ? next.search : unusable;
  } catch {
    return unusable; // not a URL
  }
}

/** `<URL>; rel="next", <URL>; …`, read once from left to right. */
function nextLink(header: string): string | typeof unusable | undefined {
  let at = header.indexOf('<');
  if (at < 0) return unusable; // not a link header at all
  while (at >= 0) {
    const close = header.indexOf('>', at);
    if (close < 0) return unusable;
    const end = endOfLink(header, close + 1);
    const [, quoted, bare = ''] =
      /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(header.slice(close + 1, end)) ?? [];
    if ((quoted ?? bare).toLowerCase().split(/\s+/).includes('next')) return header.slice(at + 1, close);
    at = header.indexOf('<', end);
  }
  return undefined;
}

/** The next comma that is not in quotes. */
function endOfLink(header: string, start: number): number {
  let quoted = false;
  for (let at = start; at < header.length; at++) {
    if (header[at] === '"') quoted = !quoted;
    else if (header[at] === ',' && !quoted) return at;
  }
  return header.length;
}

/** Without a port, each scheme has its own. */
function isSameHost(one: URL, other: URL): boolean {
  const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');
  return (
    one.hostname === other.hostname &&
    (portOf(one) === portOf(other) || (one.port === '' && other.port === ''))
  );
}
