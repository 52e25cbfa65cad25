// Writes another path where a file names one of the build context.
import type { NamedPath } from '../core/analysis/context/named-paths';
import { replace } from '../core/lint/rule';
import type { Edit, Model } from '../core/lint/rule';

/** @returns undefined if the word has quotes or signs that the new path would have to keep */
export function renamePath(model: Model, { span, value, path }: NamedPath, to: string): Edit | undefined {
  const start = /^(?:\.?\/)*/.exec(value)?.[0].length ?? 0;
  const rest = value.slice(start);
  if (!rest.startsWith(path) || !/^[\w./@+-]+$/.test(to)) return undefined;
  const now = model.document.slice(span);
  const at = now.indexOf(value);
  if (at < 0 || now.length > value.length + 2) return undefined;
  const from = span.start + at + start;
  return replace({ start: from, end: from + path.length }, to);
}
