// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import addInsteadOfCopy from './add-instead-of-copy';
import addRemoteUnverified from './add-remote-unverified';
import alpinePythonNativeWheels from './alpine-python-native-wheels';
import apacheReleaseNotArchived from './apache-release-not-archived';
import apkAllowUntrusted from './apk-allow-untrusted';
import apkNoCache from './apk-no-cache';
import apkPinVersions from './apk-pin-versions';
import aptCacheMount from './apt-cache-mount';
import aptGetYes from './apt-get-yes';
import aptInstallWithoutUpdate from './apt-install-without-update';
import aptKeyGone from './apt-key-gone';
import aptListsCleanup from './apt-lists-cleanup';
import aptNoInstallRecommends from './apt-no-install-recommends';
import aptPinVersions from './apt-pin-versions';
import aptUnauthenticated from './apt-unauthenticated';
import aptUseAptGet from './apt-use-apt-get';
import artifactInCacheMount from './artifact-in-cache-mount';
import bashSyntaxInSh from './bash-syntax-in-sh';
import buildPackagesLeftOut from './build-packages-left-out';
import cacheMountIneffective from './cache-mount-ineffective';
import cacheMountNotRepeated from './cache-mount-not-repeated';
import cdUnchecked from './cd-unchecked';
import changingArgumentEarly from './changing-argument-early';
import cleanupInLaterLayer from './cleanup-in-later-layer';
import cmdExecForm from './cmd-exec-form';
import cmdMultiple from './cmd-multiple';
import cmdRepeatsEntrypoint from './cmd-repeats-entrypoint';
import commandInBackground from './command-in-background';
import commandNotInstalled from './command-not-installed';
import commandTakenAsArgument from './command-taken-as-argument';
import commentEndsCommand from './comment-ends-command';
import commentInArguments from './comment-in-arguments';
import continuationBroken from './continuation-broken';
import continuationEmptyLine from './continuation-empty-line';
import continuationSwallowsInstruction from './continuation-swallows-instruction';
import copiedThenOwned from './copied-then-owned';
import copyAfterUserWithoutChown from './copy-after-user-without-chown';
import copyArchiveThenExtract from './copy-archive-then-extract';
import copyChownFlag from './copy-chown-flag';
import copyDestinationNotDirectory from './copy-destination-not-directory';
import copyEverything from './copy-everything';
import copyFromIndex from './copy-from-index';
import copyFromSelf from './copy-from-self';
import copyFromUnknownStage from './copy-from-unknown-stage';
import copyFromVariable from './copy-from-variable';
import copyIgnoredFile from './copy-ignored-file';
import copyRelativeWithoutWorkdir from './copy-relative-without-workdir';
import copyRemoteSource from './copy-remote-source';
import copySecretFile from './copy-secret-file';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import copySourceMissing from './copy-source-missing';
import copyWholeFilesystem from './copy-whole-filesystem';
import corepackGone from './corepack-gone';
import crossBuildForBuilder from './cross-build-for-builder';
import defaultPasswordShipped from './default-password-shipped';
import defaultTargetIsDebug from './default-target-is-debug';
import definitionDescription from './definition-description';
import developmentPackagesShipped from './development-packages-shipped';
import developmentServerStarted from './development-server-started';
import directiveCasing from './directive-casing';
import directiveDuplicate from './directive-duplicate';
import directiveEscapeInvalid from './directive-escape-invalid';
import directiveMisplaced from './directive-misplaced';
import distributionUpgrade from './distribution-upgrade';
import dnfCleanup from './dnf-cleanup';
import dnfPinVersions from './dnf-pin-versions';
import dnfYes from './dnf-yes';
import dockerInImage from './docker-in-image';
import dockerSocketVolume from './docker-socket-volume';
import dockerfileWithoutStage from './dockerfile-without-stage';
import dockerignoreIncomplete from './dockerignore-incomplete';
import dockerignoreMissing from './dockerignore-missing';
import downloadHostGone from './download-host-gone';
import downloadTlsOff from './download-tls-off';
import editableInstallCopied from './editable-install-copied';
import entrypointMultiple from './entrypoint-multiple';
import envSelfReference from './env-self-reference';
import environmentTlsOff from './environment-tls-off';
import execFormOperator from './exec-form-operator';
import execFormSentence from './exec-form-sentence';
import exposeHostMapping from './expose-host-mapping';
import exposePortInvalid from './expose-port-invalid';
import exposeProtocolCasing from './expose-protocol-casing';
import exposeProtocolInvalid from './expose-protocol-invalid';
import exposeSshPort from './expose-ssh-port';
import fileNotADockerfile from './file-not-a-dockerfile';
import finalStageBuildTools from './final-stage-build-tools';
import finalStageNotMinimal from './final-stage-not-minimal';
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
import gemNeedsNewerRuby from './gem-needs-newer-ruby';
import gemPinVersions from './gem-pin-versions';
import goBuildManyPackages from './go-build-many-packages';
import goBuildReproducible from './go-build-reproducible';
import goGetOutsideModule from './go-get-outside-module';
import goPinVersions from './go-pin-versions';
import goPrivateUnset from './go-private-unset';
import groupNameUnresolvable from './group-name-unresolvable';
import healthcheckCurlWithoutFail from './healthcheck-curl-without-fail';
import healthcheckDurationInvalid from './healthcheck-duration-invalid';
import healthcheckExecForm from './healthcheck-exec-form';
import healthcheckFormInvalid from './healthcheck-form-invalid';
import healthcheckMissing from './healthcheck-missing';
import healthcheckMultiple from './healthcheck-multiple';
import healthcheckToolMissing from './healthcheck-tool-missing';
import heredocErrorsLost from './heredoc-errors-lost';
import imageDebugVariant from './image-debug-variant';
import imageDigestMissing from './image-digest-missing';
import imageMoved from './image-moved';
import imageNameMisspelt from './image-name-misspelt';
import imagePlatformMismatch from './image-platform-mismatch';
import imageReferenceInvalid from './image-reference-invalid';
import imageRegistryUntrusted from './image-registry-untrusted';
import imageRetired from './image-retired';
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
import languageCacheMount from './language-cache-mount';
import layertoolsGone from './layertools-gone';
import lockfileInstall from './lockfile-install';
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import nextStaticMissing from './next-static-missing';
import noInlineIgnore from './no-inline-ignore';
import noShellInBase from './no-shell-in-base';
import nodeTooOld from './node-too-old';
import nodesourceVersionGone from './nodesource-version-gone';
import nondeterministicCommand from './nondeterministic-command';
import npmCacheClean from './npm-cache-clean';
import npmNeedsNewerNode from './npm-needs-newer-node';
import npmPinVersions from './npm-pin-versions';
import npmScriptWithoutRun from './npm-script-without-run';
import npmTlsOff from './npm-tls-off';
import ociLabelsMissing from './oci-labels-missing';
import onbuildTriggerForbidden from './onbuild-trigger-forbidden';
import outputFolderMissing from './output-folder-missing';
import packageArchiveEnding from './package-archive-ending';
import packageArchiveMoved from './package-archive-moved';
import packageManagerStartsProgram from './package-manager-starts-program';
import packageNotInRelease from './package-not-in-release';
import packageUpdateAlone from './package-update-alone';
import packageUpgradeAll from './package-upgrade-all';
import packageVersionNotInRelease from './package-version-not-in-release';
import pipExternallyManaged from './pip-externally-managed';
import pipExtraIndexUrl from './pip-extra-index-url';
import pipNeedsNewerPython from './pip-needs-newer-python';
import pipNoCacheDir from './pip-no-cache-dir';
import pipPinVersions from './pip-pin-versions';
import pipTrustedHost from './pip-trusted-host';
import pipefail from './pipefail';
import poetryExportGone from './poetry-export-gone';
import portPrivileged from './port-privileged';
import projectFileNotCopied from './project-file-not-copied';
import quoteUnterminated from './quote-unterminated';
import requiredVariableUnset from './required-variable-unset';
import rpmSignatureCheckOff from './rpm-signature-check-off';
import runCd from './run-cd';
import runChpasswd from './run-chpasswd';
import runConsolidate from './run-consolidate';
import runSecurityInsecure from './run-security-insecure';
import runSudo from './run-sudo';
import runUselessCommand from './run-useless-command';
import scratchWithoutCaCertificates from './scratch-without-ca-certificates';
import scriptInterpreterMissing from './script-interpreter-missing';
import scriptLineEndings from './script-line-endings';
import scriptNotExecutable from './script-not-executable';
import secretInArgOrEnv from './secret-in-arg-or-env';
import secretInRunCommand from './secret-in-run-command';
import secretLiteral from './secret-literal';
import secretMountUnreadable from './secret-mount-unreadable';
import shellNotJson from './shell-not-json';
import shellSymlink from './shell-symlink';
import shellVariableUnset from './shell-variable-unset';
import sourceDateEpochInvalid from './source-date-epoch-invalid';
import sourceDateEpochMissing from './source-date-epoch-missing';
import stageAbiMismatch from './stage-abi-mismatch';
import stageCopiedWhole from './stage-copied-whole';
import stageNameCasing from './stage-name-casing';
import stageNameDuplicate from './stage-name-duplicate';
import stageNameInvalid from './stage-name-invalid';
import stageNameReserved from './stage-name-reserved';
import stageUnused from './stage-unused';
import startedFileMissing from './started-file-missing';
import staticBaseNeedsStaticGo from './static-base-needs-static-go';
import staticBaseNeedsStaticRust from './static-base-needs-static-rust';
import stopsignalInvalid from './stopsignal-invalid';
import suppressionUnused from './suppression-unused';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxDirectiveOutdated from './syntax-directive-outdated';
import syntaxMalformed from './syntax-malformed';
import targetArchitectureFixed from './target-architecture-fixed';
import templatePlaceholders from './template-placeholders';
import testStageNotRun from './test-stage-not-run';
import timezoneDataMissing from './timezone-data-missing';
import undefinedVariable from './undefined-variable';
import userCreatedNotUsed from './user-created-not-used';
import userIdTaken from './user-id-taken';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userNotNumeric from './user-not-numeric';
import userRoot from './user-root';
import userToolOfOtherDistribution from './user-tool-of-other-distribution';
import useraddNoLogInit from './useradd-no-log-init';
import variableModifierUnsupported from './variable-modifier-unsupported';
import variableUnquoted from './variable-unquoted';
import versionTakenAsRedirection from './version-taken-as-redirection';
import virtualenvMoved from './virtualenv-moved';
import wgetAndCurl from './wget-and-curl';
import wgetProgress from './wget-progress';
import workdirRelative from './workdir-relative';
import workdirSystemDirectory from './workdir-system-directory';
import writesLostFile from './writes-lost-file';
import yarnCacheClean from './yarn-cache-clean';
import yarnNodeModulesMissing from './yarn-node-modules-missing';
import yarnOptionRefused from './yarn-option-refused';
import yumCleanup from './yum-cleanup';
import yumPinVersions from './yum-pin-versions';
import yumYes from './yum-yes';
import zypperCleanup from './zypper-cleanup';
import zypperPinVersions from './zypper-pin-versions';
import zypperYes from './zypper-yes';

export const rules: readonly Rule[] = [
  addInsteadOfCopy,
  addRemoteUnverified,
  alpinePythonNativeWheels,
  apacheReleaseNotArchived,
  apkAllowUntrusted,
  apkNoCache,
  apkPinVersions,
  aptCacheMount,
  aptGetYes,
  aptInstallWithoutUpdate,
  aptKeyGone,
  aptListsCleanup,
  aptNoInstallRecommends,
  aptPinVersions,
  aptUnauthenticated,
  aptUseAptGet,
  artifactInCacheMount,
  bashSyntaxInSh,
  buildPackagesLeftOut,
  cacheMountIneffective,
  cacheMountNotRepeated,
  cdUnchecked,
  changingArgumentEarly,
  cleanupInLaterLayer,
  cmdExecForm,
  cmdMultiple,
  cmdRepeatsEntrypoint,
  commandInBackground,
  commandNotInstalled,
  commandTakenAsArgument,
  commentEndsCommand,
  commentInArguments,
  continuationBroken,
  continuationEmptyLine,
  continuationSwallowsInstruction,
  copiedThenOwned,
  copyAfterUserWithoutChown,
  copyArchiveThenExtract,
  copyChownFlag,
  copyDestinationNotDirectory,
  copyEverything,
  copyFromIndex,
  copyFromSelf,
  copyFromUnknownStage,
  copyFromVariable,
  copyIgnoredFile,
  copyRelativeWithoutWorkdir,
  copyRemoteSource,
  copySecretFile,
  copySourceBeforeDependencies,
  copySourceMissing,
  copyWholeFilesystem,
  corepackGone,
  crossBuildForBuilder,
  defaultPasswordShipped,
  defaultTargetIsDebug,
  definitionDescription,
  developmentPackagesShipped,
  developmentServerStarted,
  directiveCasing,
  directiveDuplicate,
  directiveEscapeInvalid,
  directiveMisplaced,
  distributionUpgrade,
  dnfCleanup,
  dnfPinVersions,
  dnfYes,
  dockerInImage,
  dockerSocketVolume,
  dockerfileWithoutStage,
  dockerignoreIncomplete,
  dockerignoreMissing,
  downloadHostGone,
  downloadTlsOff,
  editableInstallCopied,
  entrypointMultiple,
  envSelfReference,
  environmentTlsOff,
  execFormOperator,
  execFormSentence,
  exposeHostMapping,
  exposePortInvalid,
  exposeProtocolCasing,
  exposeProtocolInvalid,
  exposeSshPort,
  fileNotADockerfile,
  finalStageBuildTools,
  finalStageNotMinimal,
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
  gemNeedsNewerRuby,
  gemPinVersions,
  goBuildManyPackages,
  goBuildReproducible,
  goGetOutsideModule,
  goPinVersions,
  goPrivateUnset,
  groupNameUnresolvable,
  healthcheckCurlWithoutFail,
  healthcheckDurationInvalid,
  healthcheckExecForm,
  healthcheckFormInvalid,
  healthcheckMissing,
  healthcheckMultiple,
  healthcheckToolMissing,
  heredocErrorsLost,
  imageDebugVariant,
  imageDigestMissing,
  imageMoved,
  imageNameMisspelt,
  imagePlatformMismatch,
  imageReferenceInvalid,
  imageRegistryUntrusted,
  imageRetired,
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
  languageCacheMount,
  layertoolsGone,
  lockfileInstall,
  maintainerDeprecated,
  multipleServices,
  nextStaticMissing,
  noInlineIgnore,
  noShellInBase,
  nodeTooOld,
  nodesourceVersionGone,
  nondeterministicCommand,
  npmCacheClean,
  npmNeedsNewerNode,
  npmPinVersions,
  npmScriptWithoutRun,
  npmTlsOff,
  ociLabelsMissing,
  onbuildTriggerForbidden,
  outputFolderMissing,
  packageArchiveEnding,
  packageArchiveMoved,
  packageManagerStartsProgram,
  packageNotInRelease,
  packageUpdateAlone,
  packageUpgradeAll,
  packageVersionNotInRelease,
  pipExternallyManaged,
  pipExtraIndexUrl,
  pipNeedsNewerPython,
  pipNoCacheDir,
  pipPinVersions,
  pipTrustedHost,
  pipefail,
  poetryExportGone,
  portPrivileged,
  projectFileNotCopied,
  quoteUnterminated,
  requiredVariableUnset,
  rpmSignatureCheckOff,
  runCd,
  runChpasswd,
  runConsolidate,
  runSecurityInsecure,
  runSudo,
  runUselessCommand,
  scratchWithoutCaCertificates,
  scriptInterpreterMissing,
  scriptLineEndings,
  scriptNotExecutable,
  secretInArgOrEnv,
  secretInRunCommand,
  secretLiteral,
  secretMountUnreadable,
  shellNotJson,
  shellSymlink,
  shellVariableUnset,
  sourceDateEpochInvalid,
  sourceDateEpochMissing,
  stageAbiMismatch,
  stageCopiedWhole,
  stageNameCasing,
  stageNameDuplicate,
  stageNameInvalid,
  stageNameReserved,
  stageUnused,
  startedFileMissing,
  staticBaseNeedsStaticGo,
  staticBaseNeedsStaticRust,
  stopsignalInvalid,
  suppressionUnused,
  syntaxDirectiveMissing,
  syntaxDirectiveOutdated,
  syntaxMalformed,
  targetArchitectureFixed,
  templatePlaceholders,
  testStageNotRun,
  timezoneDataMissing,
  undefinedVariable,
  userCreatedNotUsed,
  userIdTaken,
  userMissing,
  userNameUnresolvable,
  userNotNumeric,
  userRoot,
  userToolOfOtherDistribution,
  useraddNoLogInit,
  variableModifierUnsupported,
  variableUnquoted,
  versionTakenAsRedirection,
  virtualenvMoved,
  wgetAndCurl,
  wgetProgress,
  workdirRelative,
  workdirSystemDirectory,
  writesLostFile,
  yarnCacheClean,
  yarnNodeModulesMissing,
  yarnOptionRefused,
  yumCleanup,
  yumPinVersions,
  yumYes,
  zypperCleanup,
  zypperPinVersions,
  zypperYes,
];
