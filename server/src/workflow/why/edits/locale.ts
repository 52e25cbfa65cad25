// Sets the character encoding of a step.
import { startWithComments } from '../../../core/analysis/text/comment-lines';
import { isSince } from '../../../core/knowledge/images/releases';
import type { ExplainedEdit } from '../explanation';
import { releaseOf } from './distribution';
import { offer } from './failure';
import type { Failure } from './failure';

/** Sets LANG to a locale that every image has. */
export function useLocale(failure: Failure): readonly ExplainedEdit[] {
  const { model, instruction } = failure;
  const { document } = model;
  if (/\bLC_ALL\b|\bLANG\b/.test(model.file.text) || instruction.onbuild) return [];
  const release = releaseOf(failure);
  const isOld = release?.family === 'centos' && !isSince(release, { centos: '8' });
  const locale = isOld ? 'en_US.UTF-8' : 'C.UTF-8';
  return offer(
    `Set LANG=${locale}`,
    document.insertLinesBefore(
      startWithComments(model, instruction.span.start),
      `${document.indentAt(instruction.span.start)}ENV LANG=${locale}`,
    ),
  );
}
