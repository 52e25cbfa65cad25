// Which names in the comments that hide findings hide none. A name counts as used as long as anything about it is
// not known.
import { firstNotBefore } from '../../text/search';
import type { Dockerfile } from '../../syntax/nodes';
import { every, namesOf, placeOf } from './suppression';
import type { Suppression, SuppressionForm } from './suppression';
import type { Suppressible } from './suppressor';

export interface UnusedNames {
  readonly suppression: Suppression;
  /** As written, in their order. */
  readonly unused: readonly string[];
  /** Those that no rule has. */
  readonly unknown: readonly string[];
}

/** What is found under a name, also where nothing hides it; undefined if that is not known. */
export type FindingsOf = (name: string) => readonly Suppressible[] | 'no such rule' | undefined;

/** The tools whose verdicts are known well enough to say that a comment hides nothing. */
const judged: ReadonlySet<SuppressionForm> = new Set(['drydock', 'hadolint', 'buildkit']);

/**
 * @param hidden what the suppressions hide
 * @param findingsOf asked about names that hide nothing, once for each; `hadolint:DL3008`, or the id of a rule
 */
export function unusedNames(
  file: Dockerfile,
  suppressions: readonly Suppression[],
  hidden: readonly Suppressible[],
  findingsOf: FindingsOf,
): readonly UnusedNames[] {
  const placesOfHidden = new Map<string, number[]>();
  for (const one of hidden) {
    for (const name of [one.ruleId, ...one.alsoKnownAs]) {
      const places = placesOfHidden.get(name) ?? [];
      placesOfHidden.set(name, places);
      places.push(placeOf(file, one.at, name) ?? -1);
    }
  }
  for (const places of placesOfHidden.values()) places.sort((a, b) => a - b);
  const asked = new Map<string, readonly number[] | 'no such rule' | undefined>();
  const ask = (name: string): readonly number[] | 'no such rule' | undefined => {
    if (asked.has(name)) return asked.get(name);
    const found = findingsOf(name);
    const places = Array.isArray(found)
      ? found.map((one: Suppressible) => placeOf(file, one.at, name) ?? -1).sort((a, b) => a - b)
      : (found as 'no such rule' | undefined);
    asked.set(name, places);
    return places;
  };
  return suppressions.flatMap((suppression) => {
    const { form, ids, scope } = suppression;
    const unknown: string[] = [];
    const unused = ids.filter((id) => {
      // BuildKit has checks that are not known here, and so have the others.
      if (!judged.has(form) || id === every) return false;
      const names = namesOf(form, id);
      if (names.some((one) => isAnyIn(scope, placesOfHidden.get(one) ?? []))) return false;
      const [name = id] = names;
      const places = ask(name);
      if (places === 'no such rule') unknown.push(id);
      return places === 'no such rule' || (places !== undefined && !isAnyIn(scope, places));
    });
    return unused.length > 0 ? [{ suppression, unused, unknown }] : [];
  });
}

/** @param places sorted */
function isAnyIn(scope: Suppression['scope'], places: readonly number[]): boolean {
  if (scope === 'file') return places.length > 0;
  const next = places[firstNotBefore(places, (place) => place < scope[0])];
  return next !== undefined && next <= scope[1];
}
