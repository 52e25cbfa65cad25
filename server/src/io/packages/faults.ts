// Every way in which a mirror can fail to say what an archive has, as data. The words are ours: text of a mirror never
// reaches the user.
import { RegistryError } from '../registry/errors';
import type { RegistryFault } from '../registry/errors';

export type PackageFault =
  /** `family`: the key of the mirror that nobody has named. */
  | { readonly code: 'NoMirror'; readonly family: string }
  | { readonly code: 'BadMirror'; readonly name: string; readonly why: string }
  /** The mirror has no such release, or not for this architecture. */
  | { readonly code: 'NotThere'; readonly host: string; readonly path: string }
  | { readonly code: 'Status'; readonly host: string; readonly status: number }
  | { readonly code: 'Redirect'; readonly host: string }
  /** The bytes are not those that the Release file names. */
  | { readonly code: 'HashMismatch'; readonly host: string; readonly path: string }
  /** Something else answers: a login page, an empty file. */
  | { readonly code: 'NotAnIndex'; readonly host: string; readonly path: string }
  /** It ends too early, or is not compressed as its name says. */
  | { readonly code: 'Damaged'; readonly host: string; readonly path: string }
  | { readonly code: 'TooLarge'; readonly host: string }
  | { readonly code: 'Compression'; readonly host: string; readonly path: string; readonly what: string }
  | Exclude<RegistryFault, { readonly code: 'TooLarge' }>;

export class PackageError extends Error {
  override readonly name = 'PackageError';
  readonly fault: PackageFault;

  constructor(fault: PackageFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** @throws what is not ours, which is a bug */
export function packageFaultOf(error: unknown): PackageFault {
  if (error instanceof PackageError) return error.fault;
  if (!(error instanceof RegistryError)) throw error;
  const { fault } = error;
  return fault.code === 'TooLarge' ? { code: 'TooLarge', host: fault.host } : fault;
}

/** One sentence for the user without a full stop: what happened, and what to do next. */
export function describePackageFault(fault: PackageFault): string {
  switch (fault.code) {
    case 'NoMirror':
      return `No mirror is named for ${fault.family}: name one in packages.mirrors`;
    case 'BadMirror':
      return `The mirror for ${fault.name} cannot be used: ${fault.why}`;
    case 'NotThere':
      return `${fault.host} has no ${fault.path}: check the address of the mirror, and whether it still has this release`;
    case 'Status':
      return `${fault.host} answered with the error ${fault.status}: try again later, or name another mirror`;
    case 'Redirect':
      return `${fault.host} led to an address that Drydock does not follow: name the mirror behind it`;
    case 'HashMismatch':
      return `${fault.host} sent a ${fault.path} that is not the one its Release file names: try again in a few minutes, or name another mirror`;
    case 'NotAnIndex':
      return `${fault.host} did not answer with a package index (${fault.path}): check the address, and whether a proxy or login page answers instead`;
    case 'Damaged':
      return `${fault.host} sent a ${fault.path} that is damaged or cut off: try again`;
    case 'TooLarge':
      return `${fault.host} sent more than a package index has: check the address of the mirror`;
    case 'Compression':
      return `${fault.host} has ${fault.path} compressed with ${fault.what} alone, which this Node.js cannot read`;
    case 'Timeout':
      return `${fault.host} did not answer in time: try again, or name another mirror`;
    case 'Cancelled':
      return 'The request was cancelled';
    case 'Network':
      return describeNetwork(fault.reason, fault.host);
    case 'NotAllowed':
      return 'host' in fault && fault.host !== ''
        ? `${fault.host} is at an address that Drydock does not ask: check the address of the mirror`
        : 'Drydock may not ask mirrors here';
    default:
      return 'The mirror did not answer as one: check its address';
  }
}

function describeNetwork(
  reason: Extract<RegistryFault, { code: 'Network' }>['reason'],
  host: string,
): string {
  switch (reason) {
    case 'dns':
      return `${host} is not known: check the address of the mirror and the network`;
    case 'refused':
      return `${host} cannot be reached: check the address of the mirror and the network`;
    case 'reset':
      return `${host} ended the connection too early: try again`;
    case 'tls':
      return `The certificate of ${host} is not trusted: add its authority to drydock.registry.caFiles`;
    case 'proxy':
      return `The proxy did not let the request to ${host} through: check the setting http.proxy`;
    case 'plainHttp':
      return `${host} does not answer with TLS: write http:// if that is meant`;
  }
}
