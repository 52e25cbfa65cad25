// Translates the error codes of Node, OpenSSL and undici into ours.
import { RegistryError } from '../errors';
import type { Purpose, RegistryFault } from '../errors';
import { addressClassCode } from '../guarded-lookup';

type NetworkReason = Extract<RegistryFault, { code: 'Network' }>['reason'];

const reasons: Readonly<Record<string, NetworkReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  EACCES: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  // A body shorter than announced.
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  HPE_INVALID_EOF_STATE: 'reset',
  UND_ERR_PRX_TLS: 'tls',
  // What OpenSSL says when the answer to its greeting is not TLS at all.
  ERR_SSL_WRONG_VERSION_NUMBER: 'plainHttp',
  ERR_SSL_HTTP_REQUEST: 'plainHttp',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plainHttp',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_UNTRUSTED: 'tls',
  CERT_REVOKED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  INVALID_CA: 'tls',
};

const timeouts: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * @param error anything a request threw
 * @param host the host asked
 * @param signal if it is aborted, its reason is the error: a deadline or a cancellation
 */
export function toRegistryError(
  error: unknown,
  host: string,
  purpose: Purpose,
  signal: AbortSignal,
): RegistryError {
  if (signal.aborted) {
    return signal.reason instanceof RegistryError ? signal.reason : new RegistryError({ code: 'Cancelled' });
  }
  if (error instanceof RegistryError) return error;
  const causes = causesOf(error);
  if (causes.some(({ message }) => /Proxy (?:response|Authentication)/.test(message))) {
    return new RegistryError({ code: 'Network', reason: 'proxy', host });
  }
  for (const { code } of causes) {
    if (code === addressClassCode)
      return new RegistryError({ code: 'NotAllowed', reason: 'addressClass', host });
    if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
      return new RegistryError({ code: 'TooLarge', host, what: 'headers' });
    }
    if (timeouts.has(code)) return new RegistryError({ code: 'Timeout', host });
    const reason = reasons[code] ?? (/^(?:ERR_SSL_|ERR_TLS_|UNABLE_TO_)/.test(code) ? 'tls' : undefined);
    if (reason !== undefined) return new RegistryError({ code: 'Network', reason, host });
  }
  // The rest are answers that are not HTTP (HPE_…) or break their own framing.
  return new RegistryError({ code: 'Protocol', host, what: causes.some(isParserError) ? 'http' : purpose });
}

interface Cause {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

function isParserError({ name, code }: Cause): boolean {
  return name === 'HTTPParserError' || /^(?:HPE|UND_ERR)_/.test(code);
}

/** The error, its causes, and the errors of an aggregate (one for each address tried). */
function causesOf(error: unknown, depth = 0): Cause[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { name, code, message, cause, errors } = error as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const self = { name: text(name), code: text(code), message: text(message) };
  const inner = Array.isArray(errors) ? errors.flatMap((item: unknown) => causesOf(item, depth + 1)) : [];
  return [self, ...inner, ...causesOf(cause, depth + 1)];
}
