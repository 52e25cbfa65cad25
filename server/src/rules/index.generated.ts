// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import continuationBroken from './continuation-broken';
import continuationEmptyLine from './continuation-empty-line';
import fromAsCasing from './from-as-casing';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageTagLatest from './image-tag-latest';
import imageTagMissing from './image-tag-missing';
import instructionArgumentMissing from './instruction-argument-missing';
import instructionCasing from './instruction-casing';
import instructionUnknown from './instruction-unknown';
import maintainerDeprecated from './maintainer-deprecated';
import stageNameCasing from './stage-name-casing';
import syntaxDirectiveMissing from './syntax-directive-missing';
import workdirRelative from './workdir-relative';

export const rules: readonly Rule[] = [
  continuationBroken,
  continuationEmptyLine,
  fromAsCasing,
  imageDebugVariant,
  imageDigestMissing,
  imageTagLatest,
  imageTagMissing,
  instructionArgumentMissing,
  instructionCasing,
  instructionUnknown,
  maintainerDeprecated,
  stageNameCasing,
  syntaxDirectiveMissing,
  workdirRelative,
];
