// Base64 of UTF-8, which the language itself cannot read.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @returns undefined when it is not Base64, or not UTF-8 */
export function fromBase64(text: string): string | undefined {
  let escaped = '';
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
    escaped += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Bytes that are not UTF-8.
    return undefined;
  }
}
