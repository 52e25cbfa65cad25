// What of an image's layers is left at the end, and what later layers delete or replace.
import type { LayerEntry, ReadLayer } from './image';

/** A file that is there at the end. */
export interface PresentFile {
  readonly entry: LayerEntry;
  /** Index of the layer that brought it. */
  readonly layer: number;
}

/** A file that travels with the image although nobody sees it. */
export interface HiddenFile extends PresentFile {
  /** Index of the layer that hides it. */
  readonly by: number;
  readonly how: 'deleted' | 'replaced';
}

export interface Merged {
  /** Everything that is there at the end, by path. */
  readonly present: ReadonlyMap<string, PresentFile>;
  /** Those with content. */
  readonly hidden: readonly HiddenFile[];
}

interface Node {
  readonly children: Map<string, Node>;
  entry?: LayerEntry;
  layer: number;
}

/** Puts the layers on each other. Linear in the number of entries. */
export function mergeLayers(layers: readonly Pick<ReadLayer, 'entries'>[]): Merged {
  const root: Node = { children: new Map(), layer: 0 };
  const hidden: HiddenFile[] = [];
  layers.forEach(({ entries }, layer) => {
    const hide = (node: Node, how: HiddenFile['how']): void => {
      for (const { entry, layer: from } of within(node))
        if (entry && entry.kind === 'file' && entry.bytes > 0)
          hidden.push({ entry, layer: from, by: layer, how });
    };
    // What deletes counts for the layers below alone, wherever in its layer it stands.
    for (const { path, kind } of entries) {
      if (kind === 'whiteout') {
        const { parent, name } = parentOf(root, path);
        const gone = parent?.children.get(name);
        if (gone) hide(gone, 'deleted');
        parent?.children.delete(name);
      } else if (kind === 'opaque') {
        const folder = path === '' ? root : find(root, path);
        for (const child of folder?.children.values() ?? []) hide(child, 'deleted');
        folder?.children.clear();
      }
    }
    for (const entry of entries) {
      if (entry.kind === 'whiteout' || entry.kind === 'opaque') continue;
      put(root, entry, layer, hide);
    }
  });
  return { present: listed(root), hidden };
}

function put(
  root: Node,
  entry: LayerEntry,
  layer: number,
  hide: (node: Node, how: 'replaced') => void,
): void {
  let node = root;
  for (const part of entry.path.split('/')) {
    let next = node.children.get(part);
    if (!next) {
      next = { children: new Map(), layer };
      node.children.set(part, next);
    }
    node = next;
  }
  const keepsChildren = entry.kind === 'folder';
  if (node.entry && node.entry.kind !== 'folder') hide({ ...node, children: new Map() }, 'replaced');
  if (!keepsChildren) {
    for (const child of node.children.values()) hide(child, 'replaced');
    node.children.clear();
  }
  node.entry = entry;
  node.layer = layer;
}

function find(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path.split('/')) node = node?.children.get(part);
  return node;
}

function parentOf(root: Node, path: string): { readonly parent: Node | undefined; readonly name: string } {
  const at = path.lastIndexOf('/');
  return { parent: at < 0 ? root : find(root, path.slice(0, at)), name: path.slice(at + 1) };
}

/** Without recursion: a hostile path has thousands of folders. */
function* within(top: Node): Iterable<Node> {
  const open = [top];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    for (const child of node.children.values()) open.push(child);
  }
}

function listed(root: Node): ReadonlyMap<string, PresentFile> {
  const present = new Map<string, PresentFile>();
  for (const { entry, layer } of within(root)) if (entry) present.set(entry.path, { entry, layer });
  return present;
}
