// Decides what a challenge demands, and which error to report if nothing satisfied it. Makes no request.
import type { Answer, Call } from '../http/call';
import { parseChallenges } from './challenge';
import { RegistryError } from '../errors';
import { parseRealm } from '../images/policy';
import type { FailedHelper } from './credentials';
import type { RegistrySettings } from '../settings';

/** A token server to ask. */
export interface Bearer {
  readonly realm: URL;
  readonly service: string | undefined;
  /** What to ask for: reading this one repository, whatever more the registry offered. */
  readonly scope: string;
}

export interface Demand {
  readonly bearer: Bearer | undefined;
  readonly basic: boolean;
}

/**
 * Reads the challenges of an answer. Bearer is preferred; other schemes than Bearer and Basic are skipped.
 * @param path the repository asked for
 * @throws RegistryError NotAllowed when the only way on is a realm that must not be followed
 */
export function readDemand(answer: Answer, path: string, settings: RegistrySettings): Demand {
  const challenges = parseChallenges(answer.headers.get('www-authenticate') ?? []);
  const basic = challenges.some(({ scheme }) => scheme === 'basic');
  const offers = challenges.filter(({ scheme, params }) => scheme === 'bearer' && params.has('realm'));
  for (const { params } of offers) {
    const realm = parseRealm(params.get('realm') ?? '', answer.url, settings);
    if (realm === undefined) continue;
    const scope = params.get('scope');
    return {
      bearer: {
        realm,
        service: params.get('service'),
        scope: answer.atOrigin ? ownScope(scope, path) : foreignScope(scope, path),
      },
      basic,
    };
  }
  if (offers.length > 0 && !basic) {
    throw new RegistryError({ code: 'NotAllowed', reason: 'realm', host: '', registry: answer.url.host });
  }
  return { bearer: undefined, basic };
}

/** Registries outside the specification want their own words: Amazon's public one `aws`, Codeberg `*`. */
function ownScope(scope: string | undefined, path: string): string {
  return scope === undefined || scope.startsWith('repository:') ? `repository:${path}:pull` : scope;
}

/** A host that was redirected to may know the repository by another name. */
function foreignScope(scope: string | undefined, path: string): string {
  const name = /^repository:([^ ]+):[^: ]*$/.exec(scope ?? '')?.[1];
  return name === undefined ? ownScope(scope, path) : `repository:${name}:pull`;
}

export interface Refusals {
  /** The status the stored login met; undefined if none was sent. */
  readonly storedStatus: number | undefined;
  readonly anonymousStatus: number;
  readonly bearer: boolean;
  readonly failedHelper: FailedHelper | undefined;
  readonly withheld: boolean;
}

/** The error for a request that no authorization satisfied. */
export function refusalOf(call: Call, refusals: Refusals): RegistryError {
  const host = call.registry.domain;
  const name = call.path;
  const { storedStatus, anonymousStatus, failedHelper } = refusals;
  if (storedStatus === 403) return new RegistryError({ code: 'Denied', host, name });
  if (storedStatus !== undefined)
    return new RegistryError({ code: 'Unauthorized', host, name, hadCredentials: true });
  if (refusals.withheld || failedHelper !== undefined) {
    const withheld = refusals.withheld;
    return new RegistryError({
      code: 'Unauthorized',
      host,
      name,
      hadCredentials: false,
      failedHelper: failedHelper?.name,
      helperTimedOut: failedHelper?.timedOut,
      withheld,
    });
  }
  if (anonymousStatus === 403) return new RegistryError({ code: 'Denied', host, name });
  // Token registries answer alike for what is private and for what is not there.
  if (refusals.bearer)
    return new RegistryError({ code: 'NotFound', what: 'repositoryOrPrivate', host, name });
  return new RegistryError({ code: 'Unauthorized', host, name, hadCredentials: false });
}
