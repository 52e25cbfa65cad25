// The kinds of code actions, in the order of the menu.
import type { ActionKind, CommandKind } from './action';
import { ask } from './ask';
import { baseImage, chooseBase, lookUpBases } from './base-image';
import { pinImages, updateDigests } from './digests';
import { explain } from './explain';
import { fix } from './fix';
import { fixAll } from './fix-all';
import { fixRule } from './fix-rule';
import { ignore, ignoreSomewhere } from './ignore';
import { lookUpPackages } from './look-up-packages';
import { newFromPattern } from './new-from-pattern';
import { sourceFixAll } from './source-fix-all';
import { sourceFixSuggested } from './source-fix-suggested';

export const actionKinds: readonly (ActionKind | CommandKind)[] = [
  fix,
  fixRule,
  ask,
  lookUpPackages,
  fixAll,
  ignore,
  ignoreSomewhere,
  explain,
  chooseBase,
  baseImage,
  lookUpBases,
  newFromPattern,
  sourceFixAll,
  sourceFixSuggested,
  pinImages,
  updateDigests,
];
