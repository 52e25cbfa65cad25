// Names of rules: our ids, and the ids other tools have for the same concept.
import type { Rule } from './rule';

export class RuleIndex {
  readonly #byId = new Map<string, Rule>();
  /** Foreign ids without their tool's name: the tools' ids do not collide. */
  readonly #byForeignId = new Map<string, string[]>();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      this.#byId.set(rule.id, rule);
      for (const alias of rule.alsoKnownAs) {
        const foreign = alias.slice(alias.indexOf(':') + 1);
        const ids = this.#byForeignId.get(foreign);
        if (ids) ids.push(rule.id);
        else this.#byForeignId.set(foreign, [rule.id]);
      }
    }
  }

  rule(id: string): Rule | undefined {
    return this.#byId.get(id);
  }

  /** Our ids for one of ours, a bare foreign id (`DL3015`), or one with its tool (`hadolint:DL3015`). */
  idsFor(id: string): readonly string[] {
    if (this.#byId.has(id)) return [id];
    return this.#byForeignId.get(id.slice(id.indexOf(':') + 1)) ?? [];
  }
}
