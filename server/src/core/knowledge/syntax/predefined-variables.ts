// Build arguments that exist without an ARG, and how they get their values.
// Source: "Predefined ARGs", "Automatic platform ARGs" and "BuildKit built-in build args" of the Dockerfile reference.

export interface PredefinedVariable {
  readonly name: string;
  /**
   * `platform`: set by the builder. Known in FROM, but inside a stage only after an ARG of that name.
   * `proxy`: known in every RUN without an ARG, and kept out of the image's history.
   * `builder`: read by the builder itself.
   */
  readonly kind: 'platform' | 'proxy' | 'builder';
  readonly documentation: string;
}

const platform: readonly (readonly [string, string])[] = [
  ['TARGETPLATFORM', 'Platform of the built image, such as linux/amd64 or linux/arm/v7'],
  ['TARGETOS', 'Operating system of TARGETPLATFORM, such as linux'],
  ['TARGETOSVERSION', 'Version of the operating system of TARGETPLATFORM; only set for Windows'],
  ['TARGETARCH', 'Architecture of TARGETPLATFORM, such as amd64 or arm64'],
  ['TARGETVARIANT', 'Variant of TARGETPLATFORM, such as v7; often empty'],
  ['TARGETSTAGE', 'Name of the stage to build'],
  ['BUILDPLATFORM', 'Platform of the builder'],
  ['BUILDOS', 'Operating system of BUILDPLATFORM'],
  ['BUILDOSVERSION', 'Version of the operating system of BUILDPLATFORM; only set for Windows'],
  ['BUILDARCH', 'Architecture of BUILDPLATFORM'],
  ['BUILDVARIANT', 'Variant of BUILDPLATFORM; often empty'],
];
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];
const builder: readonly (readonly [string, string])[] = [
  ['BUILDKIT_SYNTAX', 'Image of the frontend; replaces # syntax='],
  ['BUILDKIT_CACHE_MOUNT_NS', 'Namespace for the ids of cache mounts'],
  ['BUILDKIT_CONTEXT_KEEP_GIT_DIR', 'Keeps .git if the context is a Git repository'],
  ['BUILDKIT_INLINE_CACHE', 'Writes cache metadata into the image'],
  ['BUILDKIT_MULTI_PLATFORM', 'Makes the output deterministic, for one or several platforms'],
  ['BUILDKIT_SANDBOX_HOSTNAME', 'Host name during the build'],
  ['BUILDKIT_DOCKERFILE_CHECK', 'Checks to skip, like # check='],
  ['BUILDKIT_BUILD_NAME', 'Name of the build in the history'],
  ['SOURCE_DATE_EPOCH', 'Unix time for the timestamps of the image and its layers'],
];

/** By name; proxies in upper and lower case. */
export const predefinedVariables: ReadonlyMap<string, PredefinedVariable> = new Map(
  [
    ...platform.map(([name, documentation]) => ({ name, kind: 'platform' as const, documentation })),
    ...proxies
      .flatMap((name) => [name, name.toLowerCase()])
      .map((name) => ({ name, kind: 'proxy' as const, documentation: 'Proxy settings of the build' })),
    ...builder.map(([name, documentation]) => ({ name, kind: 'builder' as const, documentation })),
  ].map((one) => [one.name, one]),
);

/** The variables that the builder sets for FROM, and for stages that name them. */
export const platformVariables: readonly PredefinedVariable[] = [...predefinedVariables.values()].filter(
  ({ kind }) => kind === 'platform',
);

/** Whether a name is TARGETARCH or similar: the builder gives these a value, which is not known before the build. */
export function isPlatformVariable(name: string): boolean {
  return predefinedVariables.get(name)?.kind === 'platform';
}
