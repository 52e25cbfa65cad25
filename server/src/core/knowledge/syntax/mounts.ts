// `RUN --mount`: the types and the keys each takes.
// Source: the Dockerfile reference and BuildKit's mount parser, up to syntax 1.20.

export interface MountKey {
  readonly name: string;
  /** Other spellings of the same key. */
  readonly aliases: readonly string[];
  /** May stand without a value. */
  readonly boolean: boolean;
  readonly values: readonly string[];
  /** Version of the Dockerfile syntax that brought it, where that is later than the mount's own. */
  readonly since: string | undefined;
  readonly documentation: string;
}

export interface MountType {
  readonly name: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  readonly keys: readonly MountKey[];
  readonly documentation: string;
}

export const mountFlagDocumentation =
  'Mounts something for this command alone; nothing of it stays in the layer. type=bind (the default) shows files of the context, a stage or an image, cache keeps a directory between builds, tmpfs is memory, secret and ssh lend credentials.';

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
  key('mode', `Permissions of the ${what} in octal. Default ${mode}.`, { values: [mode] }),
  key('uid', `Numeric user that owns the ${what}. Default 0.`),
  key('gid', `Numeric group that owns the ${what}. Default 0.`),
];
const readonly = (documentation: string) =>
  key('readonly', documentation, { aliases: ['ro'], boolean: true });
const readwrite = (documentation: string) =>
  key('readwrite', documentation, { aliases: ['rw'], boolean: true });

/** Where package managers and compilers keep what a cache mount is worth having for. */
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
      'Shows files of the build context, of a stage or of an image. Read-only unless rw is given; what is written is thrown away.',
    keys: [
      target('Path in the container.'),
      source('Path in what `from` names. Default: its root.'),
      from('Stage, named context or image to mount. Default: the build context.'),
      readwrite('Allows writing; what is written is thrown away after the command.'),
      readonly('Forbids writing; the default.'),
    ],
  },
  {
    name: 'cache',
    documentation:
      'A directory that is kept between builds on the same builder, for package managers and compilers. It never becomes part of the image.',
    keys: [
      target('Path in the container.', cacheTargets),
      key('id', 'Tells caches apart. Default: the value of target.'),
      key(
        'sharing',
        'Several builds at once: shared use it together (default), private each gets one, locked waits. apt needs locked.',
        {
          values: ['shared', 'private', 'locked'],
        },
      ),
      from('Stage, named context or image the cache starts from. Default: an empty directory.'),
      source('Path in what `from` names. Default: its root.'),
      readonly('Forbids writing.'),
      ...ids('cache directory', '0755'),
    ],
  },
  {
    name: 'tmpfs',
    documentation: 'A file system in memory that is gone after the command.',
    keys: [
      target('Path in the container.'),
      key('size', 'Upper limit of its size: 64m, 1g.', { values: ['64m', '256m', '1g'] }),
    ],
  },
  {
    name: 'secret',
    documentation:
      'A file or variable that the command may read and that never becomes part of a layer or the cache. Handed in with docker build --secret id=….',
    keys: [
      key('id', 'Name of the secret on the command line. Default: base name of target.'),
      target('Path in the container. Default: /run/secrets/ and the id, unless env is given.'),
      key('env', 'Puts the secret in this environment variable, in addition to or instead of a file.', {
        since: '1.10',
      }),
      key('required', 'Fails the build when the secret is not handed in. Default: false.', { boolean: true }),
      ...ids('secret file', '0400'),
    ],
  },
  {
    name: 'ssh',
    documentation: 'Lends the SSH agent or key of docker build --ssh to the command.',
    keys: [
      key('id', 'Name of the agent socket or key on the command line. Default: default.', {
        values: ['default'],
      }),
      target('Path of the agent socket in the container. Default: /run/buildkit/ssh_agent.N.'),
      key('required', 'Fails the build when the key is not handed in. Default: false.', { boolean: true }),
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

export const mountTypeKey: MountKey = key('type', 'What is mounted; bind when it is left out.', {
  values: mountTypes.map(({ name }) => name),
});
