// Versions and ranges of versions, as far as they choose a tag: `1.27`, `>=3.11,<4`, `^22 || >=24`, `lts/jod`.

/** Release lines of Node.js by the names that .nvmrc may hold. Source: schedule of nodejs/Release. */
const nodeLines: Readonly<Record<string, string>> = {
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

/** The first parts of a version. @param depth how many */
export function shortened(version: string, depth: number): string {
  return version.split('.').slice(0, depth).join('.');
}

/** The release line that a name for it means, as `.nvmrc` has them; undefined for one that moves. */
export function nodeLine(word: string): string | undefined {
  const plain = word.trim().replace(/^v/, '');
  const line = /^lts\/(\w+)$/.exec(plain)?.[1];
  return line === undefined ? /^\d+(?:\.\d+){0,2}$/.exec(plain)?.[0] : nodeLines[line];
}

/**
 * Whether the newest release of a line is in a range.
 * @param line such as `24` or `3.13`
 * @param range of npm or Python; one that is not understood holds every version
 */
export function isInRange(line: string, range: string): boolean {
  return range.split('||').some((part) => isInAll(line, part.trim()));
}

/** More than any part of a version has. */
const newest = 9999;

function isInAll(line: string, part: string): boolean {
  const hyphen = /^v?(\d+(?:\.\d+)*)\s+-\s+v?(\d+(?:\.\d+)*)$/.exec(part);
  if (hyphen) return isInAll(line, `>=${hyphen[1] ?? ''} <=${hyphen[2] ?? ''}`);
  const candidate = line.split('.').map(Number);
  while (candidate.length < 3) candidate.push(newest);
  for (const [, sign = '', numbers = ''] of part.matchAll(/([<>=~^!]*)\s*v?(\d+(?:\.(?:\d+|[xX*]))*)/g)) {
    if (!satisfies(candidate, sign, numbers)) return false;
  }
  return true;
}

function satisfies(candidate: readonly number[], sign: string, numbers: string): boolean {
  const wanted = numbers.split('.').flatMap((one) => (/^\d+$/.test(one) ? Number(one) : []));
  // As far as the range says anything.
  const order =
    wanted.map((number, at) => (candidate[at] ?? 0) - number).find((difference) => difference !== 0) ?? 0;
  const sameUpTo = (count: number): boolean =>
    wanted.slice(0, count).every((number, at) => candidate[at] === number);
  switch (sign) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0 || (order === 0 && wanted.length < 3);
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '!=':
      return true;
    case '^':
      return order >= 0 && sameUpTo(1);
    case '~':
      return order >= 0 && sameUpTo(Math.min(wanted.length, 2));
    case '~=':
      return order >= 0 && sameUpTo(wanted.length - 1);
    default:
      return sameUpTo(Math.min(wanted.length, 2));
  }
}
