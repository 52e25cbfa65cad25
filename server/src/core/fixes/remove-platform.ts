// Takes --platform off a FROM.
import type { Fix } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import { remove } from '../text/edit';

/** @returns undefined if the flag is on a line of its own, in front of a comment, or in front of nothing */
export function removePlatform({ document }: Model, { platform, from }: Stage): Fix | undefined {
  const end = from?.words[0]?.span.start;
  if (!platform || end === undefined) return undefined;
  if (!/^[ \t]+$/.test(document.slice({ start: platform.span.end, end }))) return undefined;
  return { title: 'Remove --platform', edits: [remove({ start: platform.span.start, end })] };
}
