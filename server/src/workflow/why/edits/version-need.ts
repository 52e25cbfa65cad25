// Reads what a package says about the version of a language that it needs, as pip, npm, gem and others print it.

interface Bound {
  readonly operator: '>=' | '<' | '>' | '<=' | '=' | '~' | '^';
  readonly version: readonly number[];
}

/** Alternatives, of each of which all bounds must hold. */
export type VersionNeed = readonly (readonly Bound[])[];

/**
 * @param text `>=3.6`, `^10.13 || >=12`, `>= 2.3, < 2.8`, `3.7`
 * @returns undefined if it is not such a text
 */
export function readNeed(text: string | undefined): VersionNeed | undefined {
  if (text === undefined || text.length > 200) return undefined;
  const alternatives = text.split('||').map(readBounds);
  return alternatives.every((one) => one !== undefined) ? alternatives : undefined;
}

function readBounds(text: string): readonly Bound[] | undefined {
  const words = text
    .replaceAll(/["'()]/g, '')
    .replaceAll(/([<>=~^]=?|~>)\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && !word.startsWith('!='));
  const bounds = words.map(readBound);
  return bounds.length > 0 && bounds.every((one) => one !== undefined) ? bounds : undefined;
}

const operators: ReadonlyMap<string, Bound['operator']> = new Map([
  ['', '>='],
  ['>=', '>='],
  ['=>', '>='],
  ['>', '>'],
  ['<', '<'],
  ['<=', '<='],
  ['=', '='],
  ['==', '='],
  ['~', '~'],
  ['~>', '~'],
  ['~=', '~'],
  ['^', '^'],
]);

function readBound(word: string): Bound | undefined {
  const [, sign = '', digits = ''] = /^([<>=~^]{0,2})v?(\d+(?:\.\d+)*)(?:\.[x*])*[.+]?$/.exec(word) ?? [];
  const operator = operators.get(sign);
  return digits === '' || operator === undefined
    ? undefined
    : { operator, version: digits.split('.').map(Number) };
}

/** Whether the newest version of a line (3.12) is what is needed. */
export function fits(line: readonly number[], need: VersionNeed): boolean {
  return need.some((bounds) => bounds.every((bound) => holds(line, bound)));
}

function holds(line: readonly number[], { operator, version }: Bound): boolean {
  const order = compare(line, version);
  const isSame = (depth: number): boolean =>
    version.slice(0, depth).every((part, at) => (line[at] ?? part) === part);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0 || line.length < version.length;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return isSame(version.length);
    case '^':
      return order >= 0 && isSame(version[0] === 0 ? 2 : 1);
    case '~':
      return order >= 0 && isSame(Math.max(1, version.length - 1));
  }
}

/** Compares as many numbers as the line has. */
function compare(line: readonly number[], version: readonly number[]): number {
  for (const [at, part] of line.entries()) {
    const difference = part - (version[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
