// The places where an instruction pins a vulnerable package, with the version that fixes it: `bash=5.2`, `requests==2.0`,
// `left-pad@1.0.0`. What is not pinned needs no edit, but a build without the cache.
import type { Vulnerability } from './report';

export interface Upgrade {
  readonly name: string;
  /** The version that fixes all that is known of the package. */
  readonly to: string;
  /** Offsets of the pinned version in the text. */
  readonly start: number;
  readonly end: number;
}

/** Between a name and its version: of npm, of Python, and of apt, apk and conda. */
const separators = ['==', '@', '='];

/**
 * @param text of the instruction
 * @returns in the order of the text; each place once
 */
export function upgrades(text: string, vulnerabilities: readonly Vulnerability[]): readonly Upgrade[] {
  const wanted = fixedVersions(vulnerabilities);
  const found = [...wanted].flatMap(([name, to]) => pinned(text, name, to));
  return found.sort((a, b) => a.start - b.start);
}

/** The version to go to, by package; the highest where several vulnerabilities name one. */
function fixedVersions(vulnerabilities: readonly Vulnerability[]): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  for (const { name, version, fixedIn } of vulnerabilities) {
    const to = fixedIn === undefined ? undefined : nearestFix(version, fixedIn);
    // A version goes into the file as it is: nothing that a shell would read.
    if (to === undefined || name === '' || !/^[\w.+:~-]+$/.test(to)) continue;
    const before = wanted.get(name);
    if (before === undefined || isHigher(to, before)) wanted.set(name, to);
  }
  return wanted;
}

/** Of `2.31.0, 3.0.1` the one on the same line of releases, else the last. */
function nearestFix(version: string, fixedIn: string): string | undefined {
  const all = fixedIn
    .split(/[\s,]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const [major] = version.split('.');
  return all.find((one) => one.split('.')[0] === major) ?? all.at(-1);
}

/** Number by number: good enough to choose among fixes of one package. */
function isHigher(a: string, b: string): boolean {
  const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one = 0, other = 0] = [left[at], right[at]];
    if (one !== other) return one > other;
  }
  return false;
}

const edge = /[\s"'`;&|()<>\\,[\]]/;

function pinned(text: string, name: string, to: string): Upgrade[] {
  const found: Upgrade[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const behind = at + name.length;
    const separator = separators.find((one) => text.startsWith(one, behind));
    if (separator === undefined || (at > 0 && !edge.test(text[at - 1] ?? ''))) continue;
    const start = behind + separator.length;
    let end = start;
    while (end < text.length && !edge.test(text[end] ?? '')) end += 1;
    const version = text.slice(start, end);
    // A variable has its value elsewhere.
    if (version !== '' && version !== to && !version.includes('$')) found.push({ name, to, start, end });
  }
  return found;
}
