// The instructions of the Dockerfile language and their flags, each with the version of the Dockerfile syntax (the
// frontend of `# syntax=docker/dockerfile:X`) that introduced it.
// Source: the Dockerfile reference and the flag declarations of BuildKit's parser, up to syntax 1.20.
import { mountFlagDocumentation } from './mounts';

export type FlagValue =
  /** With or without `=true` or `=false`. */
  | 'boolean'
  | 'text'
  /** One of `values`. */
  | 'choice'
  /** Go duration: 30s, 1m30s. */
  | 'duration'
  | 'number'
  /** Earlier stage by name or number, named context, or image. */
  | 'stage'
  /** os/arch[/variant] */
  | 'platform'
  /** user[:group], names or numbers */
  | 'owner'
  /** Octal, or symbolic since 1.14. */
  | 'mode'
  /** algorithm:hex */
  | 'checksum'
  /** Comma-separated key=value pairs, see `mountTypes`. */
  | 'mount';

export interface FlagInfo {
  /** Without the dashes. */
  readonly name: string;
  readonly value: FlagValue;
  /** All valid values of a choice; for the other kinds, common values to propose. */
  readonly values: readonly string[];
  readonly repeatable: boolean;
  /** Version of the Dockerfile syntax that introduced it; undefined if it always existed. */
  readonly since: string | undefined;
  /** Plain sentences, without markup. */
  readonly documentation: string;
}

export interface InstructionInfo {
  /** Upper-cased. */
  readonly keyword: string;
  readonly flags: readonly FlagInfo[];
  /** Whether it is allowed above the first FROM. */
  readonly preamble: boolean;
  /** Whether the builder (not a shell) expands variables in its arguments. */
  readonly expands: boolean;
  readonly deprecated: boolean;
}

function flag(
  name: string,
  value: FlagValue,
  documentation: string,
  more: { since?: string; values?: readonly string[]; repeatable?: boolean } = {},
): FlagInfo {
  return {
    name,
    value,
    values: more.values ?? (value === 'boolean' ? ['true', 'false'] : []),
    repeatable: more.repeatable ?? false,
    since: more.since,
    documentation,
  };
}

const owner = (verb: string) =>
  flag(
    'chown',
    'owner',
    `Owner of the ${verb} files, as name or number: user:group. Names are looked up in /etc/passwd and /etc/group of the image; an image without these files needs numbers. Default: 0:0.`,
  );
const mode = flag(
  'chmod',
  'mode',
  'Permissions of the created files, in octal (0755). Since syntax 1.14 also symbolic (u=rwX,go=rX).',
  { since: '1.2', values: ['0755', '0644', '0555', '0444', '0700', 'u=rwX,go=rX'] },
);
const link = flag(
  'link',
  'boolean',
  'Puts the files in an independent layer, which stays in the cache when the layers below change. Symbolic links in the destination path are not followed.',
  { since: '1.4' },
);
const exclude = flag(
  'exclude',
  'text',
  'Leaves out files that match the pattern (as in .dockerignore). Can be repeated.',
  { since: '1.19', repeatable: true },
);

export const mountFlag = flag('mount', 'mount', mountFlagDocumentation, { since: '1.2', repeatable: true });

const fromFlags: readonly FlagInfo[] = [
  flag(
    'platform',
    'platform',
    'Platform of the image, if it exists for several: os/arch or os/arch/variant. Default: the target platform of the build. $BUILDPLATFORM is the platform of the builder itself, for cross-compiling.',
    {
      values: [
        '$BUILDPLATFORM',
        '$TARGETPLATFORM',
        'linux/amd64',
        'linux/arm64',
        'linux/arm/v7',
        'linux/arm/v6',
        'linux/386',
        'linux/ppc64le',
        'linux/s390x',
        'linux/riscv64',
        'windows/amd64',
      ],
    },
  ),
];
const runFlags: readonly FlagInfo[] = [
  mountFlag,
  flag(
    'network',
    'choice',
    'Network of the command. default: the network of the build. none: only loopback. host: the network of the machine (start the build with --allow network.host).',
    { since: '1.3', values: ['default', 'none', 'host'] },
  ),
  flag(
    'security',
    'choice',
    'Security mode of the command. sandbox: the default. insecure: all privileges (start the build with --allow security.insecure).',
    { since: '1.20', values: ['sandbox', 'insecure'] },
  ),
  flag(
    'device',
    'text',
    'CDI device for the command: vendor.com/class, vendor.com/class=name or a class. With ",required" the build fails if the device is missing (start the build with --allow device).',
    { since: '1.14-labs', repeatable: true },
  ),
];
const addFlags: readonly FlagInfo[] = [
  owner('added'),
  mode,
  link,
  flag(
    'checksum',
    'checksum',
    'Fails the build unless the remote file has this checksum. Since syntax 1.16 also for a Git commit.',
    {
      since: '1.6',
      values: ['sha256:'],
    },
  ),
  flag('keep-git-dir', 'boolean', 'Keeps the .git directory if the source is a Git repository.', {
    since: '1.1',
  }),
  flag(
    'unpack',
    'boolean',
    'Whether to unpack archives. Default: local archives are unpacked, remote ones are not.',
    { since: '1.17' },
  ),
  exclude,
];
const copyFlags: readonly FlagInfo[] = [
  flag(
    'from',
    'stage',
    'Copies from an earlier stage (name or number), a named context or an image, instead of the build context.',
  ),
  owner('copied'),
  mode,
  link,
  flag(
    'parents',
    'boolean',
    'Keeps the parent directories of the sources. A /./ in a source marks where they begin.',
    {
      since: '1.20',
    },
  ),
  exclude,
];
const healthcheckFlags: readonly FlagInfo[] = [
  flag('interval', 'duration', 'Time between the end of one check and the next check. Default: 30s.', {
    values: ['30s', '10s', '1m'],
  }),
  flag('timeout', 'duration', 'A check that takes longer counts as failed. Default: 30s.', {
    values: ['30s', '5s', '10s'],
  }),
  flag(
    'start-period',
    'duration',
    'Time for the container to start. Failures in this time do not count, until a check succeeds. Default: 0s.',
    { values: ['5s', '30s', '1m'] },
  ),
  flag(
    'start-interval',
    'duration',
    'Time between checks during the start period. Default: 5s. Needs Docker Engine 25.0 or later.',
    { since: '1.6', values: ['5s', '1s'] },
  ),
  flag('retries', 'number', 'Number of failures in a row that make the container unhealthy. Default: 3.', {
    values: ['3', '5'],
  }),
];

function instruction(
  keyword: string,
  traits: { [K in 'preamble' | 'expands' | 'deprecated']?: boolean },
  flags: readonly FlagInfo[] = [],
): [string, InstructionInfo] {
  return [
    keyword,
    {
      keyword,
      flags,
      preamble: false,
      expands: false,
      deprecated: false,
      ...traits,
    },
  ];
}

/** By upper-cased keyword, in alphabetical order. */
export const instructions: ReadonlyMap<string, InstructionInfo> = new Map([
  instruction('ADD', { expands: true }, addFlags),
  instruction('ARG', { expands: true, preamble: true }),
  instruction('CMD', {}),
  instruction('COPY', { expands: true }, copyFlags),
  instruction('ENTRYPOINT', {}),
  instruction('ENV', { expands: true }),
  instruction('EXPOSE', { expands: true }),
  instruction('FROM', { expands: true, preamble: true }, fromFlags),
  instruction('HEALTHCHECK', {}, healthcheckFlags),
  instruction('LABEL', { expands: true }),
  instruction('MAINTAINER', { deprecated: true }),
  instruction('ONBUILD', {}),
  instruction('RUN', {}, runFlags),
  instruction('SHELL', {}),
  instruction('STOPSIGNAL', { expands: true }),
  instruction('USER', { expands: true }),
  instruction('VOLUME', { expands: true }),
  instruction('WORKDIR', { expands: true }),
]);

/** @param keyword upper-cased @param name without dashes; flag names are case-sensitive */
export function flagInfo(keyword: string, name: string): FlagInfo | undefined {
  return instructions.get(keyword)?.flags.find((one) => one.name === name);
}

/** Whether a keyword is an instruction of the Dockerfile language. @param keyword upper-cased */
export function isKeyword(keyword: string): boolean {
  return instructions.has(keyword);
}
