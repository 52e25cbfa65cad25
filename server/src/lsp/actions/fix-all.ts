// Applies every safe fix of the file. In the light bulb if the file has several, and one of them is here.
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
      yield { title: 'Fix all auto-fixable problems in this file', data: {} };
  },

  make: (_, analysis, world) => fixSafely(analysis, world),
});

/** No edits if nothing can be fixed: on save that is normal, not a failure. */
export function fixSafely(analysis: Analysis, world: World): Change {
  return { edits: diff(analysis.text, world.fixAll(analysis, { safety: 'safe' }).text) };
}
