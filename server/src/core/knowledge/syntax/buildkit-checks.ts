// The checks of BuildKit's own linter, by the names for `# check=skip=`.
// Source: BuildKit's rule set, frontend/dockerfile/linter, up to 0.32.

export const buildkitChecks: ReadonlyMap<string, string> = new Map([
  ['ConsistentInstructionCasing', 'Instructions mix upper and lower case'],
  ['CopyIgnoredFile', 'A copied file is excluded by .dockerignore'],
  ['DuplicateStageName', 'Two stages have the same name'],
  ['ExposeInvalidFormat', 'EXPOSE contains an address or a host port'],
  ['ExposeProtoCasing', 'The protocol of EXPOSE is not lower case'],
  ['FromAsCasing', 'AS and FROM differ in case'],
  ['FromPlatformFlagConstDisallowed', 'FROM --platform has a constant value'],
  ['InvalidBaseImagePlatform', 'The base image is for another platform'],
  ['InvalidDefaultArgInFrom', 'The default of an ARG does not give a valid image name'],
  [
    'InvalidDefinitionDescription',
    'A comment above a stage or build argument does not describe it (experimental)',
  ],
  ['JSONArgsRecommended', 'CMD or ENTRYPOINT is in shell form'],
  ['LegacyKeyValueFormat', 'ENV or LABEL has no = between key and value'],
  ['MaintainerDeprecated', 'MAINTAINER is deprecated'],
  ['MultipleInstructionsDisallowed', 'A stage repeats an instruction that only counts once'],
  ['NoEmptyContinuation', 'A continued instruction contains an empty line'],
  ['RedundantTargetPlatform', 'FROM --platform=$TARGETPLATFORM is the default'],
  ['ReservedStageName', 'A stage is named scratch or context'],
  ['SecretsUsedInArgOrEnv', 'ARG or ENV seems to contain a secret'],
  ['StageNameCasing', 'A stage name is not lower case'],
  ['UndefinedArgInFrom', 'FROM uses a variable that no ARG declares'],
  ['UndefinedVar', 'A variable is used but not defined'],
  ['WorkdirRelativePath', 'WORKDIR is relative to an unknown directory'],
]);

/** Those that look at the whole file: a comment above one instruction does not hide them. */
export const fileWideChecks: ReadonlySet<string> = new Set([
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'InvalidBaseImagePlatform',
  'InvalidDefaultArgInFrom',
  'NoEmptyContinuation',
  'ReservedStageName',
]);

/** It reports an instruction, and looks for a comment above the next one of its kind, which overrides it. */
export const checkOfNext = 'MultipleInstructionsDisallowed';
