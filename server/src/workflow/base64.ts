// Base64 of UTF-8, which the language itself cannot read.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @returns undefined when it is not Base64, or not UTF-8 */
export function fromBase64(text: string): string | undefined {
  const bytes = bytesOf(text);
  if (!bytes) return undefined;
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    // Bytes that are not UTF-8.
    return undefined;
  }
}

/** What of it can be read: a text may be cut within a letter. */
export function printableFromBase64(text: string): string {
  const whole = fromBase64(text);
  if (whole !== undefined) return whole;
  return (bytesOf(text) ?? []).map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd')).join('');
}

function bytesOf(text: string): number[] | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  const end = text.indexOf('=');
  for (const digit of end < 0 ? text : text.slice(0, end)) {
    const value = digits.indexOf(digit);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return bytes;
}
