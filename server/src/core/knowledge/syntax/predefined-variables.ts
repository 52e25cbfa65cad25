// Build arguments that exist without an ARG, and what sets them.
// Source: "Predefined ARGs", "Automatic platform ARGs" and "BuildKit built-in build args" of the Dockerfile reference.

export interface PredefinedVariable {
  readonly name: string;
  /**
   * `platform`: set by the builder; known in FROM, but inside a stage only after an ARG of that name.
   * `proxy`: known to every RUN without an ARG, and kept out of the image's history.
   * `builder`: read by the builder itself.
   */
  readonly kind: 'platform' | 'proxy' | 'builder';
  readonly documentation: string;
}

const platform: readonly (readonly [string, string])[] = [
  ['TARGETPLATFORM', 'Platform of the image that is built, such as linux/amd64 or linux/arm/v7'],
  ['TARGETOS', 'Operating system of TARGETPLATFORM, such as linux'],
  ['TARGETOSVERSION', 'Version of the operating system of TARGETPLATFORM; empty but for Windows'],
  ['TARGETARCH', 'Architecture of TARGETPLATFORM, such as amd64 or arm64'],
  ['TARGETVARIANT', 'Variant of TARGETPLATFORM, such as v7; often empty'],
  ['TARGETSTAGE', 'Name of the stage that is built'],
  ['BUILDPLATFORM', 'Platform of the machine that builds'],
  ['BUILDOS', 'Operating system of BUILDPLATFORM'],
  ['BUILDOSVERSION', 'Version of the operating system of BUILDPLATFORM; empty but for Windows'],
  ['BUILDARCH', 'Architecture of BUILDPLATFORM'],
  ['BUILDVARIANT', 'Variant of BUILDPLATFORM; often empty'],
];
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];
const builder: readonly (readonly [string, string])[] = [
  ['BUILDKIT_SYNTAX', 'Image of the frontend; replaces # syntax='],
  ['BUILDKIT_CACHE_MOUNT_NS', 'Name space of the ids of cache mounts'],
  ['BUILDKIT_CONTEXT_KEEP_GIT_DIR', 'Keeps .git when the context is a Git repository'],
  ['BUILDKIT_INLINE_CACHE', 'Writes cache metadata into the image'],
  ['BUILDKIT_MULTI_PLATFORM', 'Deterministic output for one platform as for several'],
  ['BUILDKIT_SANDBOX_HOSTNAME', 'Host name during the build'],
  ['BUILDKIT_DOCKERFILE_CHECK', 'Checks to skip, as # check='],
  ['BUILDKIT_BUILD_NAME', 'Name of the build in the history'],
  ['SOURCE_DATE_EPOCH', 'Unix time that image and layers are stamped with'],
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
