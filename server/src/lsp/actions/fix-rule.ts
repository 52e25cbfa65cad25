// Fixes every finding of a rule in the file.
import { diff } from '../../core/text/diff';
import { CodeActionKind } from '../library';
import { actionKind } from './action';
import { shape, text } from '../shape';

export const fixRule = actionKind({
  name: 'fixRule',
  lsp: CodeActionKind.QuickFix,
  needs: undefined,
  data: shape({ rule: text }),

  *offer({ analysis, ofEachRule }) {
    for (const { rule } of ofEachRule) {
      const same = analysis.result.findings.filter(
        (finding) => finding.rule === rule && finding.fix?.edits.length && finding.fix.safety !== 'manual',
      );
      if (same.length > 1)
        yield { title: `Fix all ${rule.id} problems in this file`, data: { rule: rule.id } };
    }
  },

  make(data, analysis, world) {
    const { text: fixed } = world.fixAll(analysis, {
      safety: 'suggested',
      wanted: ({ rule }) => rule.id === data.rule,
    });
    return { edits: diff(analysis.text, fixed) };
  },
});
