// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import addInsteadOfCopy from './add-instead-of-copy';
import addRemoteUnverified from './add-remote-unverified';
import apacheReleaseNotArchived from './apache-release-not-archived';
import apkNoCache from './apk-no-cache';
import apkPinVersions from './apk-pin-versions';
import aptCacheMount from './apt-cache-mount';
import aptGetYes from './apt-get-yes';
import aptInstallWithoutUpdate from './apt-install-without-update';
import aptListsCleanup from './apt-lists-cleanup';
import aptNoInstallRecommends from './apt-no-install-recommends';
import aptPinVersions from './apt-pin-versions';
import aptUseAptGet from './apt-use-apt-get';
import artifactInCacheMount from './artifact-in-cache-mount';
import cacheMountNotRepeated from './cache-mount-not-repeated';
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
import copyFromUnknownStage from './copy-from-unknown-stage';
import copyIgnoredFile from './copy-ignored-file';
import copyRelativeWithoutWorkdir from './copy-relative-without-workdir';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import copySourceMissing from './copy-source-missing';
import copyWholeFilesystem from './copy-whole-filesystem';
import defaultTargetIsDebug from './default-target-is-debug';
import definitionDescription from './definition-description';
import directiveCasing from './directive-casing';
import directiveDuplicate from './directive-duplicate';
import directiveEscapeInvalid from './directive-escape-invalid';
import distributionUpgrade from './distribution-upgrade';
import dnfCleanup from './dnf-cleanup';
import dnfPinVersions from './dnf-pin-versions';
import dnfYes from './dnf-yes';
import dockerfileWithoutStage from './dockerfile-without-stage';
import dockerignoreIncomplete from './dockerignore-incomplete';
import dockerignoreMissing from './dockerignore-missing';
import downloadHostGone from './download-host-gone';
import entrypointMultiple from './entrypoint-multiple';
import envSelfReference from './env-self-reference';
import execFormSentence from './exec-form-sentence';
import exposeHostMapping from './expose-host-mapping';
import exposeProtocolCasing from './expose-protocol-casing';
import exposeSshPort from './expose-ssh-port';
import fileNotADockerfile from './file-not-a-dockerfile';
import finalStageSdkImage from './final-stage-sdk-image';
import flagDuplicate from './flag-duplicate';
import flagUnknown from './flag-unknown';
import flagValueInvalid from './flag-value-invalid';
import fromArgDefaultInvalid from './from-arg-default-invalid';
import fromArgUndeclared from './from-arg-undeclared';
import fromAsCasing from './from-as-casing';
import fromPlatformConstant from './from-platform-constant';
import fromPlatformRedundant from './from-platform-redundant';
import gemNeedsNewerRuby from './gem-needs-newer-ruby';
import goBuildReproducible from './go-build-reproducible';
import goGetOutsideModule from './go-get-outside-module';
import groupNameUnresolvable from './group-name-unresolvable';
import healthcheckDurationInvalid from './healthcheck-duration-invalid';
import healthcheckMissing from './healthcheck-missing';
import healthcheckMultiple from './healthcheck-multiple';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageMoved from './image-moved';
import imageReferenceInvalid from './image-reference-invalid';
import imageTagLatest from './image-tag-latest';
import imageTagMissing from './image-tag-missing';
import instructionArgumentMissing from './instruction-argument-missing';
import instructionCasing from './instruction-casing';
import instructionUnknown from './instruction-unknown';
import invisibleCharacters from './invisible-characters';
import jsonArrayMalformed from './json-array-malformed';
import keyValueLegacyFormat from './key-value-legacy-format';
import lockfileInstall from './lockfile-install';
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import noShellInBase from './no-shell-in-base';
import npmCacheClean from './npm-cache-clean';
import npmNeedsNewerNode from './npm-needs-newer-node';
import onbuildTriggerForbidden from './onbuild-trigger-forbidden';
import packageUpdateAlone from './package-update-alone';
import packageUpgradeAll from './package-upgrade-all';
import pipExtraIndexUrl from './pip-extra-index-url';
import pipNoCacheDir from './pip-no-cache-dir';
import runSudo from './run-sudo';
import secretInArgOrEnv from './secret-in-arg-or-env';
import stageNameCasing from './stage-name-casing';
import stageNameDuplicate from './stage-name-duplicate';
import stageNameReserved from './stage-name-reserved';
import staticBaseNeedsStaticGo from './static-base-needs-static-go';
import staticBaseNeedsStaticRust from './static-base-needs-static-rust';
import stopsignalInvalid from './stopsignal-invalid';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxMalformed from './syntax-malformed';
import templatePlaceholders from './template-placeholders';
import undefinedVariable from './undefined-variable';
import userIdTaken from './user-id-taken';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userRoot from './user-root';
import userToolOfOtherDistribution from './user-tool-of-other-distribution';
import variableModifierUnsupported from './variable-modifier-unsupported';
import workdirRelative from './workdir-relative';
import workdirSystemDirectory from './workdir-system-directory';
import yarnCacheClean from './yarn-cache-clean';
import yumCleanup from './yum-cleanup';
import yumPinVersions from './yum-pin-versions';
import yumYes from './yum-yes';
import zypperCleanup from './zypper-cleanup';
import zypperPinVersions from './zypper-pin-versions';
import zypperYes from './zypper-yes';

export const rules: readonly Rule[] = [
  addInsteadOfCopy,
  addRemoteUnverified,
  apacheReleaseNotArchived,
  apkNoCache,
  apkPinVersions,
  aptCacheMount,
  aptGetYes,
  aptInstallWithoutUpdate,
  aptListsCleanup,
  aptNoInstallRecommends,
  aptPinVersions,
  aptUseAptGet,
  artifactInCacheMount,
  cacheMountNotRepeated,
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
  copyFromUnknownStage,
  copyIgnoredFile,
  copyRelativeWithoutWorkdir,
  copySourceBeforeDependencies,
  copySourceMissing,
  copyWholeFilesystem,
  defaultTargetIsDebug,
  definitionDescription,
  directiveCasing,
  directiveDuplicate,
  directiveEscapeInvalid,
  distributionUpgrade,
  dnfCleanup,
  dnfPinVersions,
  dnfYes,
  dockerfileWithoutStage,
  dockerignoreIncomplete,
  dockerignoreMissing,
  downloadHostGone,
  entrypointMultiple,
  envSelfReference,
  execFormSentence,
  exposeHostMapping,
  exposeProtocolCasing,
  exposeSshPort,
  fileNotADockerfile,
  finalStageSdkImage,
  flagDuplicate,
  flagUnknown,
  flagValueInvalid,
  fromArgDefaultInvalid,
  fromArgUndeclared,
  fromAsCasing,
  fromPlatformConstant,
  fromPlatformRedundant,
  gemNeedsNewerRuby,
  goBuildReproducible,
  goGetOutsideModule,
  groupNameUnresolvable,
  healthcheckDurationInvalid,
  healthcheckMissing,
  healthcheckMultiple,
  imageDebugVariant,
  imageDigestMissing,
  imageMoved,
  imageReferenceInvalid,
  imageTagLatest,
  imageTagMissing,
  instructionArgumentMissing,
  instructionCasing,
  instructionUnknown,
  invisibleCharacters,
  jsonArrayMalformed,
  keyValueLegacyFormat,
  lockfileInstall,
  maintainerDeprecated,
  multipleServices,
  noShellInBase,
  npmCacheClean,
  npmNeedsNewerNode,
  onbuildTriggerForbidden,
  packageUpdateAlone,
  packageUpgradeAll,
  pipExtraIndexUrl,
  pipNoCacheDir,
  runSudo,
  secretInArgOrEnv,
  stageNameCasing,
  stageNameDuplicate,
  stageNameReserved,
  staticBaseNeedsStaticGo,
  staticBaseNeedsStaticRust,
  stopsignalInvalid,
  syntaxDirectiveMissing,
  syntaxMalformed,
  templatePlaceholders,
  undefinedVariable,
  userIdTaken,
  userMissing,
  userNameUnresolvable,
  userRoot,
  userToolOfOtherDistribution,
  variableModifierUnsupported,
  workdirRelative,
  workdirSystemDirectory,
  yarnCacheClean,
  yumCleanup,
  yumPinVersions,
  yumYes,
  zypperCleanup,
  zypperPinVersions,
  zypperYes,
];
