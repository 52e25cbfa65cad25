// Programs that small base images are known not to have. Sources: the lists of packages of Debian's and Ubuntu's base
// images, the applets of Alpine's BusyBox, and the Dockerfiles of the official images and of .NET.
import type { BaseImage } from './base-image';
import { once } from '../../text/memo';
import { compareVersions, isSince } from './releases';

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const interpreters = `node npm npx yarn pnpm python python2 python3 pip pip3 ruby gem bundle php composer java mvn gradle
  go cargo dotnet lua`;
const clients = `curl ncat git jq http httpie redis-cli mysqladmin pg_isready psql grpcurl`;
/** Of no base image of a distribution: compilers, and tools of those who develop and administrate. */
const tools = 'gcc g++ cc make cmake sudo zip rsync ssh scp ssh-keygen ssh-keyscan gpg vim nano lsb_release';
/** In BusyBox, but in no image of Debian or Ubuntu. */
const inBusybox = 'unzip less patch bc dos2unix crontab';

/** Of the package procps and its like, which Debian's images leave out, and Ubuntu's do not. */
const processes = 'ps pgrep pkill top free netstat ifconfig';
const onUbuntu = names(
  `wget nc netcat lsof ss ip ping locale-gen add-apt-repository ${tools} ${inBusybox} ${clients} ${interpreters}`,
);
const onDebian = new Set([...onUbuntu, ...names(`${processes} bzip2 xz`)]);
/** Of those before Debian 10 and Ubuntu 18.04. */
const onOlder =
  names(`curl git sudo locale-gen gcc g++ make cmake zip unzip rsync nano node npm npx yarn java mvn gradle
  go cargo dotnet php composer ruby gem bundle jq`);
/** On BusyBox alone, too. */
const onAlpine = names(`bash perl ${tools} ${clients} ${interpreters}`);
/** Of images that add little to their distribution, but whose interpreters and servers bring programs. */
const clientsOnDebian = 'curl wget nc netcat ncat jq pg_isready psql redis-cli mysqladmin';
const clientsOnAlpine = 'curl bash jq pg_isready psql redis-cli mysqladmin';

/** Interpreters and package managers that an image of a language has itself. */
const own: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['node', names('node npm npx yarn pnpm')],
  ['python', names('python python2 python3 pip pip3')],
  ['golang', names('go')],
  ['rust', names('cargo gcc cc')],
  ['ruby', names('ruby gem bundle')],
]);

/** What variants of images of languages lack, where they add nothing but the language to what all of them have. */
function ofLanguages(images: string, lacked: string): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    images.split(' ').map((image) => {
      // That of Ruby has procps.
      const all = image === 'ruby' ? lacked.replace(processes, '') : lacked;
      return [image, new Set([...names(all)].filter((one) => own.get(image)?.has(one) !== true))];
    }),
  );
}
/** Of no image of a service. */
const foreign = 'git sudo nano node npm npx yarn mvn cargo dotnet';
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
      ['php', 'wget nc unzip zip composer pip pip3'],
    ].map(([name = '', lacks = '']) => [name, names(`${lacks} ${foreign}`)]),
  ),
  alpine: new Map(
    [
      ['redis', 'curl bash'],
      ['memcached', 'curl bash'],
      ['haproxy', 'curl bash'],
      ['httpd', 'curl bash'],
      ['postgres', 'curl'],
      ['nginx', 'bash'],
      ['php', 'bash zip gcc g++ make composer pip pip3'],
    ].map(([name = '', lacks = '']) => [name, names(`${lacks} ${foreign}`)]),
  ),
};
/** Official images whose small variants add no client: those with `slim`, and those on Alpine. */
const small = {
  slim: ofLanguages(
    'node python ruby rust',
    `${clientsOnDebian} git ${processes} ${tools} ${inBusybox} ${interpreters}`,
  ),
  alpine: ofLanguages('node python golang rust ruby', `${clientsOnAlpine} git ${tools} ${interpreters}`),
};
/** Their other variants have much of what people develop with, and Python. */
const large = ofLanguages(
  'node python golang rust ruby',
  `sudo vim nano jq cmake locale-gen add-apt-repository psql redis-cli ${interpreters.replace(/python\d?/g, '')}`,
);
const onDotnet = names(`${clientsOnDebian} git sudo unzip node npm`);
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
      if (release?.version === undefined) return none;
      // Older ones had wget and Python among their packages.
      if (compareVersions(release.version, oldest[distribution]) < 0)
        return name === distribution && compareVersions(release.version, older[distribution]) >= 0
          ? onOlder
          : none;
      if (name === distribution) return name === 'debian' ? onDebian : onUbuntu;
      if (large.has(name)) return (tag.includes('slim') ? small.slim : large).get(name) ?? none;
      return /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps)$/.test(name) &&
        /^(?:[6-9]|1\d)\./.test(tag)
        ? onDotnet
        : (ofServices.debian.get(name) ?? none);
    case 'alpine': {
      if (name === 'eclipse-temurin') return onTemurinAlpine;
      const lacked =
        name === 'alpine' ? onAlpine : (small.alpine.get(name) ?? ofServices.alpine.get(name) ?? none);
      // Before, the packages of Python and Node.js brought these.
      return isSince(release, { alpine: '3.12' }) ? lacked : withoutManagers(lacked);
    }
    case 'busybox':
      return name === 'busybox' ? onAlpine : none;
    default:
      return none;
  }
}

const withoutManagers = once(
  (programs: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...programs].filter((one) => !/^(?:pip3?|np[mx])$/.test(one))),
);

/** Packages that bring no programs but their own, nor packages with others. */
const plainPackages = names(
  `bash ca-certificates curl dumb-init gosu gzip jq libc6-compat libffi libgcc libpq libstdc++ openssl su-exec
  tini tzdata unzip wget zip sudo nano rsync make bc apt-transport-https apt-utils python3 python3-minimal python3-dev
  musl-dev libc-dev libc6-dev linux-headers zlib1g-dev zlib-dev libssl-dev openssl-dev libffi-dev libpq-dev libxml2-dev
  libxslt1-dev libxslt-dev libzip-dev libicu-dev icu-dev libonig-dev oniguruma-dev libreadline-dev libsqlite3-dev
  libjpeg-dev libpng-dev libyaml-dev`,
);

/** `PACKAGE PROGRAM…`: what else some bring, with what they need and recommend. */
const programsWith: ReadonlyMap<string, readonly string[]> = new Map(
  `
  locales locale-gen
  nodejs node
  gcc cc
  g++ gcc cc make
  cmake make gcc g++ cc
  build-essential gcc g++ cc make patch bzip2 xz perl
  build-base gcc g++ cc make patch file
  git perl less patch ssh scp ssh-keygen ssh-keyscan
  gnupg gpg
  gpg gpg
  openssh-client ssh scp ssh-keygen ssh-keyscan
  procps ps top free pgrep pkill
  net-tools netstat ifconfig
  iputils-ping ping
  iproute2 ip ss
  vim vim
  cron crontab
  lsb-release lsb_release python3
  `
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', ...programs] = row.trim().split(' ');
      return [name, programs] as const;
    }),
);

/**
 * The programs of a package of a distribution that brings no others: a library for programs that run, with its version at
 * the end, or one of a few tools.
 * @returns names that hold those of its programs; undefined for others
 */
export function programsOf(name: string): readonly string[] | undefined {
  const others = programsWith.get(name);
  if (others) return [name, ...others];
  return plainPackages.has(name) || /^lib(?!re)[\w.+-]*\d$/.test(name) ? [name] : undefined;
}

/** Programs that few other packages need, by the names of those, on Alpine and on Debian and Ubuntu. */
const fewBring: ReadonlyMap<string, ReadonlyMap<string, RegExp>> = new Map([
  [
    'alpine',
    new Map([
      ...['pip', 'pip3'].map((program) => [program, /pip|py\d?-virtualenv|\bpy2?-|python2/] as const),
      ...['npm', 'npx'].map((program) => [program, /npm|nodejs-current|yarn/] as const),
      ['sudo', /sudo|sdk|abuild|doas/],
    ]),
  ],
  ['apt', new Map(['npm', 'npx'].map((program) => [program, /npm|^pkg-js|shiny|^node-|jupyter/] as const))],
]);

/** Whether a package of which nothing is known may bring a program. @param distribution of the image */
export function isBroughtBy(program: string, name: string, distribution: string | undefined): boolean {
  const by = fewBring.get(distribution === 'alpine' ? 'alpine' : 'apt')?.get(program);
  return by === undefined || by.test(name);
}

/** What else brings programs: packages, by a part of their name, and tools. */
const broughtWith: ReadonlyMap<string, RegExp> = new Map(
  (
    [
      [
        'gcc g++ cc make cmake patch',
        /build|dev|gcc|g\+\+|clang|rust|cargo|cabal|ghc|automake|libtool|PHPIZE|gyp/,
      ],
      ['git', /devscripts/],
      ['gpg', /gnupg|software-properties|devscripts/],
      ['ssh scp ssh-keygen ssh-keyscan', /ssh|git|ansible|mpi/],
      ['unzip', /zip|jdk|sdk/],
      ['bzip2 xz', /build|dpkg|dev/],
      ['less', /git|man/],
      ['locale-gen', /locales|language-pack|texlive/],
      ['add-apt-repository lsb_release', /software-properties|lsb-release/],
      ['crontab', /cron/],
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
      ['cargo', /rust|install/],
      ['go lua php composer dotnet', /install/],
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
const older = { debian: '8', ubuntu: '16.04' };
