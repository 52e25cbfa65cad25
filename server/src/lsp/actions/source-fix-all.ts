// All fixes by name: the safe ones also on save, the suggested ones only when somebody asks for them. Not in the light
// bulb, because they cost a run of fix-all.
import { diff } from '../../core/text/diff';
import { fixAllKind, fixSuggestedKind } from '../../protocol';
import { actionKind } from './action';
import { fixSafely } from './fix-all';
import { shape } from '../shape';

export const sourceFixAll = actionKind({
  name: 'sourceFixAll',
  lsp: fixAllKind,
  needs: undefined,
  onlyWhenAsked: true,
  data: shape({}),

  *offer() {
    yield { title: 'Fix all auto-fixable problems in this file', data: {} };
  },

  make: (_, analysis, world) => fixSafely(analysis, world),
});

export const sourceFixSuggested = actionKind({
  name: 'sourceFixSuggested',
  lsp: fixSuggestedKind,
  needs: undefined,
  onlyWhenAsked: true,
  data: shape({}),

  *offer() {
    yield { title: 'Apply all safe and suggested fixes in this file', data: {} };
  },

  make: (_, analysis, world) => ({
    edits: diff(analysis.text, world.fixAll(analysis, { safety: 'suggested' }).text),
  }),
});
