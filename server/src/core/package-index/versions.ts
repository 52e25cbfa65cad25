// Compares versions as each package manager does: deb-version(7), apk's version.c as its documentation describes it, and
// rpm's labels. What one of them calls newer another may call older, so nothing here guesses.

/** Whose rules hold: those of dpkg, of apk or of rpm. */
export type VersionScheme = 'deb' | 'apk' | 'rpm';

/** @returns below 0 if `a` is older, above 0 if it is newer, 0 if both are the same version */
export function compareVersions(scheme: VersionScheme, a: string, b: string): number {
  if (a === b) return 0;
  switch (scheme) {
    case 'deb':
      return compareByEpoch(a, b, compareDebPart);
    case 'apk':
      return compareApk(a, b);
    case 'rpm':
      return compareByEpoch(a, b, compareRpmPart);
  }
}

/** A relation to a version, in the signs of Debian; `~` is apk's "begins with". */
export type Operator = '<<' | '<=' | '=' | '>=' | '>>' | '~';

export function satisfies(
  scheme: VersionScheme,
  version: string,
  operator: Operator,
  wanted: string,
): boolean {
  if (operator === '~') return version === wanted || /^[^0-9]/.test(rest(version, wanted));
  // A relation of rpm without a release holds for every release.
  const own = scheme === 'rpm' && !wanted.includes('-') ? version.replace(/-[^-]*$/, '') : version;
  const order = compareVersions(scheme, own, wanted);
  switch (operator) {
    case '<<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>>':
      return order > 0;
  }
}

/** What follows the start; a digit where it does not begin with it. */
function rest(version: string, start: string): string {
  return version.startsWith(start) ? version.slice(start.length) : '0';
}

interface Parts {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

function partsOf(version: string): Parts {
  const colon = version.indexOf(':');
  const epoch = colon > 0 ? Number(version.slice(0, colon)) : 0;
  const tail = colon >= 0 ? version.slice(colon + 1) : version;
  const dash = tail.lastIndexOf('-');
  return {
    epoch: Number.isNaN(epoch) ? 0 : epoch,
    upstream: dash < 0 ? tail : tail.slice(0, dash),
    revision: dash < 0 ? '' : tail.slice(dash + 1),
  };
}

function compareByEpoch(a: string, b: string, compare: (a: string, b: string) => number): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return (
    left.epoch - right.epoch ||
    compare(left.upstream, right.upstream) ||
    compare(left.revision, right.revision)
  );
}

/** Letters before other signs, `~` before everything, even before the end. */
function rankOf(character: string | undefined): number {
  if (character === undefined || /[0-9]/.test(character)) return 0;
  if (character === '~') return -1;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}

/** Turns of signs and numbers. */
function compareDebPart(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const order = rankOf(a[i]) - rankOf(b[j]);
      if (order !== 0) return order;
      i += 1;
      j += 1;
    }
    const [left, right] = [digitsAt(a, i), digitsAt(b, j)];
    const order = compareNumbers(left, right);
    if (order !== 0) return order;
    i += left.length;
    j += right.length;
  }
  return 0;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function digitsAt(text: string, from: number): string {
  let end = from;
  while (isDigit(text[end])) end += 1;
  return text.slice(from, end);
}

/** Of any length, so no number of JavaScript. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** rpmvercmp: runs of digits and of letters; `~` before the end, `^` after it. */
function compareRpmPart(a: string, b: string): number {
  const [left, right] = [rpmRuns(a), rpmRuns(b)];
  for (let at = 0; ; at += 1) {
    const [x, y] = [left[at], right[at]];
    if (x === undefined && y === undefined) return 0;
    if (x === '~' || y === '~') {
      if (x !== y) return x === '~' ? -1 : 1;
      continue;
    }
    if (x === '^' || y === '^') {
      if (x === y) continue;
      // Longer with a caret is newer than the end, older than anything else.
      if (x === '^') return y === undefined ? 1 : -1;
      return x === undefined ? -1 : 1;
    }
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    const [xIsNumber, yIsNumber] = [isDigit(x[0]), isDigit(y[0])];
    if (xIsNumber !== yIsNumber) return xIsNumber ? 1 : -1;
    const order = xIsNumber ? compareNumbers(x, y) : x < y ? -1 : x > y ? 1 : 0;
    if (order !== 0) return order;
  }
}

function rpmRuns(text: string): readonly string[] {
  return text.match(/[0-9]+|[A-Za-z]+|~|\^/g) ?? [];
}

/** Suffixes in their order; those before the number itself are negative. */
const apkSuffixes = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];

interface ApkVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly (readonly [name: string, number: string])[];
  readonly revision: string;
}

function apkParts(version: string): ApkVersion {
  const [, main = '', letter = '', suffixes = '', revision = ''] =
    /^([0-9.]*)([a-z]?)((?:_[a-z]+[0-9]*)*)(?:~[0-9a-f]+)?(?:-r([0-9]+))?/.exec(version) ?? [];
  return {
    numbers: main.split('.'),
    letter,
    suffixes: [...suffixes.matchAll(/_([a-z]+)([0-9]*)/g)].map(
      ([, name = '', number = '']) => [name, number] as const,
    ),
    revision,
  };
}

function compareApk(a: string, b: string): number {
  const [left, right] = [apkParts(a), apkParts(b)];
  for (let at = 0; at < Math.max(left.numbers.length, right.numbers.length); at += 1) {
    const [x, y] = [left.numbers[at], right.numbers[at]];
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    // After the first point a number with a leading zero is a decimal fraction.
    const isFraction = at > 0 && (x.startsWith('0') || y.startsWith('0'));
    const order = isFraction ? (x < y ? -1 : x > y ? 1 : 0) : compareNumbers(x, y);
    if (order !== 0) return order;
  }
  if (left.letter !== right.letter) return left.letter < right.letter ? -1 : 1;
  const none = ['', ''] as const;
  for (let at = 0; at < Math.max(left.suffixes.length, right.suffixes.length); at += 1) {
    const [x, y] = [left.suffixes[at] ?? none, right.suffixes[at] ?? none];
    const order = apkSuffixes.indexOf(x[0]) - apkSuffixes.indexOf(y[0]) || compareNumbers(x[1], y[1]);
    if (order !== 0) return order;
  }
  return compareNumbers(left.revision, right.revision);
}
