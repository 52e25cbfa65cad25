// Facts that several rules ask of one file, worked out once. Keyed by the file itself, which nobody changes,
// and forgotten with it.

/** A function of one object that works its answer out once for each. */
export function once<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) {
      entry = { value: compute(key) };
      known.set(key, entry);
    }
    return entry.value;
  };
}
