// Edits of comments that hide findings: names go, and what such a comment tells a reader stays.
import type { Model } from '../model/model';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import { wordsBeside } from '../lint/suppressions/index';
import type { Suppression } from '../lint/suppressions/index';

/**
 * Takes names out of a comment or directive; if none is left, what is left of the comment stays, else its line goes.
 * @param unused as the suppression has them
 * @returns undefined where the line below would become a directive
 */
export function withoutNames(
  model: Model,
  { form, ids, idsSpan, span }: Suppression,
  unused: readonly string[],
): Edit | undefined {
  const gone = new Set(unused);
  const kept = ids.filter((id) => !gone.has(id));
  const separator = /[ \t]*,[ \t]*/.exec(model.document.slice(idsSpan))?.[0] ?? ',';
  if (kept.length > 0) return { ...idsSpan, text: kept.join(separator) };
  const { text } = model.document;
  // `# check=skip=A;error=true`: the other settings stay.
  const skip = { start: idsSpan.start - 'skip='.length, end: idsSpan.end };
  if (form === 'buildkit' && text[skip.end] === ';')
    return { start: skip.start, end: skip.end + 1, text: '' };
  if (form === 'buildkit' && text[skip.start - 1] === ';')
    return { start: skip.start - 1, end: skip.end, text: '' };
  return withoutComment(model, span);
}

/** Deletes a comment that hides findings, but for its words to a reader. */
export function withoutComment(model: Model, span: Span): Edit | undefined {
  const { document } = model;
  const words = wordsBeside(document.slice(span).slice(1));
  if (words !== undefined) return { ...span, text: `# ${words}` };
  return withoutLine(model, span);
}

/** Deletes the line of a comment. @returns undefined where the line below would become a directive */
export function withoutLine({ document, file }: Model, span: Span): Edit | undefined {
  const isAbove = (file.instructions[0]?.span.start ?? Infinity) > span.start;
  const below = document.slice(document.line(document.lineAt(span.start) + 1));
  if (isAbove && /^\s*#\s*(?:syntax|escape|check)\s*=/i.test(below)) return undefined;
  const { start, end, text } = document.removeLines(span);
  return { start: start === 0 && document.text.startsWith('\uFEFF') ? 1 : start, end, text };
}
