// Why a registry did not take or give an image, in words for people, with what to do next.
import { troubleText } from '../outcome-text';
import type { Trouble } from '../run';
import type { Translate } from '../translate';

/** `login`: nobody is logged in. `denied`: this user may not. `untrusted`: its certificate, or it speaks HTTP. */
export type RegistryProblem =
  'login' | 'denied' | 'limit' | 'untrusted' | 'unreachable' | 'full' | 'immutable';

/** The first that fits counts. */
const signs: readonly (readonly [RegistryProblem, RegExp])[] = [
  ['limit', /toomanyrequests|too many requests|rate limit|\b429\b/i],
  ['immutable', /immutable|cannot be overwritten|tag (?:already )?exists|TAG_INVALID.*exist/i],
  ['full', /no space left|quota|insufficient storage|\b507\b/i],
  [
    'login',
    /unauthorized|authentication required|no basic auth|not logged in|incorrect username or password|invalid username|\b401\b/i,
  ],
  ['denied', /denied|forbidden|insufficient_scope|insufficient permissions|\b403\b/i],
  [
    'untrusted',
    /x509|certificate|server gave http response to https|tls:|first record does not look like a tls/i,
  ],
  [
    'unreachable',
    /no such host|dial (?:tcp|udp)|i\/o timeout|connection (?:refused|reset|timed out)|broken pipe|unexpected EOF|\bEOF\b|network is unreachable|temporary failure|context deadline exceeded|tls handshake|server misbehaving|\b50[0-4]\b/i,
  ],
];

/** @param said the line with which a tool ended */
export function registryProblem(said: string): RegistryProblem | undefined {
  return signs.find(([, sign]) => sign.test(said))?.[0];
}

/** The registry of a repository, as tools log in to it. Without a host it is Docker Hub. */
export function registryOf(repository: string): string {
  const [first = ''] = repository.split('/', 1);
  const isHost = repository.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return isHost ? first : 'docker.io';
}

/** A registry on this machine, which has no certificate and needs none. */
export function isOnThisMachine(repository: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(registryOf(repository));
}

/**
 * @param program the one that talked to the registry, as it is called
 * @returns the second half of a sentence
 */
export function registryTroubleText(
  trouble: Trouble,
  program: string,
  repository: string,
  t: Translate,
): string {
  const reason = troubleText(trouble, t);
  if (trouble.kind !== 'failed') return reason;
  const host = registryOf(repository);
  switch (registryProblem(trouble.said)) {
    case undefined:
      return reason;
    case 'login':
      return t('{0} wants a login. Run "{1} login {0}" ({2})', host, program, reason);
    case 'denied':
      return t('{0} does not let this user in: log in as one who may, or check the name ({1})', host, reason);
    case 'limit':
      return t('{0} allows no more requests for now: wait, or log in ({1})', host, reason);
    case 'untrusted':
      return t('{0} has no certificate that this machine trusts ({1})', host, reason);
    case 'unreachable':
      return t('{0} cannot be reached ({1})', host, reason);
    case 'full':
      return t('{0} has no space left for it ({1})', host, reason);
    case 'immutable':
      return t('{0} lets nobody move this tag: choose another version ({1})', host, reason);
  }
}
