// What programs do to the lists of users and groups of an image. A program in no set may do anything. Sources: the
// programs' manual pages.

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Programs that create a user or a group. */
export const userCreators = names('useradd adduser');
export const groupCreators = names('groupadd addgroup');
export const userRemovers = names('userdel deluser');

/** Programs that look a user up, or change how it may log in: that alone is no use of it. */
export const userTellers = names('id getent groups chage chsh');

/** Programs that rename a user or a group, with the options that give the new name. */
export const renamers: ReadonlyMap<string, readonly [short: string, long: string]> = new Map([
  ['usermod', ['-l', '--login']],
  ['groupmod', ['-n', '--new-name']],
]);

/** Options with which a tool creates no group of the user's name, because the user gets another one. */
export const givesOtherGroup: ReadonlyMap<string, readonly string[]> = new Map([
  ['useradd', ['-g', '--gid', '-N', '--no-user-group']],
  ['adduser', ['-G', '--ingroup', '--gid']],
]);

/** Programs that write files where they are told to: the lists too, if that is one of their words. */
export const fileWriters = names(
  'cp mv ln install tee sed dd patch rsync tar unzip cpio bsdtar unsquashfs touch truncate',
);

/**
 * Programs that write into the folder of the project: process numbers, logs, what they compile for development. Without
 * the right to, they do not start.
 */
const besideTheirSources =
  /(?:^|[ /])(rails s(?:erver)?|react-scripts start|vue-cli-service serve|ng serve|next dev|gatsby develop|webpack(?:-dev-server| serve)|nuxt dev|artisan serve|vite(?! +(?:preview|build))|turbo(?: run)? dev|nx serve|astro dev|nest start|expo start|storybook dev|uv run(?!.* --no-sync))(?:$|\s)/;

/** Such a program in the words of a command; undefined without one. */
export function writesBeside(words: string): string | undefined {
  return besideTheirSources.exec(words)?.[1];
}

/** Programs that neither create users nor write the lists, and run nothing that could. */
export const createsNoUsers = names(
  `[ [[ : true false test set unset export local readonly declare typeset shift cd pushd popd pwd exit return wait
  sleep trap umask ulimit alias hash type which command echo printf cat head tail tr cut sort uniq wc grep egrep fgrep
  awk gawk mawk find ls stat file du df date id whoami uname hostname env printenv seq basename dirname readlink
  realpath expr nproc getconf getent arch ldd strings mkdir mktemp rm rmdir chmod chown chgrp shred sync split
  zip gzip gunzip bzip2 bunzip2 xz unxz zstd 7z base64 curl wget aria2c git svn hg gpg gpgv openssl ssh-keygen
  ssh-keyscan md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum jq yq envsubst strip upx setcap getcap
  dpkg-reconfigure dpkg-divert dpkg-architecture debconf-set-selections apt-key apt-mark apt-cache apt-config
  add-apt-repository apt-add-repository locale-gen localedef update-locale update-ca-certificates update-ca-trust
  update-alternatives ldconfig fc-cache passwd chpasswd gpasswd chsh chage usermod groupmod userdel deluser groupdel
  delgroup pip pip3 pipx pipenv poetry uv conda mamba micromamba npm npx yarn pnpm bun corepack tsc vite webpack gem
  bundle composer go cargo rustup rustc gcc g++ cc clang mvn mvnw gradle gradlew javac jar keytool dotnet
  nuget swift stack cabal ghc sbt lein mix rebar3 a2enmod a2dismod a2ensite a2dissite a2enconf phpenmod
  docker-php-ext-install docker-php-ext-enable docker-php-ext-configure pecl pear`,
);

/** The tools of the package `shadow` for users and groups. */
export const shadowTools = names('useradd usermod userdel groupadd groupmod groupdel');

/** Tools that come with a package manager, by the family of that one. */
export const managerTools: ReadonlyMap<string, string> = new Map([
  ...[...names('dpkg apt-key apt-cache apt-mark add-apt-repository')].map((name) => [name, 'apt'] as const),
  ['rpm', 'rpm'],
]);

/** Tools that differ between distributions, besides package managers. */
export const toolsOfDistributions: ReadonlySet<string> = new Set([
  ...shadowTools,
  ...names('adduser addgroup bash'),
]);
