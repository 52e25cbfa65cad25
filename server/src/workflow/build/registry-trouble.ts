// Whether a build failed because of a registry: then no instruction of the file is wrong.
import type { BuildFailure } from './output-parser';

/** `login`: it wants another user. `limit`: too many pulls. */
export type RegistryTrouble = 'unreachable' | 'login' | 'limit';

const signs: readonly (readonly [RegistryTrouble, RegExp])[] = [
  ['limit', /toomanyrequests|too many requests|rate limit|\b429\b/i],
  ['login', /unauthorized|authentication required|no basic auth|authorization failed|forbidden|\b40[13]\b/i],
  [
    'unreachable',
    /dial (?:tcp|udp)|no such host|i\/o timeout|connection (?:refused|reset|timed out)|tls:|tls handshake|x509|\bEOF\b|context deadline exceeded|network is unreachable|temporary failure|server misbehaving|unexpected status.*\b5\d\d\b/i,
  ],
];

/** Steps in which a builder talks to a registry. */
const talking =
  /^(?:\[internal\] load metadata for |resolve image config |FROM\s|importing |exporting |pushing )/i;

/** @returns undefined for every other failure, also for a registry that does not have the image */
export function registryTrouble({ message, exitCode, step }: BuildFailure): RegistryTrouble | undefined {
  if (exitCode !== undefined || (step && !talking.test(step.text))) return undefined;
  // Docker Hub's answer to a wrong name, too.
  if (/repository does not exist/i.test(message)) return undefined;
  return signs.find(([, sign]) => sign.test(message))?.[0];
}
