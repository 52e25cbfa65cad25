// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import continuationEmptyLine from './continuation-empty-line';
import fromAsCasing from './from-as-casing';
import instructionCasing from './instruction-casing';
import maintainerDeprecated from './maintainer-deprecated';
import stageNameCasing from './stage-name-casing';
import syntaxDirectiveMissing from './syntax-directive-missing';
import workdirRelative from './workdir-relative';

export const rules: readonly Rule[] = [
  continuationEmptyLine,
  fromAsCasing,
  instructionCasing,
  maintainerDeprecated,
  stageNameCasing,
  syntaxDirectiveMissing,
  workdirRelative,
];
