// Packages that recommend nothing, neither directly nor through dependencies beyond a minimal system: apt installs the
// same with and without --no-install-recommends. Only packages that are often installed. Source: the package index of
// Debian 12.

const names = `
apt-transport-https apt-utils bash bc binutils bison brotli bzip2 ca-certificates cpio dumb-init ethtool
fakeroot file findutils fontconfig fonts-dejavu fonts-liberation fonts-noto-cjk fonts-noto-color-emoji gawk
gettext-base gosu gzip hicolor-icon-theme jq kmod less libargon2-dev libatomic1 libbrotli-dev libc6 libcairo2
libcap-dev libdb-dev libev-dev libev4 libevent-dev libexpat1 libffi-dev libfontconfig1 libfreetype6 libgbm1
libgcc-s1 libgmp-dev libgomp1 libgoogle-perftools-dev libicu72 libjansson4 libjemalloc-dev libjemalloc2
libjna-java libjpeg62-turbo liblttng-ust0 liblttng-ust1 libluajit-5.1-dev liblzma-dev libmariadb3 libnspr4
libnss3 libnuma1 libodbc1 libonig-dev libpcre3 libpng16-16 libsm6 libsodium-dev libssl-dev libssl3 libstdc++6
libuv1 libuv1-dev libwebp-dev libx11-6 libx11-xcb1 libxcb1 libxcomposite1 libxcursor1 libxdamage1 libxext6
libxfixes3 libxi6 libxml2 libxrandr2 libxrender1 libxslt1.1 libxss1 libxtst6 libyaml-0-2 libyaml-dev libzstd-dev
locales lsb-release luajit make moreutils n2n net-tools netbase ninja-build nullmailer openssl p11-kit patch
perl php-bcmath php-cli php-common php-gd php-intl php-mbstring php-mysql php-opcache php-pear php-sqlite3
php-xml php-zip pigz pkg-config pkgconf psmisc redis-tools rsync siege sqlite3 sudo tar time tini tmux
traceroute tzdata unixodbc unixodbc-dev unzip usbutils vnstat vnstati xmlstarlet xz-utils zlib1g`;

/** Packages from the indexes of other publishers. */
const published = `
aspnetcore-runtime-6.0 aspnetcore-runtime-8.0 azure-cli azure-functions-core-tools-3 azure-functions-core-tools-4
caddy dotnet-runtime-6.0 dotnet-runtime-8.0 dotnet-sdk-6.0 dotnet-sdk-7.0 dotnet-sdk-8.0 dotnet-sdk-9.0 msodbcsql17 msodbcsql18
mssql-tools mssql-tools18 powershell`;

const alone = `
apt-transport-https apt-utils brotli bzip2 cpio dumb-init fonts-liberation fonts-noto-cjk fonts-noto-color-emoji
gettext-base gosu hicolor-icon-theme less libatomic1 libev4 libexpat1 libffi-dev libgomp1 libjansson4 libjemalloc2
libnspr4 libnuma1 libpcre3 libuv1 libyaml-0-2 libzstd-dev lsb-release make net-tools netbase ninja-build nullmailer patch pigz
psmisc sudo time tini traceroute unzip xz-utils`;

/** Those that depend on nothing outside a minimal system. */
export const installAlone: ReadonlySet<string> = new Set(alone.trim().split(/\s+/));

const onTools = `
cmake curl default-libmysqlclient-dev g++ gcc git gnupg2 imagemagick libgmp-dev libmariadb-dev libpq-dev libpq5
libsasl2-dev libsqlite3-dev libxext-dev libxi-dev libxslt1-dev lld nano wget xserver-xorg-dev`;

/** Those whose recommended packages are all in the buildpack-deps images (compilers and libraries). */
export const recommendNothingOnBuildpack: ReadonlySet<string> = new Set(onTools.trim().split(/\s+/));

/** Official images based on buildpack-deps, unless their tag says slim or another distribution. */
export const buildpackImages: ReadonlySet<string> = new Set(
  'buildpack-deps gcc node perl pypy python ruby rust'.split(' '),
);

/** The names of all packages that recommend nothing. */
export const recommendNothing: ReadonlySet<string> = new Set(`${names} ${published}`.trim().split(/\s+/));

/** Those of all these that come from Debian and depend on other packages. */
export const needOthers: ReadonlySet<string> = new Set(
  `${names} ${onTools}`
    .trim()
    .split(/\s+/)
    .filter((name) => !installAlone.has(name)),
);

/** The name of a package in these lists: `php-cli` for `php8.3-cli`, `g++` for `g++-14`. */
export function listedName(name: string): string {
  return name.replace(/^php\d[\d.]*-/, 'php-').replace(/^(g\+\+|gcc)-\d[\d.]*$/, '$1');
}

interface NeededPackages {
  readonly names: readonly string[];
  /** Whether everybody who installs it wants the others too; else only some uses need them. */
  readonly always: boolean;
}

/**
 * Recommended packages without which a package does not do what it is usually installed for. Source: the Recommends fields
 * of Debian 12.
 */
const needed: ReadonlyMap<string, NeededPackages> = new Map([
  // Without certificates, every https address is refused.
  ['curl', { names: ['ca-certificates'], always: true }],
  ['wget', { names: ['ca-certificates'], always: true }],
  ['git', { names: ['ca-certificates'], always: true }],
  ['aria2', { names: ['ca-certificates'], always: true }],
  ['autoconf', { names: ['automake'], always: false }],
  ['libtool', { names: ['gcc', 'libc6-dev'], always: false }],
  ['gcc', { names: ['libc6-dev'], always: false }],
  ['cmake', { names: ['gcc', 'make'], always: false }],
  ['golang-go', { names: ['gcc', 'libc6-dev'], always: false }],
  ['golang', { names: ['gcc', 'libc6-dev'], always: false }],
  ['libvulkan1', { names: ['mesa-vulkan-drivers'], always: false }],
  ['chromium', { names: ['fonts-liberation', 'chromium-sandbox'], always: false }],
  ['graphviz', { names: ['fonts-liberation'], always: false }],
  ['xvfb', { names: ['xauth'], always: false }],
]);

/** The recommended packages that a package needs in use. @param name as `listedName` gives it */
export function neededRecommends(name: string): NeededPackages {
  return needed.get(name) ?? { names: [], always: true };
}

/** Packages that bring another one along by a dependency: a compiler brings its headers. */
export const bringsAlong: ReadonlyMap<string, readonly string[]> = new Map([
  ['build-essential', ['gcc', 'libc6-dev', 'make']],
  ['g++', ['gcc', 'libc6-dev']],
  ['clang', ['gcc', 'libc6-dev']],
  ['automake', ['autoconf']],
]);
