// Computes a fact that several rules need from one file only once. The result is stored beside the file object, which
// never changes, and is garbage-collected with it.

/** What was computed for one object, by the function that computed it. */
type Known = Map<object, { readonly value: unknown }>;

/**
 * One table for all functions: a hundred of them ask about the same file, and the garbage collector looks at every entry
 * of a weak table each time. With a table for each function, a fifth of the time for a file went into that.
 */
const knownOf = new WeakMap<object, Known>();

/** Rules ask about one file after another, so the next question is mostly about the object of the last one. */
let last: { readonly key: object; readonly known: Known } | undefined;

/** Wraps a function of one object so that it computes its result once for each object. */
export function once<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  return (key) => {
    const known = last?.key === key ? last.known : look(key);
    let entry = known.get(compute) as { readonly value: V } | undefined;
    if (!entry) {
      entry = { value: compute(key) };
      known.set(compute, entry);
    }
    return entry.value;
  };
}

function look(key: object): Known {
  let known = knownOf.get(key);
  if (!known) {
    known = new Map();
    knownOf.set(key, known);
  }
  last = { key, known };
  return known;
}

/**
 * The same for a function that lives shorter than the objects it is asked about, such as the result of another `once`: what
 * it computed goes with it.
 */
export function onceInside<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let entry = values.get(key);
    if (!entry) {
      entry = { value: compute(key) };
      values.set(key, entry);
    }
    return entry.value;
  };
}
