// All safe fixes by name, also on save. Not in the light bulb, because that costs a run of fix-all.
import { fixAllKind } from '../../protocol/names';
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
