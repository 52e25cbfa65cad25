// Computes a fact that several rules need from one file only once. The result is stored under the file object,
// which never changes, and is garbage-collected with it.

/** Wraps a function of one object so that it computes its result once for each object. */
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
