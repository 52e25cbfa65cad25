// The kinds of code actions, in the order of the menu.
import type { ActionKind, CommandKind } from './action';
import { ask } from './ask';
import { pinImages, updateDigests } from './digests';
import { explain } from './explain';
import { fix } from './fix';
import { fixAll } from './fix-all';
import { fixRule } from './fix-rule';
import { ignore, ignoreSomewhere } from './ignore';
import { sourceFixAll, sourceFixSuggested } from './source-fix-all';

export const actionKinds: readonly (ActionKind | CommandKind)[] = [
  fix,
  fixRule,
  ask,
  fixAll,
  ignore,
  ignoreSomewhere,
  explain,
  sourceFixAll,
  sourceFixSuggested,
  pinImages,
  updateDigests,
];
