// A map with its history: every entry says from which step it holds, and the map can be read as it was at
// any step. So each instruction has its own environment without copying it. The values that a stage inherits are
// in a persistent map, which is built only for stages that others inherit from.
import { PersistentMap } from './persistent-map';
import { firstNotBefore } from './search';

interface Version<V> {
  readonly from: number;
  readonly value: V;
}

export class VersionedMap<V> {
  readonly #inherited: PersistentMap<V>;
  readonly #versions = new Map<string, Version<V>[]>();
  #latest: PersistentMap<V> | undefined;

  constructor(inherited: PersistentMap<V> = PersistentMap.empty()) {
    this.#inherited = inherited;
  }

  /** @param from the step from which the value holds; steps only grow */
  set(key: string, from: number, value: V): void {
    this.#latest = undefined;
    const versions = this.#versions.get(key);
    if (versions) versions.push({ from, value });
    else this.#versions.set(key, [{ from, value }]);
  }

  #version(key: string, step: number): Version<V> | undefined {
    const versions = this.#versions.get(key);
    if (!versions) return undefined;
    return versions[firstNotBefore(versions, ({ from }) => from <= step) - 1];
  }

  get(key: string, step: number): V | undefined {
    const version = this.#version(key, step);
    return version ? version.value : this.#inherited.get(key);
  }

  has(key: string, step: number): boolean {
    return this.#version(key, step) !== undefined || this.#inherited.has(key);
  }

  /** Own keys in the order of their first appearance, then the inherited ones. */
  *entries(step: number): Generator<[string, V], undefined> {
    for (const key of this.#versions.keys()) {
      const version = this.#version(key, step);
      // As steps only grow, the keys behind this one appear later still.
      if (!version) break;
      yield [key, version.value];
    }
    for (const entry of this.#inherited) if (!this.#version(entry[0], step)) yield entry;
  }

  /** The map as it was at a step. */
  at(step: number): ReadonlyMap<string, V> {
    return new MapAt(this, step);
  }

  /** The map after all steps. */
  latest(): PersistentMap<V> {
    if (!this.#latest) {
      let map = this.#inherited;
      for (const [key, versions] of this.#versions) {
        const last = versions.at(-1);
        if (last) map = map.with(key, last.value);
      }
      this.#latest = map;
    }
    return this.#latest;
  }
}

class MapAt<V> implements ReadonlyMap<string, V> {
  readonly #map: VersionedMap<V>;
  readonly #step: number;

  constructor(map: VersionedMap<V>, step: number) {
    this.#map = map;
    this.#step = step;
  }

  /** Counts: takes time in proportion to the map. */
  get size(): number {
    return [...this].length;
  }

  get(key: string): V | undefined {
    return this.#map.get(key, this.#step);
  }

  has(key: string): boolean {
    return this.#map.has(key, this.#step);
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  entries(): MapIterator<[string, V]> {
    return this.#map.entries(this.#step);
  }

  *keys(): MapIterator<string> {
    for (const [key] of this) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}
