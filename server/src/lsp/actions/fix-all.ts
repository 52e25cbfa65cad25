// Applies every safe fix of the file: in the light bulb where several are to be had, one of them here.
import { diff } from '../../core/text/diff';
import { CodeActionKind } from '../library';
import type { Analysis } from '../session';
import { actionKind } from './action';
import type { Change, World } from './action';
import { shape } from '../shape';

export const fixAll = actionKind({
  name: 'fixAll',
  lsp: CodeActionKind.QuickFix,
  needs: undefined,
  data: shape({}),

  *offer({ analysis, here }) {
    const safe = analysis.result.findings.filter(({ fix }) => fix?.safety === 'safe' && fix.edits.length > 0);
    if (safe.length > 1 && here.some((finding) => safe.includes(finding)))
      yield { title: 'Fix all safe Drydock problems in this file', data: {} };
  },

  make: (_, analysis, world) => fixSafely(analysis, world),
});

/** No edits when nothing can be fixed: on every save that is the rule, not a failure. */
export function fixSafely(analysis: Analysis, world: World): Change {
  return { edits: diff(analysis.text, world.fixAll(analysis, { safety: 'safe' }).text) };
}
