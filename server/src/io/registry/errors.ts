// Every way in which a question to a registry can fail, as data. The set is closed, and the words are ours: text from a
// server never reaches the user, because it may be markup, a lie, or a secret.

/** What went wrong, with the facts that the message needs. `host` is always a parsed host, never raw text. */
export type RegistryFault =
  | { readonly code: 'BadReference'; readonly reference: string }
  | { readonly code: 'NotAllowed'; readonly reason: 'untrusted' | 'disabled' }
  | {
      readonly code: 'NotAllowed';
      readonly reason: 'addressClass' | 'realm' | 'redirect';
      /** Empty if the address had no host to show. */
      readonly host: string;
      /** The registry that sent us to `host`. */
      readonly registry?: string | undefined;
    }
  | {
      readonly code: 'Network';
      readonly reason: 'dns' | 'refused' | 'reset' | 'tls' | 'proxy' | 'plainHttp';
      readonly host: string;
    }
  | { readonly code: 'Timeout'; readonly host: string }
  | { readonly code: 'Cancelled' }
  | {
      readonly code: 'Unauthorized';
      readonly host: string;
      readonly name: string;
      readonly hadCredentials: boolean;
      /** A credential helper that should have answered and did not. */
      readonly failedHelper?: string | undefined;
      /** It waited for a person, perhaps. */
      readonly helperTimedOut?: boolean | undefined;
      /** A login was not sent because the connection is not encrypted. */
      readonly withheld?: boolean | undefined;
    }
  | { readonly code: 'Denied'; readonly host: string; readonly name: string }
  | {
      readonly code: 'NotFound';
      readonly what: 'tag' | 'digest' | 'repositoryOrPrivate';
      readonly host: string;
      readonly name: string;
    }
  /** `retryAt` is in milliseconds since 1970. `pullLimit`: Docker Hub's quota, not an abuse guard. */
  | {
      readonly code: 'RateLimited';
      readonly host: string;
      readonly retryAt: number;
      readonly pullLimit: boolean;
    }
  | { readonly code: 'ServerError'; readonly host: string; readonly status: number }
  | { readonly code: 'TooLarge'; readonly host: string; readonly what: Purpose | 'headers' | 'index' }
  | { readonly code: 'Protocol'; readonly host: string; readonly what: Purpose | 'http' }
  | { readonly code: 'DigestMismatch'; readonly host: string; readonly name: string }
  | {
      readonly code: 'Unsupported';
      readonly what: 'schema1' | 'artifact' | 'algorithm';
      readonly name: string;
    }
  /** `tried`: how many versions were compared with what the tag is. `cutAt`: so many tags were read, and there are more. */
  | {
      readonly code: 'NoVersion';
      readonly name: string;
      readonly tag: string;
      readonly tried: number;
      readonly cutAt: number | undefined;
    }
  /** The tag of a pinned image. `pinIsThere`: what the digest names is still there. */
  | {
      readonly code: 'TagGone';
      readonly host: string;
      readonly name: string;
      readonly pinIsThere: boolean;
    }
  | {
      readonly code: 'NoSuchPlatform';
      readonly name: string;
      readonly wanted: string;
      readonly available: readonly string[];
    };

/** What a request was for; names the size cap and the message. */
export type Purpose = 'manifest' | 'config' | 'tags' | 'token' | 'packages';

/** Thrown inside the module; the service turns it into a value at its border. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  readonly fault: RegistryFault;

  constructor(fault: RegistryFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/**
 * The sentence for a user whose action failed: what happened, and what to do next.
 * @param now milliseconds since 1970, for "in 12 minutes"
 */
export function describeFault(fault: RegistryFault, now: number): string {
  switch (fault.code) {
    case 'BadReference':
      return `"${fault.reference}" is not a valid image name: check the spelling`;
    case 'NotAllowed':
      return describeRefusal(fault);
    case 'Network':
      return describeNetwork(fault.reason, fault.host);
    case 'Timeout':
      return `${fault.host} did not answer in time: try again, or check the network and the setting http.proxy`;
    case 'Cancelled':
      return 'The request was cancelled';
    case 'Unauthorized':
      return describeUnauthorized(fault);
    case 'Denied':
      return `${fault.host} denies access to ${fault.name}: log in with an account that may pull it (docker login ${fault.host})`;
    case 'NotFound':
      return describeNotFound(fault);
    case 'RateLimited': {
      const minutes = Math.max(1, Math.ceil((fault.retryAt - now) / 60_000));
      const wait = `try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
      return fault.pullLimit
        ? `The pull limit of ${fault.host} is used up: log in for a higher limit (docker login), or ${wait}`
        : `${fault.host} limits requests for now: ${wait}`;
    }
    case 'ServerError':
      return `${fault.host} answered with the error ${fault.status}: try again later`;
    case 'TooLarge':
      return `${fault.host} sent a larger answer (${fault.what}) than a registry should: check that the host is a registry`;
    case 'Protocol':
      return `${fault.host} did not answer like a registry (${fault.what}): check the host, and whether a proxy or login page answers instead`;
    case 'DigestMismatch':
      return `${fault.host} sent content for ${fault.name} that does not match its digest, so nothing was changed: try again, and tell the registry's operator if it happens again`;
    case 'Unsupported':
      if (fault.what === 'schema1') {
        return `${fault.name} is stored in the image format of 2015 (schema 1), whose digest cannot be pinned: push it again with a current tool`;
      }
      if (fault.what === 'algorithm') {
        return `${fault.name} has a digest that is neither SHA-256 nor SHA-512: pin it by hand`;
      }
      return `${fault.name} is not a container image: check the name`;
    case 'NoVersion':
      return describeNoVersion(fault);
    case 'TagGone':
      return fault.pinIsThere
        ? `The tag ${fault.name} is gone from ${fault.host}: choose another tag (what the digest names is still there, so builds go on)`
        : `The tag ${fault.name} is gone from ${fault.host}, and so is what the digest names: choose another tag`;
    case 'NoSuchPlatform':
      return `${fault.name} no longer exists for ${fault.wanted} (available: ${fault.available.join(', ') || 'none'}): choose another tag, or remove the digest and pin again for all platforms`;
  }
}

function describeNoVersion(fault: Extract<RegistryFault, { code: 'NoVersion' }>): string {
  const { name, tag, tried, cutAt } = fault;
  const instead = 'pin the image to its digest instead';
  const cut = cutAt === undefined ? '' : ` (only the first ${cutAt} tags were read)`;
  if (tried > 0) return `No version tag of ${name} matches ${tag} (${tried} compared)${cut}: ${instead}`;
  return tag === 'latest'
    ? `${name} has no tag that is a plain version${cut}: ${instead}`
    : `${name} has no tag with a more specific version than ${tag}${cut}: ${instead}`;
}

function describeRefusal(fault: Extract<RegistryFault, { code: 'NotAllowed' }>): string {
  switch (fault.reason) {
    case 'untrusted':
      return 'Drydock contacts no registry in an untrusted workspace: trust the workspace first';
    case 'disabled':
      return 'Registry access is off: change the setting drydock.registry.mode';
    case 'addressClass':
      return fault.registry === undefined
        ? `${fault.host} is not an address that a registry may have (link-local or metadata service): check the host of the image`
        : `${fault.registry} pointed to ${fault.host}, which lies further inside the network, so Drydock did not follow it: check the registry's configuration`;
    case 'realm':
      if (fault.host === '') {
        return `${fault.registry ?? 'The registry'} names a login server whose address is not safe to use: tell the registry's operator`;
      }
      return `Drydock does not send the login for ${fault.registry ?? 'the registry'} to ${fault.host}: if that is its login server, add it to the setting drydock.registry.authHosts`;
    case 'redirect':
      return `${fault.registry ?? 'The registry'} redirects to ${fault.host || 'an address'} in an unsafe way: check the host of the image and the registry's configuration`;
  }
}

function describeNetwork(
  reason: Extract<RegistryFault, { code: 'Network' }>['reason'],
  host: string,
): string {
  switch (reason) {
    case 'dns':
      return `${host} cannot be resolved: check its spelling, the network, and the setting http.proxy`;
    case 'refused':
      return `Nothing answers at ${host}: check the port, whether the registry is running, and the setting http.proxy`;
    case 'reset':
      return `The connection to ${host} broke: try again, or check the network and the setting http.proxy`;
    case 'tls':
      return `The certificate of ${host} is not trusted: add your authority's certificate to the setting drydock.registry.caFiles`;
    case 'proxy':
      return `The proxy refused to connect to ${host}: check http.proxy (address, user and password) and http.noProxy`;
    case 'plainHttp':
      return `${host} does not speak TLS: if it is a plain HTTP registry, add it to the setting drydock.registry.insecureHosts`;
  }
}

function describeUnauthorized(fault: Extract<RegistryFault, { code: 'Unauthorized' }>): string {
  if (fault.hadCredentials) {
    return `${fault.host} refused the stored login for ${fault.name}: log in again (docker login ${fault.host}), or check that the image exists`;
  }
  if (fault.withheld === true) {
    return `${fault.host} asks for a login, but the connection is not encrypted: set up TLS on the registry`;
  }
  if (fault.failedHelper !== undefined && fault.helperTimedOut === true) {
    return `${fault.host} asks for a login, but the credential helper ${fault.failedHelper} did not answer in time: try again and answer what it asks, or unlock its store first`;
  }
  if (fault.failedHelper !== undefined) {
    return `${fault.host} asks for a login, but the credential helper ${fault.failedHelper} gave none: check that it is installed and works, or log in again`;
  }
  return `${fault.host} asks for a login for ${fault.name}: log in with docker login ${fault.host} or podman login ${fault.host}`;
}

function describeNotFound(fault: Extract<RegistryFault, { code: 'NotFound' }>): string {
  switch (fault.what) {
    case 'tag':
      return `${fault.name} was not found on ${fault.host}: check the name and the tag`;
    case 'digest':
      return `${fault.name} is no longer on ${fault.host}: pin the image again`;
    case 'repositoryOrPrivate':
      return `${fault.name} was not found on ${fault.host}, or is private: check the name, or log in (docker login ${fault.host})`;
  }
}
