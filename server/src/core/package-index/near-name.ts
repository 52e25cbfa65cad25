// Guesses which package a name means that an archive does not have: the same name with another number in it, the name
// with the usual prefix or ending, or a typing error.
import { nearest } from '../text/nearest';

/** @param names of all packages @returns undefined if none is near */
export function nearName(name: string, names: Iterable<string>): string | undefined {
  const start = name.slice(0, name.startsWith('lib') ? 4 : 1);
  const shape = shapeOf(name);
  const usual = new Set([`${name}-dev`, `python3-${name}`, `lib${name}`, `lib${name}-dev`, `${name}-utils`]);
  const letters = lettersOf(name);
  /** Of the same letters: of two that are equally near, one of these is meant. */
  const swapped: string[] = [];
  const close: string[] = [];
  let alike: string | undefined;
  const found = new Set<string>();
  for (const candidate of names) {
    if (usual.has(candidate)) found.add(candidate);
    if (!candidate.startsWith(start)) continue;
    const difference = Math.abs(candidate.length - name.length);
    if (difference === 0 && lettersOf(candidate) === letters) swapped.push(candidate);
    else if (difference <= 2) close.push(candidate);
    if (shape.includes('#') && shapeOf(candidate) === shape && (!alike || isNewer(candidate, alike)))
      alike = candidate;
  }
  return alike ?? nearest(name, [...swapped, ...close]) ?? [...usual].find((one) => found.has(one));
}

/** `libicu#` for `libicu72`, so that the name of another release fits. */
function shapeOf(name: string): string {
  return name.replaceAll(/\d+(?:\.\d+)*/g, '#');
}

function lettersOf(name: string): string {
  return [...name].sort().join('');
}

function isNewer(a: string, b: string): boolean {
  const [left, right] = [a.match(/\d+/g) ?? [], b.match(/\d+/g) ?? []];
  for (const [at, digits] of left.entries()) {
    const order = Number(digits) - Number(right[at] ?? -1);
    if (order !== 0) return order > 0;
  }
  return false;
}
