// A map that never changes: `with` returns a new one that shares all but a few nodes with the old one. So every
// stage can inherit the variables of its parent without copying them, however long the chain is.

interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
  readonly height: number;
}

function node<V>(key: string, value: V, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  return { key, value, left, right, height: 1 + Math.max(height(left), height(right)) };
}

function height<V>(of: Node<V> | undefined): number {
  return of ? of.height : 0;
}

/** Rotates a node whose sides differ in height by up to two, so that they differ by at most one (AVL tree). */
function balanced<V>(key: string, value: V, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  if (left && height(left) > height(right) + 1) {
    const inner = left.right;
    if (inner && height(inner) > height(left.left)) {
      const outside = node(left.key, left.value, left.left, inner.left);
      return node(inner.key, inner.value, outside, node(key, value, inner.right, right));
    }
    return node(left.key, left.value, left.left, node(key, value, inner, right));
  }
  if (right && height(right) > height(left) + 1) {
    const inner = right.left;
    if (inner && height(inner) > height(right.right)) {
      const outside = node(right.key, right.value, inner.right, right.right);
      return node(inner.key, inner.value, node(key, value, left, inner.left), outside);
    }
    return node(right.key, right.value, node(key, value, left, inner), right.right);
  }
  return node(key, value, left, right);
}

function insert<V>(into: Node<V> | undefined, key: string, value: V): Node<V> {
  if (!into) return node(key, value, undefined, undefined);
  if (key === into.key) return node(key, value, into.left, into.right);
  return key < into.key
    ? balanced(into.key, into.value, insert(into.left, key, value), into.right)
    : balanced(into.key, into.value, into.left, insert(into.right, key, value));
}

function* walk<V>(from: Node<V> | undefined): Generator<[string, V], undefined> {
  if (!from) return;
  yield* walk(from.left);
  yield [from.key, from.value];
  yield* walk(from.right);
}

/** Iterates in the order of its keys. */
export class PersistentMap<V> {
  readonly #root: Node<V> | undefined;

  private constructor(root: Node<V> | undefined) {
    this.#root = root;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(undefined);
  }

  /** This map with one entry set: a new one, unless it has that entry. */
  with(key: string, value: V): PersistentMap<V> {
    const known = this.#find(key);
    return known && known.value === value ? this : new PersistentMap(insert(this.#root, key, value));
  }

  #find(key: string): Node<V> | undefined {
    let at = this.#root;
    while (at && at.key !== key) at = key < at.key ? at.left : at.right;
    return at;
  }

  get isEmpty(): boolean {
    return this.#root === undefined;
  }

  get(key: string): V | undefined {
    return this.#find(key)?.value;
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** The first keys in their order, at most `count`. */
  firstKeys(count: number): readonly string[] {
    const found: string[] = [];
    for (const [key] of this) {
      if (found.length >= count) break;
      found.push(key);
    }
    return found;
  }

  [Symbol.iterator](): Generator<[string, V], undefined> {
    return walk(this.#root);
  }
}
