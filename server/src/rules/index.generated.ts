// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
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
import copyDestinationNotDirectory from './copy-destination-not-directory';
import copyEverything from './copy-everything';
import copyFromIndex from './copy-from-index';
import copyFromSelf from './copy-from-self';
import copyIgnoredFile from './copy-ignored-file';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import copySourceMissing from './copy-source-missing';
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
import finalStageSdkImage from './final-stage-sdk-image';
import fromArgDefaultInvalid from './from-arg-default-invalid';
import fromArgUndeclared from './from-arg-undeclared';
import fromAsCasing from './from-as-casing';
import fromPlatformConstant from './from-platform-constant';
import fromPlatformRedundant from './from-platform-redundant';
import healthcheckExecForm from './healthcheck-exec-form';
import healthcheckMissing from './healthcheck-missing';
import healthcheckMultiple from './healthcheck-multiple';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageReferenceInvalid from './image-reference-invalid';
import imageTagLatest from './image-tag-latest';
import imageTagMissing from './image-tag-missing';
import instructionArgumentMissing from './instruction-argument-missing';
import instructionCasing from './instruction-casing';
import instructionUnknown from './instruction-unknown';
import invisibleCharacters from './invisible-characters';
import jsonArrayMalformed from './json-array-malformed';
import keyValueLegacyFormat from './key-value-legacy-format';
import labelDuplicateKey from './label-duplicate-key';
import labelEmpty from './label-empty';
import labelKeyInvalid from './label-key-invalid';
import labelNotEmail from './label-not-email';
import labelNotGitHash from './label-not-git-hash';
import labelNotRfc3339 from './label-not-rfc3339';
import labelNotSemver from './label-not-semver';
import labelNotSpdx from './label-not-spdx';
import labelNotUrl from './label-not-url';
import labelRequiredMissing from './label-required-missing';
import labelSuperfluous from './label-superfluous';
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import noShellInBase from './no-shell-in-base';
import nondeterministicCommand from './nondeterministic-command';
import ociLabelsMissing from './oci-labels-missing';
import packageUpdateAlone from './package-update-alone';
import pipNoCacheDir from './pip-no-cache-dir';
import portPrivileged from './port-privileged';
import runSudo from './run-sudo';
import secretInArgOrEnv from './secret-in-arg-or-env';
import sourceDateEpochMissing from './source-date-epoch-missing';
import stageNameCasing from './stage-name-casing';
import stageNameDuplicate from './stage-name-duplicate';
import stageNameReserved from './stage-name-reserved';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxMalformed from './syntax-malformed';
import templatePlaceholders from './template-placeholders';
import undefinedVariable from './undefined-variable';
import userCreatedNotUsed from './user-created-not-used';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userNotNumeric from './user-not-numeric';
import userRoot from './user-root';
import workdirRelative from './workdir-relative';
import workdirSystemDirectory from './workdir-system-directory';
import yumYes from './yum-yes';
import zypperYes from './zypper-yes';

export const rules: readonly Rule[] = [
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
  copyDestinationNotDirectory,
  copyEverything,
  copyFromIndex,
  copyFromSelf,
  copyIgnoredFile,
  copySourceBeforeDependencies,
  copySourceMissing,
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
  finalStageSdkImage,
  fromArgDefaultInvalid,
  fromArgUndeclared,
  fromAsCasing,
  fromPlatformConstant,
  fromPlatformRedundant,
  healthcheckExecForm,
  healthcheckMissing,
  healthcheckMultiple,
  imageDebugVariant,
  imageDigestMissing,
  imageReferenceInvalid,
  imageTagLatest,
  imageTagMissing,
  instructionArgumentMissing,
  instructionCasing,
  instructionUnknown,
  invisibleCharacters,
  jsonArrayMalformed,
  keyValueLegacyFormat,
  labelDuplicateKey,
  labelEmpty,
  labelKeyInvalid,
  labelNotEmail,
  labelNotGitHash,
  labelNotRfc3339,
  labelNotSemver,
  labelNotSpdx,
  labelNotUrl,
  labelRequiredMissing,
  labelSuperfluous,
  maintainerDeprecated,
  multipleServices,
  noShellInBase,
  nondeterministicCommand,
  ociLabelsMissing,
  packageUpdateAlone,
  pipNoCacheDir,
  portPrivileged,
  runSudo,
  secretInArgOrEnv,
  sourceDateEpochMissing,
  stageNameCasing,
  stageNameDuplicate,
  stageNameReserved,
  syntaxDirectiveMissing,
  syntaxMalformed,
  templatePlaceholders,
  undefinedVariable,
  userCreatedNotUsed,
  userMissing,
  userNameUnresolvable,
  userNotNumeric,
  userRoot,
  workdirRelative,
  workdirSystemDirectory,
  yumYes,
  zypperYes,
];
