// Which name in a folder a missing one probably meant.
import { editDistance, nearest } from '../../text/nearest';

/** Endings that say what a file is: another one is another file, as `main.js` is made of `main.ts`. */
const endings = new Set(
  'c cc cfg class conf cpp css csv exe gif go gz h htm html ico ini jar java jpeg jpg js json jsx kt less lock map md mjs o php png py pyc rb rs sass scss sh so sql svg tar tgz toml ts tsx txt war xml yaml yml zip'.split(
    ' ',
  ),
);
const sameEndings: ReadonlyMap<string, string> = new Map([
  ['yaml', 'yml'],
  ['jpeg', 'jpg'],
  ['htm', 'html'],
]);

/** Among more names of about its length one is near by chance, and comparing takes time for each. */
const mostNames = 200;

/** By how many characters a near name differs at most: two errors, one in the ending, and the slash of a folder. */
const mostMore = 4;

/**
 * The name with the fewest typing errors; first of all one in another case.
 * @param name that is missing
 * @param names of the entries of the folder; folders end in a slash
 * @returns without a slash; undefined if none is near, or if there are too many to compare
 */
export function nearPath(name: string, names: readonly string[]): string | undefined {
  if (name === '') return undefined;
  const all: string[] = [];
  for (const one of names)
    if (Math.abs(one.length - name.length) <= mostMore) all.push(one.endsWith('/') ? one.slice(0, -1) : one);
  const folded = name.toLowerCase();
  const other = all.find((one) => one.length === name.length && one !== name && one.toLowerCase() === folded);
  if (other !== undefined || all.length > mostNames) return other;
  const near = all.filter((one) => haveSameEnding(name, one) && !differInNumbers(name, one));
  const stems = new Map(near.map((one) => [stemOf(one), one]));
  const stem = nearest(stemOf(name), stems.keys());
  return stem === undefined
    ? near.find((one) => stemOf(one) === stemOf(name) && one !== name)
    : stems.get(stem);
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function endingOf(name: string): string {
  const ending = name.slice(stemOf(name).length + 1).toLowerCase();
  return sameEndings.get(ending) ?? ending;
}

function haveSameEnding(missing: string, present: string): boolean {
  const [wanted, found] = [endingOf(missing), endingOf(present)];
  if (wanted === found) return true;
  // A typing error in the ending itself.
  return wanted !== '' && !endings.has(wanted) && endings.has(found) && editDistance(wanted, found, 2) < 2;
}

function differInNumbers(one: string, other: string): boolean {
  return one !== other && one.replaceAll(/\d+/g, '0') === other.replaceAll(/\d+/g, '0');
}

/** Whether two names differ by letters in another order or case, or by one letter of a long name. */
export function isTypingError(missing: string, present: string): boolean {
  const [one, other] = [missing.toLowerCase(), present.toLowerCase()];
  const sorted = (name: string): string => [...name].sort().join('');
  return sorted(one) === sorted(other) || (one.length > 4 && editDistance(one, other, 2) < 2);
}
