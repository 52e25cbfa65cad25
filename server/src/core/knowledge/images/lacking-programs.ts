// Programs that small base images are known not to have. Sources: the lists of packages of Debian's and Ubuntu's base
// images, the applets of Alpine's BusyBox, and the Dockerfiles of the official images and of .NET.
import type { BaseImage } from './base-image';
import { compareVersions } from './releases';

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const interpreters = `node npm npx yarn pnpm python python2 python3 pip pip3 ruby gem bundle php composer java mvn gradle
  go cargo dotnet lua`;
const clients = `curl ncat git jq http httpie redis-cli mysqladmin pg_isready psql grpcurl`;

/** Of the package procps and its like, which Debian's images leave out, and Ubuntu's do not. */
const processes = 'ps pgrep pkill top free netstat ifconfig';
const onUbuntu = names(`wget nc netcat lsof ss ip ping ${clients} ${interpreters}`);
const onDebian = names(`${processes} wget nc netcat lsof ss ip ping ${clients} ${interpreters}`);
/** On BusyBox alone, too. */
const onAlpine = names(`bash perl ${clients} ${interpreters}`);
/** Of images that add little to their distribution, but whose interpreters and servers bring programs. */
const clientsOnDebian = names('curl wget nc netcat ncat jq pg_isready psql redis-cli mysqladmin');
const clientsOnAlpine = names('curl bash jq pg_isready psql redis-cli mysqladmin');

/** Interpreters and package managers that an image of a language has itself. */
const own: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['node', names('node npm npx yarn pnpm')],
  ['python', names('python python2 python3 pip pip3')],
  ['golang', names('go')],
  ['rust', names('cargo')],
  ['ruby', names('ruby gem bundle')],
]);

/** What the small variants of an image of a language lack, where they add nothing but the language. */
function ofLanguages(
  images: string,
  clientsOf: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    images.split(' ').map((image) => {
      const foreign = interpreters.split(/\s+/).filter((one) => own.get(image)?.has(one) !== true);
      // That of Ruby has procps.
      const shown = clientsOf === clientsOnDebian && image !== 'ruby' ? processes.split(' ') : [];
      return [image, new Set([...clientsOf, ...foreign, ...shown])];
    }),
  );
}
/** Clients that images of services leave out, as far as their Dockerfiles tell. */
const ofServices = {
  debian: new Map(
    [
      ['httpd', 'curl wget nc'],
      ['redis', 'curl wget nc'],
      ['postgres', 'curl wget nc'],
      ['memcached', 'curl wget nc'],
      ['haproxy', 'curl wget nc'],
      ['rabbitmq', 'curl wget nc'],
      ['mongo', 'curl wget nc'],
      ['nginx', 'wget nc'],
      ['php', 'wget nc'],
    ].map(([name = '', lacks = '']) => [name, names(lacks)]),
  ),
  alpine: new Map(
    [
      ['redis', 'curl bash'],
      ['memcached', 'curl bash'],
      ['haproxy', 'curl bash'],
      ['httpd', 'curl bash'],
      ['postgres', 'curl'],
      ['nginx', 'bash'],
      ['php', 'bash'],
    ].map(([name = '', lacks = '']) => [name, names(lacks)]),
  ),
};
/** Official images whose small variants add no client: those with `slim`, and those on Alpine. */
const small = {
  slim: ofLanguages('node python ruby rust', clientsOnDebian),
  alpine: ofLanguages('node python golang rust ruby', clientsOnAlpine),
};
/** On Alpine, where bash came and went. */
const onTemurinAlpine = names('curl jq pg_isready psql redis-cli mysqladmin');

/**
 * The programs that an image certainly does not have; of others nothing is known.
 * @param tag of its reference, lower-cased
 */
export function lackingPrograms(base: BaseImage, tag: string): ReadonlySet<string> {
  const { name = '', distribution, release } = base;
  if (/onbuild|windows/.test(tag)) return none;
  switch (distribution) {
    case 'debian':
    case 'ubuntu':
      // Older ones had wget and Python among their packages.
      if (release?.version === undefined || compareVersions(release.version, oldest[distribution]) < 0)
        return none;
      if (name === distribution) return name === 'debian' ? onDebian : onUbuntu;
      if (small.slim.has(name) && tag.includes('slim')) return small.slim.get(name) ?? none;
      return /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps)$/.test(name) &&
        /^(?:[6-9]|1\d)\./.test(tag)
        ? clientsOnDebian
        : (ofServices.debian.get(name) ?? none);
    case 'alpine':
      if (name === 'alpine') return onAlpine;
      if (name === 'eclipse-temurin') return onTemurinAlpine;
      return small.alpine.get(name) ?? ofServices.alpine.get(name) ?? none;
    case 'busybox':
      return name === 'busybox' ? onAlpine : none;
    default:
      return none;
  }
}

/** Packages that bring no programs but their own, nor packages with others. */
const plainPackages = names(
  `bash ca-certificates curl dumb-init gosu gzip jq libc6-compat libffi libgcc libpq libstdc++ locales openssl su-exec
  tini tzdata unzip wget zip`,
);

/**
 * Whether a package of a distribution brings no programs but that of its own name: a library for programs that run, with
 * its version at the end, or one of a few tools.
 */
export function bringsOnlyItself(name: string): boolean {
  return plainPackages.has(name) || /^lib(?!re)[\w.+-]*\d$/.test(name);
}

/** What else brings programs: packages, by a part of their name, and tools. */
const broughtWith: ReadonlyMap<string, RegExp> = new Map(
  (
    [
      ['nc netcat', /netcat|ncat|nmap|busybox|libvirt|qemu/],
      ['ncat', /nmap/],
      ['http', /httpie/],
      ['wget', /busybox|devscripts|texlive/],
      [
        'ps pgrep pkill top free',
        /procps|mysql|mariadb|build-essential|systemd|init|openssh|apache2|redis|sudo/,
      ],
      ['ss ip', /iproute/],
      ['netstat ifconfig', /net-tools/],
      ['ping', /iputils/],
      ['redis-cli', /redis|valkey/],
      ['mysqladmin', /mysql|mariadb/],
      ['psql pg_isready', /postgres|timescale/],
      [
        'python python2 python3 pip pip3',
        /py|gdb|glib|node-gyp|llvm|ansible|samba|libreoffice|aws|\buv\b|install/,
      ],
      ['node npm npx yarn pnpm', /node|npm|nvm|yarn|corepack|\bn\b|install/],
      ['java mvn gradle', /jdk|jre|java|sdk|install/],
      ['ruby gem bundle', /ruby|rbenv|rvm|gem|install/],
      ['perl', /apt|git|autoconf|automake|install/],
      ['bash', /install|git-|sdk|build/],
      ['go cargo lua php composer dotnet', /install/],
    ] as const
  ).flatMap(([programs, by]) => programs.split(' ').map((program) => [program, by] as const)),
);
/** Packages that a file lists, and images whose programs are copied. */
const listed =
  /\bxargs\b|\$\(cat|(?:install|add)[^&;|]*[\s"]\$|--from=\S+\s+(?:\$|\/(?:usr|s?bin|opt)?\/?(?:\s|s?bin|local))|rootfs|\bnix\b|conda|brew/;

/** Whether the text of a step names a program, or a package, a list or an image that may bring it. */
export function mayBringNamed(text: string, program: string): boolean {
  return text.includes(program) || broughtWith.get(program)?.test(text) === true || listed.test(text);
}

/** Interpreters whose package has their name, on Debian and on Alpine. */
export const packagedByName = names('bash perl python3 ruby');

const none: ReadonlySet<string> = new Set();
const oldest = { debian: '10', ubuntu: '18.04' };
