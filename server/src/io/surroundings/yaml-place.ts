// Where in a YAML file something is, for a diagnostic at its line.
import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Document } from 'yaml';
import type { KeyPath } from '../../core/lint/config';
import type { Span } from '../../core/text/span';

/**
 * The entry that a path leads to: its key, and its value if that is a single word or text.
 * @returns the innermost entry that exists; undefined if not even the first one does
 */
export function placeOf({ contents }: Document, path: KeyPath): Span | undefined {
  let found: Span | undefined;
  let node: unknown = contents;
  for (const name of path) {
    if (isSeq(node)) {
      const item: unknown = node.items[Number(name)];
      if (!isNode(item) || !item.range) break;
      found = { start: item.range[0], end: item.range[1] };
      node = item;
      continue;
    }
    if (!isMap(node)) break;
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (!isScalar(pair?.key) || !pair.key.range) break;
    const [start, keyEnd] = pair.key.range;
    const end = isScalar(pair.value) && pair.value.range ? pair.value.range[1] : keyEnd;
    found = { start, end: Math.max(keyEnd, end) };
    node = pair.value;
  }
  return found;
}
