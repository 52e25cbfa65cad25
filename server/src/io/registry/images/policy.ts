// Decides who may be asked, with or without TLS, and who may see a login. Nothing here touches the network.
import { reachOfHost } from './address';
import type { RegistrySettings } from '../settings';

/** A registry as the module addresses it. */
export interface RegistryHost {
  /** As written in the image name, in lower case: `docker.io`, `localhost:5000`. The key of logins and settings. */
  readonly domain: string;
  /** Host and port that answer the API: `registry-1.docker.io` for `docker.io`, else the domain. */
  readonly authority: string;
  /** The authority's host as the URL parser reads it. */
  readonly hostname: string;
  readonly hasPort: boolean;
  /** Stands in front of every repository path: a mirror's namespace, ending in `/`, or nothing. */
  readonly pathPrefix: string;
  /** Whether this is a mirror that the user set instead of the image's own registry. */
  readonly mirror: boolean;
}

/** The parts of a parsed image name this module needs; what the core's `parseReference` gives fits. */
export interface ImageName {
  readonly domain: string;
  readonly path: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

const repositoryPath = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const domainPattern = /^(?:[A-Za-z0-9._-]+|\[[A-Fa-f0-9:.]+\])(?::[0-9]+)?$/;

/** Whether the text is a tag the distribution specification allows, and so safe to write into a file. */
export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** Whether the text is a repository path that can stand in a URL as it is. */
export function isRepositoryPath(text: string): boolean {
  return text.length <= 255 && repositoryPath.test(text);
}

/**
 * The host to ask for a domain of an image name: its own, or the mirror the user set for it. A mirror is a registry
 * of its own: its logins are its own too, and a path in its address is a namespace, as Artifactory and Harbor have it.
 * @returns undefined if no URL can name it, such as one with port 99999
 */
export function registryHost(domain: string, settings: RegistrySettings): RegistryHost | undefined {
  if (!domainPattern.test(domain)) return undefined;
  const key = domain.toLowerCase();
  const mirror = own(settings.mirrors, key);
  if (mirror === undefined) return hostOf(key, '', false);
  const url = parseUrl(/^[a-z]+:\/\//i.test(mirror) ? mirror : `https://${mirror}`);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '')
    return undefined;
  const namespace = url.pathname.replace(/^\/+|\/+$/g, '');
  if (namespace !== '' && !isRepositoryPath(namespace)) return undefined;
  return hostOf(url.host, namespace === '' ? '' : `${namespace}/`, true);
}

function hostOf(domain: string, pathPrefix: string, mirror: boolean): RegistryHost | undefined {
  const authority = domain === 'docker.io' ? 'registry-1.docker.io' : domain;
  const url = parseUrl(`https://${authority}/`);
  if (url === undefined) return undefined;
  return {
    domain,
    authority,
    hostname: url.hostname,
    hasPort: /:[0-9]+$/.test(authority),
    pathPrefix,
    mirror,
  };
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined; // the one thing URL throws for: it cannot be parsed
  }
}

/** Whether this host may be asked without TLS: loopback, or listed by the user with its port. */
export function mayUsePlainHttp(url: URL, settings: RegistrySettings): boolean {
  return isLoopback(url) || isInsecureHost(url, settings);
}

/** Whether the user listed the host, so that plain HTTP and unverified certificates are accepted. */
export function isInsecureHost(url: URL, settings: RegistrySettings): boolean {
  // `URL.host` drops the default port of its scheme, the list may name it.
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return (
    listed(settings.insecureHosts, url.host) || listed(settings.insecureHosts, `${url.hostname}:${port}`)
  );
}

/** Whether a login may travel to this URL: TLS with a verified certificate, or this machine. */
export function carriesLogins(url: URL, settings: RegistrySettings): boolean {
  return isLoopback(url) || (url.protocol === 'https:' && !isInsecureHost(url, settings));
}

function isLoopback(url: URL): boolean {
  const host = reachOfHost(url.hostname);
  return host.kind === 'known' && host.reach === 'loopback';
}

/** Registries whose login server has another name, from their documentation. */
const builtInAuthHosts: Readonly<Record<string, readonly string[]>> = {
  'docker.io': ['auth.docker.io'],
  'registry.gitlab.com': ['gitlab.com'],
};

/**
 * Whether a login for the registry may go to this login server: the same host (any port, as self-hosted GitLab has
 * it), a built-in pair, or a pair the user set. A list of login servers alone would let any registry use any of them.
 */
export function loginMayGoTo(realm: URL, registry: RegistryHost, settings: RegistrySettings): boolean {
  if (realm.hostname === registry.hostname) return true;
  const pairs = [
    ...(own(builtInAuthHosts, registry.domain) ?? []),
    ...(own(settings.authHosts, registry.domain) ?? []),
  ];
  return listed(pairs, realm.host);
}

function listed(hosts: readonly string[], host: string): boolean {
  return hosts.some((entry) => entry.toLowerCase() === host.toLowerCase());
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/**
 * Reads the realm of a challenge.
 * @param from the URL whose answer carried the challenge
 * @returns undefined for a realm that must not be followed: relative, not http(s), with user or fragment, or in the
 *   clear where the registry's own answer was not
 */
export function parseRealm(text: string, from: URL, settings: RegistrySettings): URL | undefined {
  const url = parseUrl(text);
  if (url === undefined || url.username !== '' || url.password !== '' || text.includes('#')) return undefined;
  if (url.protocol === 'https:') return url;
  const clear = url.protocol === 'http:' && from.protocol === 'http:' && mayUsePlainHttp(url, settings);
  return clear ? url : undefined;
}
