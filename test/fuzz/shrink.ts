// The least text that still shows a mistake.

/** @param fails whether a text still shows it; the given one does */
export function shrink(text: string, fails: (text: string) => boolean): string {
  let result = text;
  // Whole lines first, then ever shorter runs of characters.
  for (let changed = true; changed;) {
    changed = false;
    const lines = result.split('\n');
    for (let size = lines.length >> 1; size >= 1; size >>= 1) {
      for (let at = 0; at + size <= lines.length;) {
        const candidate = [...lines.slice(0, at), ...lines.slice(at + size)].join('\n');
        if (fails(candidate)) {
          lines.splice(at, size);
          changed = true;
        } else at += size;
      }
    }
    result = lines.join('\n');
    for (let size = 32; size >= 1; size >>= 1) {
      for (let at = 0; at + size <= result.length;) {
        const candidate = result.slice(0, at) + result.slice(at + size);
        if (fails(candidate)) {
          result = candidate;
          changed = true;
        } else at += size;
      }
    }
  }
  return result;
}
