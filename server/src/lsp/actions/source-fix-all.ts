// The same on save, or by name. Unasked, a client gets it with no list: it costs a run of fix-all.
import { fixAllKind } from '../../protocol';
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
    yield { title: 'Fix all safe Drydock problems', data: {} };
  },

  make: (_, analysis, world) => fixSafely(analysis, world),
});
