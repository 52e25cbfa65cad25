// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import addInsteadOfCopy from './add-instead-of-copy';
import addRemoteUnverified from './add-remote-unverified';
import apkNoCache from './apk-no-cache';
import aptGetYes from './apt-get-yes';
import aptListsCleanup from './apt-lists-cleanup';
import aptNoInstallRecommends from './apt-no-install-recommends';
import cleanupInLaterLayer from './cleanup-in-later-layer';
import cmdExecForm from './cmd-exec-form';
import cmdMultiple from './cmd-multiple';
import commandTakenAsArgument from './command-taken-as-argument';
import commentEndsCommand from './comment-ends-command';
import commentInArguments from './comment-in-arguments';
import continuationBroken from './continuation-broken';
import continuationEmptyLine from './continuation-empty-line';
import copyAfterUserWithoutChown from './copy-after-user-without-chown';
import copyArchiveThenExtract from './copy-archive-then-extract';
import copyChownFlag from './copy-chown-flag';
import copyDestinationNotDirectory from './copy-destination-not-directory';
import copyEverything from './copy-everything';
import copyFromIndex from './copy-from-index';
import copyFromSelf from './copy-from-self';
import copyFromUnknownStage from './copy-from-unknown-stage';
import copyIgnoredFile from './copy-ignored-file';
import copyRelativeWithoutWorkdir from './copy-relative-without-workdir';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import copySourceMissing from './copy-source-missing';
import copyWholeFilesystem from './copy-whole-filesystem';
import defaultTargetIsDebug from './default-target-is-debug';
import definitionDescription from './definition-description';
import dnfYes from './dnf-yes';
import dockerfileWithoutStage from './dockerfile-without-stage';
import dockerignoreIncomplete from './dockerignore-incomplete';
import dockerignoreMissing from './dockerignore-missing';
import entrypointMultiple from './entrypoint-multiple';
import envSelfReference from './env-self-reference';
import execFormSentence from './exec-form-sentence';
import exposeHostMapping from './expose-host-mapping';
import exposeProtocolCasing from './expose-protocol-casing';
import exposeSshPort from './expose-ssh-port';
import fileNotADockerfile from './file-not-a-dockerfile';
import finalStageBuildTools from './final-stage-build-tools';
import finalStageNotMinimal from './final-stage-not-minimal';
import finalStageSdkImage from './final-stage-sdk-image';
import fromArgDefaultInvalid from './from-arg-default-invalid';
import fromArgUndeclared from './from-arg-undeclared';
import fromAsCasing from './from-as-casing';
import fromPlatformConstant from './from-platform-constant';
import fromPlatformRedundant from './from-platform-redundant';
import healthcheckMissing from './healthcheck-missing';
import healthcheckMultiple from './healthcheck-multiple';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageReferenceInvalid from './image-reference-invalid';
import imageRegistryUntrusted from './image-registry-untrusted';
import imageTagLatest from './image-tag-latest';
import imageTagMissing from './image-tag-missing';
import instructionArgumentMissing from './instruction-argument-missing';
import instructionCasing from './instruction-casing';
import instructionUnknown from './instruction-unknown';
import invisibleCharacters from './invisible-characters';
import jsonArrayMalformed from './json-array-malformed';
import keyValueLegacyFormat from './key-value-legacy-format';
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import noShellInBase from './no-shell-in-base';
import outputFolderMissing from './output-folder-missing';
import packageUpdateAlone from './package-update-alone';
import pipNoCacheDir from './pip-no-cache-dir';
import runSudo from './run-sudo';
import scratchWithoutCaCertificates from './scratch-without-ca-certificates';
import secretInArgOrEnv from './secret-in-arg-or-env';
import stageAbiMismatch from './stage-abi-mismatch';
import stageCopiedWhole from './stage-copied-whole';
import stageNameCasing from './stage-name-casing';
import stageNameDuplicate from './stage-name-duplicate';
import stageNameReserved from './stage-name-reserved';
import stageUnused from './stage-unused';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxMalformed from './syntax-malformed';
import templatePlaceholders from './template-placeholders';
import testStageNotRun from './test-stage-not-run';
import undefinedVariable from './undefined-variable';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userRoot from './user-root';
import workdirRelative from './workdir-relative';
import workdirSystemDirectory from './workdir-system-directory';
import yumYes from './yum-yes';
import zypperYes from './zypper-yes';

export const rules: readonly Rule[] = [
  addInsteadOfCopy,
  addRemoteUnverified,
  apkNoCache,
  aptGetYes,
  aptListsCleanup,
  aptNoInstallRecommends,
  cleanupInLaterLayer,
  cmdExecForm,
  cmdMultiple,
  commandTakenAsArgument,
  commentEndsCommand,
  commentInArguments,
  continuationBroken,
  continuationEmptyLine,
  copyAfterUserWithoutChown,
  copyArchiveThenExtract,
  copyChownFlag,
  copyDestinationNotDirectory,
  copyEverything,
  copyFromIndex,
  copyFromSelf,
  copyFromUnknownStage,
  copyIgnoredFile,
  copyRelativeWithoutWorkdir,
  copySourceBeforeDependencies,
  copySourceMissing,
  copyWholeFilesystem,
  defaultTargetIsDebug,
  definitionDescription,
  dnfYes,
  dockerfileWithoutStage,
  dockerignoreIncomplete,
  dockerignoreMissing,
  entrypointMultiple,
  envSelfReference,
  execFormSentence,
  exposeHostMapping,
  exposeProtocolCasing,
  exposeSshPort,
  fileNotADockerfile,
  finalStageBuildTools,
  finalStageNotMinimal,
  finalStageSdkImage,
  fromArgDefaultInvalid,
  fromArgUndeclared,
  fromAsCasing,
  fromPlatformConstant,
  fromPlatformRedundant,
  healthcheckMissing,
  healthcheckMultiple,
  imageDebugVariant,
  imageDigestMissing,
  imageReferenceInvalid,
  imageRegistryUntrusted,
  imageTagLatest,
  imageTagMissing,
  instructionArgumentMissing,
  instructionCasing,
  instructionUnknown,
  invisibleCharacters,
  jsonArrayMalformed,
  keyValueLegacyFormat,
  maintainerDeprecated,
  multipleServices,
  noShellInBase,
  outputFolderMissing,
  packageUpdateAlone,
  pipNoCacheDir,
  runSudo,
  scratchWithoutCaCertificates,
  secretInArgOrEnv,
  stageAbiMismatch,
  stageCopiedWhole,
  stageNameCasing,
  stageNameDuplicate,
  stageNameReserved,
  stageUnused,
  syntaxDirectiveMissing,
  syntaxMalformed,
  templatePlaceholders,
  testStageNotRun,
  undefinedVariable,
  userMissing,
  userNameUnresolvable,
  userRoot,
  workdirRelative,
  workdirSystemDirectory,
  yumYes,
  zypperYes,
];
