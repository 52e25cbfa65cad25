// Applies the suggested fixes of a file with the safe ones. Only by name, because image and behaviour may change.
import { diff } from '../../core/text/diff';
import { fixSuggestedKind } from '../../protocol/names';
import { actionKind } from './action';
import { shape } from '../shape';

export const sourceFixSuggested = actionKind({
  name: 'sourceFixSuggested',
  lsp: fixSuggestedKind,
  needs: undefined,
  onlyWhenAsked: true,
  data: shape({}),

  *offer() {
    yield { title: 'Apply all suggested fixes in this file', data: {} };
  },

  make(_, analysis, world) {
    const { text, applied } = world.fixAll(analysis, { safety: 'suggested' });
    const count = applied.length;
    if (count === 0) return { edits: [], nothing: 'No problem in this file has a safe or suggested fix' };
    const news = [`Applied ${count} ${count === 1 ? 'fix' : 'fixes'}, suggested ones too`];
    return { edits: diff(analysis.text, text), news };
  },
});
