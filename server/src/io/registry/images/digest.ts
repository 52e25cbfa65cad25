// Digests: the only text from a registry that is ever written into a file, so only this file makes one.
import { createHash, timingSafeEqual } from 'node:crypto';

/** `sha256:` and 64, or `sha512:` and 128 lower-case hexadecimal digits. Only made by the functions here. */
export type Digest = string & { readonly __digest: true };

const digestPattern = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;

/** @returns undefined for anything but a well-formed digest, such as the bare hex some registries send */
export function parseDigest(text: string | undefined): Digest | undefined {
  return text !== undefined && digestPattern.test(text) ? (text as Digest) : undefined;
}

/** The SHA-256 digest of exactly these bytes: never of a manifest printed again. */
export function sha256(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}

/** Whether the bytes have the digest, by the digest's own algorithm. */
export function matches(digest: Digest, bytes: Uint8Array): boolean {
  const colon = digest.indexOf(':');
  const expected = Buffer.from(digest.slice(colon + 1), 'hex');
  const actual = createHash(digest.slice(0, colon)).update(bytes).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
