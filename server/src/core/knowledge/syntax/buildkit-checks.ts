// The checks of BuildKit's own linter by the names that `# check=skip=` takes.
// Source: BuildKit's rule set, frontend/dockerfile/linter, up to 0.32.

export const buildkitChecks: ReadonlyMap<string, string> = new Map([
  ['ConsistentInstructionCasing', 'Instructions are written in both cases'],
  ['CopyIgnoredFile', 'A copied file is excluded by .dockerignore'],
  ['DuplicateStageName', 'Two stages have the same name'],
  ['ExposeInvalidFormat', 'EXPOSE holds an address or a host port'],
  ['ExposeProtoCasing', 'The protocol of EXPOSE is not in lower case'],
  ['FromAsCasing', 'AS is not in the case of FROM'],
  ['FromPlatformFlagConstDisallowed', 'FROM --platform has a constant value'],
  ['InvalidBaseImagePlatform', 'The base image is for another platform'],
  ['InvalidDefaultArgInFrom', 'The default of an ARG gives no valid image name'],
  ['InvalidDefinitionDescription', 'A comment above a stage or argument does not describe it (experimental)'],
  ['JSONArgsRecommended', 'CMD or ENTRYPOINT is in shell form'],
  ['LegacyKeyValueFormat', 'ENV or LABEL has no = between key and value'],
  ['MaintainerDeprecated', 'MAINTAINER is deprecated'],
  ['MultipleInstructionsDisallowed', 'An instruction that counts once stands more than once in a stage'],
  ['NoEmptyContinuation', 'A continued instruction holds an empty line'],
  ['RedundantTargetPlatform', 'FROM --platform=$TARGETPLATFORM is the default'],
  ['ReservedStageName', 'A stage is called scratch or context'],
  ['SecretsUsedInArgOrEnv', 'ARG or ENV seems to hold a secret'],
  ['StageNameCasing', 'A stage name is not in lower case'],
  ['UndefinedArgInFrom', 'FROM uses a variable that no ARG declares'],
  ['UndefinedVar', 'A variable is used that nothing defines'],
  ['WorkdirRelativePath', 'WORKDIR is relative to an unknown directory'],
]);
