// Packages that official images on Debian and Ubuntu may have, besides headers. Sources: the Dockerfiles of
// buildpack-deps, and the packages that Debian and Ubuntu mark as required or important.

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Of some release of the distribution itself, also in its smallest images. */
export const inSmallBases = names(
  `adduser apt apt-utils base-files base-passwd bash bzip2 coreutils cron dash debconf debianutils diffutils dpkg e2fsprogs
  findutils gpgv grep gzip hostname init-system-helpers iproute2 iputils-ping less locales login lsb-release mount
  ncurses-base ncurses-bin net-tools netbase openssl passwd perl perl-base procps python python-minimal python2.7 python3
  python3-minimal readline-common rsyslog sed sudo sysvinit-utils tar tzdata ubuntu-minimal util-linux vim-tiny zlib1g`,
);

/** Of images to build in, such as those of languages without `slim` in their tag. */
export const inBuildBases = names(
  `autoconf automake build-essential bzr ca-certificates curl default-jre dirmngr dpkg-dev file fontconfig g++ gcc git gnupg
  gnupg2 gpg imagemagick libtool m4 make mercurial openssh-client patch pkg-config sq subversion unzip wget xz-utils zip`,
);
