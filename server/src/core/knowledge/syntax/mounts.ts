// `RUN --mount`: the mount types and their keys.
// Source: the Dockerfile reference and BuildKit's mount parser, up to syntax 1.20.

export interface MountKey {
  readonly name: string;
  /** Other spellings of the same key. */
  readonly aliases: readonly string[];
  /** Whether it can be used without a value. */
  readonly boolean: boolean;
  readonly values: readonly string[];
  /** Version of the Dockerfile syntax that introduced it, if later than the mount type. */
  readonly since: string | undefined;
  readonly documentation: string;
}

export interface MountType {
  readonly name: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  readonly keys: readonly MountKey[];
  readonly documentation: string;
}

export const mountFlagDocumentation =
  'Mounts files only for this command; they do not become part of the layer. type=bind (the default): files of the context, a stage or an image. cache: a directory that is kept between builds. tmpfs: memory. secret, ssh: credentials.';

function key(
  name: string,
  documentation: string,
  more: { aliases?: readonly string[]; boolean?: boolean; values?: readonly string[]; since?: string } = {},
): MountKey {
  return {
    name,
    aliases: more.aliases ?? [],
    boolean: more.boolean ?? false,
    values: more.values ?? (more.boolean ? ['true', 'false'] : []),
    since: more.since,
    documentation,
  };
}

const target = (documentation: string, values: readonly string[] = []) =>
  key('target', documentation, { aliases: ['dst', 'destination'], values });
const from = (documentation: string) => key('from', documentation);
const source = (documentation: string) => key('source', documentation, { aliases: ['src'] });
const ids = (what: string, mode: string) => [
  key('mode', `Permissions of the ${what}, in octal. Default: ${mode}.`, { values: [mode] }),
  key('uid', `User id of the owner of the ${what}. Default: 0.`),
  key('gid', `Group id of the owner of the ${what}. Default: 0.`),
];
const readonly = (documentation: string) =>
  key('readonly', documentation, { aliases: ['ro'], boolean: true });
const readwrite = (documentation: string) =>
  key('readwrite', documentation, { aliases: ['rw'], boolean: true });

/** Folders of package managers and compilers that are worth a cache mount. */
const cacheTargets: readonly string[] = [
  '/var/cache/apt',
  '/var/lib/apt',
  '/var/cache/apk',
  '/var/cache/dnf',
  '/root/.cache/pip',
  '/root/.cache/uv',
  '/root/.npm',
  '/root/.cache/go-build',
  '/go/pkg/mod',
  '/usr/local/cargo/registry',
  '/root/.m2',
  '/root/.gradle',
  '/root/.nuget/packages',
  '/root/.composer/cache',
];

export const mountTypes: readonly MountType[] = [
  {
    name: 'bind',
    documentation:
      'Files of the build context, a stage or an image. Read-only without rw. Changes are discarded.',
    keys: [
      target('Path in the container.'),
      source('Path in the source that `from` names. Default: its root.'),
      from('Stage, named context or image to mount. Default: the build context.'),
      readwrite('Allows writing. Changes are discarded after the command.'),
      readonly('Forbids writing. This is the default.'),
    ],
  },
  {
    name: 'cache',
    documentation:
      'A directory that is kept between builds on the same builder, for package managers and compilers. It does not become part of the image.',
    keys: [
      target('Path in the container.', cacheTargets),
      key('id', 'Identifies the cache. Default: the value of target.'),
      key(
        'sharing',
        'Use by several builds at once. shared: together (default). private: each build gets its own. locked: a build waits for the others. apt needs locked.',
        {
          values: ['shared', 'private', 'locked'],
        },
      ),
      from('Stage, named context or image with the initial content. Default: an empty directory.'),
      source('Path in the source that `from` names. Default: its root.'),
      readonly('Forbids writing.'),
      ...ids('cache directory', '0755'),
    ],
  },
  {
    name: 'tmpfs',
    documentation: 'A file system in memory. It is removed after the command.',
    keys: [
      target('Path in the container.'),
      key('size', 'Maximum size: 64m, 1g.', { values: ['64m', '256m', '1g'] }),
    ],
  },
  {
    name: 'secret',
    documentation:
      'A file or variable that only this command can read. It does not become part of a layer or the cache. Pass it with docker build --secret id=….',
    keys: [
      key('id', 'Name of the secret on the command line. Default: base name of target.'),
      target('Path in the container. Default without env: /run/secrets/ and the id.'),
      key('env', 'Environment variable for the secret. With target, the secret is also a file.', {
        since: '1.10',
      }),
      key('required', 'Fails the build if the secret is missing. Default: false.', { boolean: true }),
      ...ids('secret file', '0400'),
    ],
  },
  {
    name: 'ssh',
    documentation: 'Gives the command the SSH agent or key of docker build --ssh.',
    keys: [
      key('id', 'Name of the agent socket or key on the command line. Default: default.', {
        values: ['default'],
      }),
      target('Path of the agent socket in the container. Default: /run/buildkit/ssh_agent.N.'),
      key('required', 'Fails the build if the key is missing. Default: false.', { boolean: true }),
      ...ids('socket', '0600'),
    ],
  },
];

/** @param name in any case; undefined is the default, `bind` */
export function mountType(name: string | undefined): MountType | undefined {
  const wanted = (name ?? 'bind').toLowerCase();
  return mountTypes.find((type) => type.name === wanted);
}

/** @param name lower-cased key or one of its aliases */
export function mountKey(type: MountType, name: string): MountKey | undefined {
  return type.keys.find((one) => one.name === name || one.aliases.includes(name));
}

export const mountTypeKey: MountKey = key('type', 'Type of the mount. Default: bind.', {
  values: mountTypes.map(({ name }) => name),
});

/** The keys that only their own types take. The builder accepts every other key with any type. */
export const strictMountKeys: ReadonlySet<string> = new Set([
  'required',
  'size',
  'sharing',
  'mode',
  'uid',
  'gid',
]);

/** The key of any type. @param name lower-cased key or one of its aliases */
export function anyMountKey(name: string): MountKey | undefined {
  if (name === mountTypeKey.name) return mountTypeKey;
  for (const type of mountTypes) {
    const found = mountKey(type, name);
    if (found) return found;
  }
  return undefined;
}

/** Every spelling of every key. */
export const mountKeyNames: ReadonlySet<string> = new Set([
  mountTypeKey.name,
  ...mountTypes.flatMap(({ keys }) => keys.flatMap(({ name, aliases }) => [name, ...aliases])),
]);

/**
 * Keys that buildah and podman take and BuildKit refuses, in lower case.
 * Source: `RUN --mount` in Containerfile(5), and buildah's reader of mounts.
 */
export const buildahMountKeys: ReadonlySet<string> = new Set([
  'z',
  'u',
  'bind-propagation',
  'bind-nonrecursive',
  'shared',
  'rshared',
  'private',
  'rprivate',
  'slave',
  'rslave',
  'nosuid',
  'nodev',
  'noexec',
  'tmpfs-size',
  'tmpfs-mode',
  'tmpcopyup',
]);

/** Flags in whose values the builder expands variables. */
export const expandedFlags: ReadonlySet<string> = new Set([
  'chown',
  'chmod',
  'checksum',
  'mount',
  'platform',
]);
