// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import apkNoCache from './apk-no-cache';
import aptGetYes from './apt-get-yes';
import aptListsCleanup from './apt-lists-cleanup';
import aptNoInstallRecommends from './apt-no-install-recommends';
import cleanupInLaterLayer from './cleanup-in-later-layer';
import cmdExecForm from './cmd-exec-form';
import commentInArguments from './comment-in-arguments';
import continuationBroken from './continuation-broken';
import continuationEmptyLine from './continuation-empty-line';
import copyEverything from './copy-everything';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import dnfYes from './dnf-yes';
import dockerfileWithoutStage from './dockerfile-without-stage';
import dockerignoreIncomplete from './dockerignore-incomplete';
import dockerignoreMissing from './dockerignore-missing';
import fileNotADockerfile from './file-not-a-dockerfile';
import finalStageSdkImage from './final-stage-sdk-image';
import fromAsCasing from './from-as-casing';
import healthcheckMissing from './healthcheck-missing';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageReferenceInvalid from './image-reference-invalid';
import imageTagLatest from './image-tag-latest';
import imageTagMissing from './image-tag-missing';
import instructionArgumentMissing from './instruction-argument-missing';
import instructionCasing from './instruction-casing';
import instructionUnknown from './instruction-unknown';
import invisibleCharacters from './invisible-characters';
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import noShellInBase from './no-shell-in-base';
import packageUpdateAlone from './package-update-alone';
import pipNoCacheDir from './pip-no-cache-dir';
import runSudo from './run-sudo';
import secretInArgOrEnv from './secret-in-arg-or-env';
import stageNameCasing from './stage-name-casing';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxMalformed from './syntax-malformed';
import templatePlaceholders from './template-placeholders';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userRoot from './user-root';
import workdirRelative from './workdir-relative';
import yumYes from './yum-yes';
import zypperYes from './zypper-yes';

export const rules: readonly Rule[] = [
  apkNoCache,
  aptGetYes,
  aptListsCleanup,
  aptNoInstallRecommends,
  cleanupInLaterLayer,
  cmdExecForm,
  commentInArguments,
  continuationBroken,
  continuationEmptyLine,
  copyEverything,
  copySourceBeforeDependencies,
  dnfYes,
  dockerfileWithoutStage,
  dockerignoreIncomplete,
  dockerignoreMissing,
  fileNotADockerfile,
  finalStageSdkImage,
  fromAsCasing,
  healthcheckMissing,
  imageDebugVariant,
  imageDigestMissing,
  imageReferenceInvalid,
  imageTagLatest,
  imageTagMissing,
  instructionArgumentMissing,
  instructionCasing,
  instructionUnknown,
  invisibleCharacters,
  maintainerDeprecated,
  multipleServices,
  noShellInBase,
  packageUpdateAlone,
  pipNoCacheDir,
  runSudo,
  secretInArgOrEnv,
  stageNameCasing,
  syntaxDirectiveMissing,
  syntaxMalformed,
  templatePlaceholders,
  userMissing,
  userNameUnresolvable,
  userRoot,
  workdirRelative,
  yumYes,
  zypperYes,
];
