// Which comment hides a finding.
import type { Dockerfile } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import { firstNotBefore } from '../../text/search';
import { every, namesOf, placeOf } from './suppression';
import type { Suppression } from './suppression';

/** What a finding is matched by. */
export interface Suppressible {
  readonly at: Span;
  readonly ruleId: string;
  /** `tool:id` of the same finding elsewhere. */
  readonly alsoKnownAs: readonly string[];
}

/** Finds the suppression that hides a finding. */
export class Suppressor {
  /** By what they name: a Drydock rule, or `tool:id`. */
  readonly #byName = new Map<string, Scopes>();
  readonly #file: Dockerfile;

  constructor(suppressions: readonly Suppression[], file: Dockerfile) {
    this.#file = file;
    for (const suppression of suppressions) {
      for (const id of suppression.ids) {
        for (const name of namesOf(suppression.form, id)) {
          let scopes = this.#byName.get(name);
          if (!scopes) this.#byName.set(name, (scopes = new Scopes()));
          scopes.add(suppression);
        }
      }
    }
  }

  /** The first suppression that hides the finding. Undefined if the finding is visible. */
  hiding({ at, ruleId, alsoKnownAs }: Suppressible): Suppression | undefined {
    if (this.#byName.size === 0) return undefined;
    const found = [ruleId, ...alsoKnownAs].flatMap((name) => {
      const scopes = [
        this.#byName.get(name),
        this.#byName.get(`${name.slice(0, name.indexOf(':') + 1)}${every}`),
      ];
      if (!scopes.some(Boolean)) return [];
      const place = placeOf(this.#file, at, name);
      return scopes.map((one) => one?.at(place));
    });
    return earliest(found);
  }
}

/** Where suppressions of one name hold. There may be as many as instructions, and each finding asks. */
class Scopes {
  #file: Suppression | undefined;
  readonly #single = new Map<number, Suppression>();
  /** Those that reach to the end of a stage, by the number of its last instruction: the one that begins first. */
  readonly #toLast = new Map<number, Suppression>();
  #lasts: readonly number[] | undefined;

  /** In file order. */
  add(suppression: Suppression): void {
    const { scope } = suppression;
    if (scope === 'file') this.#file ??= suppression;
    else if (scope[0] === scope[1]) this.#single.set(scope[0], this.#single.get(scope[0]) ?? suppression);
    else if (!this.#toLast.has(scope[1])) this.#toLast.set(scope[1], suppression);
  }

  /** @param index of the instruction a finding is in; undefined for one outside all */
  at(index: number | undefined): Suppression | undefined {
    if (index === undefined) return this.#file;
    return earliest([this.#file, this.#single.get(index), this.#around(index)]);
  }

  #around(index: number): Suppression | undefined {
    if (this.#toLast.size === 0) return undefined;
    const lasts = (this.#lasts ??= [...this.#toLast.keys()].sort((a, b) => a - b));
    const found = this.#toLast.get(lasts[firstNotBefore(lasts, (last) => last < index)] ?? -1);
    return found && found.scope !== 'file' && found.scope[0] <= index ? found : undefined;
  }
}

function earliest(found: readonly (Suppression | undefined)[]): Suppression | undefined {
  return found.reduce(
    (first, one) => (one && (!first || one.span.start < first.span.start) ? one : first),
    undefined,
  );
}
