// Completion of paths in the build context: sources of COPY, ADD and bind mounts.
import { contextEntries } from '../analysis/context/context-paths';
import { normalizePath } from '../text/paths';
import type { Span } from '../text/span';
import { inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Subject } from './subject';

/** A folder with more entries is no help as a list. */
const mostEntries = 500;

/**
 * What a build is sent of the folder that the cursor is in. Each proposal replaces the last part of the path.
 * @param token the whole path @param prefix its part before the cursor
 */
export function contextPathItems({ context }: Subject, token: Span, prefix: string): Proposal[] {
  const slash = prefix.lastIndexOf('/');
  const above = prefix.slice(0, slash + 1);
  // A pattern or a variable stands for folders that nobody knows.
  if (!context || /[*?[\]$"'\\]/.test(prefix)) return [];
  const folder = normalizePath(`/${above}`).slice(1);
  const replaces = { start: token.start + slash + 1, end: token.end };
  return (contextEntries(context, folder) ?? []).slice(0, mostEntries).map(({ name, kind }, index) => {
    const text = kind === 'folder' ? `${name}/` : name;
    return proposal(replaces, text, text, kind, { order: inOrder(index) });
  });
}
