// The version in front of a tag, and the order of such versions.

/** The parts of a version: numbers, or words behind an underscore. */
export type TagVersion = readonly string[];

/** `3.13.1-slim-bookworm` → 3.13.1 and `-slim-bookworm`. Without a version in front, the whole tag is the ending. */
export function splitTag(tag: string): {
  readonly version: TagVersion | undefined;
  readonly ending: string;
} {
  const [, version, ending = ''] = /^v?(\d[\d._]*)(.*)$/s.exec(tag) ?? [];
  return version === undefined
    ? { version: undefined, ending: tag }
    : { version: version.split(/[._]/), ending };
}

/** Number by number, numbers before words; a version comes before its patches. */
export function compareTagVersions(a: TagVersion, b: TagVersion): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const left = a[at] ?? '';
    const right = b[at] ?? '';
    const difference = isNumber(left) && isNumber(right) ? Number(left) - Number(right) : byText(left, right);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function byText(left: string, right: string): number {
  if (isNumber(left) !== isNumber(right)) return isNumber(left) ? -1 : 1;
  return left === right ? 0 : left < right ? -1 : 1;
}

function isNumber(part: string): boolean {
  return /^\d+$/.test(part);
}
