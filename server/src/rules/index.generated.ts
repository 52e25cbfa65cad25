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
import continuationSwallowsInstruction from './continuation-swallows-instruction';
import copyDestinationNotDirectory from './copy-destination-not-directory';
import copyEverything from './copy-everything';
import copyFromIndex from './copy-from-index';
import copyFromSelf from './copy-from-self';
import copyFromVariable from './copy-from-variable';
import copyIgnoredFile from './copy-ignored-file';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import copySourceMissing from './copy-source-missing';
import defaultTargetIsDebug from './default-target-is-debug';
import definitionDescription from './definition-description';
import directiveCasing from './directive-casing';
import directiveDuplicate from './directive-duplicate';
import directiveEscapeInvalid from './directive-escape-invalid';
import directiveMisplaced from './directive-misplaced';
import dnfYes from './dnf-yes';
import dockerfileWithoutStage from './dockerfile-without-stage';
import dockerignoreIncomplete from './dockerignore-incomplete';
import dockerignoreMissing from './dockerignore-missing';
import entrypointMultiple from './entrypoint-multiple';
import envSelfReference from './env-self-reference';
import execFormSentence from './exec-form-sentence';
import exposeHostMapping from './expose-host-mapping';
import exposePortInvalid from './expose-port-invalid';
import exposeProtocolCasing from './expose-protocol-casing';
import exposeProtocolInvalid from './expose-protocol-invalid';
import exposeSshPort from './expose-ssh-port';
import fileNotADockerfile from './file-not-a-dockerfile';
import finalStageSdkImage from './final-stage-sdk-image';
import flagDuplicate from './flag-duplicate';
import flagUnknown from './flag-unknown';
import flagValueInvalid from './flag-value-invalid';
import fromArgDefaultInvalid from './from-arg-default-invalid';
import fromArgUndeclared from './from-arg-undeclared';
import fromAsCasing from './from-as-casing';
import fromAsKeyword from './from-as-keyword';
import fromPlatformConstant from './from-platform-constant';
import fromPlatformRedundant from './from-platform-redundant';
import healthcheckDurationInvalid from './healthcheck-duration-invalid';
import healthcheckFormInvalid from './healthcheck-form-invalid';
import healthcheckMissing from './healthcheck-missing';
import healthcheckMultiple from './healthcheck-multiple';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageReferenceInvalid from './image-reference-invalid';
import imageTagLatest from './image-tag-latest';
import imageTagMissing from './image-tag-missing';
import instructionArgumentExtra from './instruction-argument-extra';
import instructionArgumentMissing from './instruction-argument-missing';
import instructionBeforeFrom from './instruction-before-from';
import instructionCasing from './instruction-casing';
import instructionUnknown from './instruction-unknown';
import invisibleCharacters from './invisible-characters';
import jsonArrayMalformed from './json-array-malformed';
import keyValueLegacyFormat from './key-value-legacy-format';
import keyValueMissingEquals from './key-value-missing-equals';
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import noShellInBase from './no-shell-in-base';
import onbuildTriggerForbidden from './onbuild-trigger-forbidden';
import packageUpdateAlone from './package-update-alone';
import pipNoCacheDir from './pip-no-cache-dir';
import quoteUnterminated from './quote-unterminated';
import runSudo from './run-sudo';
import secretInArgOrEnv from './secret-in-arg-or-env';
import shellNotJson from './shell-not-json';
import stageNameCasing from './stage-name-casing';
import stageNameDuplicate from './stage-name-duplicate';
import stageNameInvalid from './stage-name-invalid';
import stageNameReserved from './stage-name-reserved';
import stopsignalInvalid from './stopsignal-invalid';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxDirectiveOutdated from './syntax-directive-outdated';
import syntaxMalformed from './syntax-malformed';
import templatePlaceholders from './template-placeholders';
import undefinedVariable from './undefined-variable';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userRoot from './user-root';
import variableModifierUnsupported from './variable-modifier-unsupported';
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
  continuationSwallowsInstruction,
  copyDestinationNotDirectory,
  copyEverything,
  copyFromIndex,
  copyFromSelf,
  copyFromVariable,
  copyIgnoredFile,
  copySourceBeforeDependencies,
  copySourceMissing,
  defaultTargetIsDebug,
  definitionDescription,
  directiveCasing,
  directiveDuplicate,
  directiveEscapeInvalid,
  directiveMisplaced,
  dnfYes,
  dockerfileWithoutStage,
  dockerignoreIncomplete,
  dockerignoreMissing,
  entrypointMultiple,
  envSelfReference,
  execFormSentence,
  exposeHostMapping,
  exposePortInvalid,
  exposeProtocolCasing,
  exposeProtocolInvalid,
  exposeSshPort,
  fileNotADockerfile,
  finalStageSdkImage,
  flagDuplicate,
  flagUnknown,
  flagValueInvalid,
  fromArgDefaultInvalid,
  fromArgUndeclared,
  fromAsCasing,
  fromAsKeyword,
  fromPlatformConstant,
  fromPlatformRedundant,
  healthcheckDurationInvalid,
  healthcheckFormInvalid,
  healthcheckMissing,
  healthcheckMultiple,
  imageDebugVariant,
  imageDigestMissing,
  imageReferenceInvalid,
  imageTagLatest,
  imageTagMissing,
  instructionArgumentExtra,
  instructionArgumentMissing,
  instructionBeforeFrom,
  instructionCasing,
  instructionUnknown,
  invisibleCharacters,
  jsonArrayMalformed,
  keyValueLegacyFormat,
  keyValueMissingEquals,
  maintainerDeprecated,
  multipleServices,
  noShellInBase,
  onbuildTriggerForbidden,
  packageUpdateAlone,
  pipNoCacheDir,
  quoteUnterminated,
  runSudo,
  secretInArgOrEnv,
  shellNotJson,
  stageNameCasing,
  stageNameDuplicate,
  stageNameInvalid,
  stageNameReserved,
  stopsignalInvalid,
  syntaxDirectiveMissing,
  syntaxDirectiveOutdated,
  syntaxMalformed,
  templatePlaceholders,
  undefinedVariable,
  userMissing,
  userNameUnresolvable,
  userRoot,
  variableModifierUnsupported,
  workdirRelative,
  workdirSystemDirectory,
  yumYes,
  zypperYes,
];
