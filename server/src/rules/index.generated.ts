// Made by `npm run generate` from the files of this folder.
import type { Rule } from '../core/lint/rule';
import apkAllowUntrusted from './apk-allow-untrusted';
import apkNoCache from './apk-no-cache';
import aptGetYes from './apt-get-yes';
import aptListsCleanup from './apt-lists-cleanup';
import aptNoInstallRecommends from './apt-no-install-recommends';
import aptUnauthenticated from './apt-unauthenticated';
import cleanupInLaterLayer from './cleanup-in-later-layer';
import cmdExecForm from './cmd-exec-form';
import cmdMultiple from './cmd-multiple';
import commandTakenAsArgument from './command-taken-as-argument';
import commentEndsCommand from './comment-ends-command';
import commentInArguments from './comment-in-arguments';
import continuationBroken from './continuation-broken';
import continuationEmptyLine from './continuation-empty-line';
import copiedThenOwned from './copied-then-owned';
import copyDestinationNotDirectory from './copy-destination-not-directory';
import copyEverything from './copy-everything';
import copyFromIndex from './copy-from-index';
import copyFromSelf from './copy-from-self';
import copyIgnoredFile from './copy-ignored-file';
import copySecretFile from './copy-secret-file';
import copySourceBeforeDependencies from './copy-source-before-dependencies';
import copySourceMissing from './copy-source-missing';
import defaultPasswordShipped from './default-password-shipped';
import defaultTargetIsDebug from './default-target-is-debug';
import definitionDescription from './definition-description';
import dnfYes from './dnf-yes';
import dockerInImage from './docker-in-image';
import dockerSocketVolume from './docker-socket-volume';
import dockerfileWithoutStage from './dockerfile-without-stage';
import dockerignoreIncomplete from './dockerignore-incomplete';
import dockerignoreMissing from './dockerignore-missing';
import downloadTlsOff from './download-tls-off';
import entrypointMultiple from './entrypoint-multiple';
import envSelfReference from './env-self-reference';
import environmentTlsOff from './environment-tls-off';
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
import maintainerDeprecated from './maintainer-deprecated';
import multipleServices from './multiple-services';
import noShellInBase from './no-shell-in-base';
import npmTlsOff from './npm-tls-off';
import packageUpdateAlone from './package-update-alone';
import pipNoCacheDir from './pip-no-cache-dir';
import pipTrustedHost from './pip-trusted-host';
import pipefail from './pipefail';
import rpmSignatureCheckOff from './rpm-signature-check-off';
import runCd from './run-cd';
import runChpasswd from './run-chpasswd';
import runConsolidate from './run-consolidate';
import runSecurityInsecure from './run-security-insecure';
import runSudo from './run-sudo';
import runUselessCommand from './run-useless-command';
import secretInArgOrEnv from './secret-in-arg-or-env';
import secretInRunCommand from './secret-in-run-command';
import secretLiteral from './secret-literal';
import shellSymlink from './shell-symlink';
import stageNameCasing from './stage-name-casing';
import stageNameDuplicate from './stage-name-duplicate';
import stageNameReserved from './stage-name-reserved';
import syntaxDirectiveMissing from './syntax-directive-missing';
import syntaxMalformed from './syntax-malformed';
import templatePlaceholders from './template-placeholders';
import timezoneDataMissing from './timezone-data-missing';
import undefinedVariable from './undefined-variable';
import userMissing from './user-missing';
import userNameUnresolvable from './user-name-unresolvable';
import userRoot from './user-root';
import useraddNoLogInit from './useradd-no-log-init';
import wgetAndCurl from './wget-and-curl';
import wgetProgress from './wget-progress';
import workdirRelative from './workdir-relative';
import workdirSystemDirectory from './workdir-system-directory';
import writesLostFile from './writes-lost-file';
import yumYes from './yum-yes';
import zypperYes from './zypper-yes';

export const rules: readonly Rule[] = [
  apkAllowUntrusted,
  apkNoCache,
  aptGetYes,
  aptListsCleanup,
  aptNoInstallRecommends,
  aptUnauthenticated,
  cleanupInLaterLayer,
  cmdExecForm,
  cmdMultiple,
  commandTakenAsArgument,
  commentEndsCommand,
  commentInArguments,
  continuationBroken,
  continuationEmptyLine,
  copiedThenOwned,
  copyDestinationNotDirectory,
  copyEverything,
  copyFromIndex,
  copyFromSelf,
  copyIgnoredFile,
  copySecretFile,
  copySourceBeforeDependencies,
  copySourceMissing,
  defaultPasswordShipped,
  defaultTargetIsDebug,
  definitionDescription,
  dnfYes,
  dockerInImage,
  dockerSocketVolume,
  dockerfileWithoutStage,
  dockerignoreIncomplete,
  dockerignoreMissing,
  downloadTlsOff,
  entrypointMultiple,
  envSelfReference,
  environmentTlsOff,
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
  maintainerDeprecated,
  multipleServices,
  noShellInBase,
  npmTlsOff,
  packageUpdateAlone,
  pipNoCacheDir,
  pipTrustedHost,
  pipefail,
  rpmSignatureCheckOff,
  runCd,
  runChpasswd,
  runConsolidate,
  runSecurityInsecure,
  runSudo,
  runUselessCommand,
  secretInArgOrEnv,
  secretInRunCommand,
  secretLiteral,
  shellSymlink,
  stageNameCasing,
  stageNameDuplicate,
  stageNameReserved,
  syntaxDirectiveMissing,
  syntaxMalformed,
  templatePlaceholders,
  timezoneDataMissing,
  undefinedVariable,
  userMissing,
  userNameUnresolvable,
  userRoot,
  useraddNoLogInit,
  wgetAndCurl,
  wgetProgress,
  workdirRelative,
  workdirSystemDirectory,
  writesLostFile,
  yumYes,
  zypperYes,
];
