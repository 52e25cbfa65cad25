// What is in an image before its Dockerfile installs anything: the packages that the makers of official images install, by
// their Dockerfiles. Their dependencies follow from the index of the release.

function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** buildpack-deps, each variant on top of the one before. */
const curl = names('ca-certificates curl gnupg netbase wget tzdata');
const scm = [...curl, ...names('git mercurial openssh-client subversion procps')];
const full = [
  ...scm,
  ...names(`autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file g++ gcc imagemagick libbz2-dev libc6-dev
    libcurl4-openssl-dev libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev libkrb5-dev
    liblzma-dev libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses-dev libpng-dev libpq-dev libreadline-dev
    libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev libxslt1-dev libyaml-dev make patch unzip xz-utils
    zlib1g-dev`),
];
const python = names(
  'ca-certificates netbase tzdata libsqlite3-0 libffi8 libssl3 libssl3t64 libreadline8 libncursesw6',
);

interface ImageRow {
  readonly plain: readonly string[];
  /** With `slim` in the tag. */
  readonly slim: readonly string[];
}

/** Official images on Debian and Ubuntu, by name. */
const rows: ReadonlyMap<string, ImageRow> = new Map<string, ImageRow>([
  ['debian', { plain: [], slim: [] }],
  ['ubuntu', { plain: [], slim: [] }],
  ['buildpack-deps', { plain: full, slim: full }],
  ['python', { plain: [...full, ...names('libbluetooth-dev tk-dev uuid-dev')], slim: python }],
  ['pypy', { plain: full, slim: python }],
  ['node', { plain: full, slim: [] }],
  [
    'ruby',
    { plain: full, slim: names('ca-certificates bzip2 libffi-dev libgmp-dev libyaml-dev procps zlib1g-dev') },
  ],
  ['perl', { plain: full, slim: [] }],
  ['gcc', { plain: full, slim: full }],
  ['rust', { plain: full, slim: names('ca-certificates gcc libc6-dev') }],
  ['golang', { plain: [...scm, ...names('g++ gcc libc6-dev make pkg-config')], slim: scm }],
  [
    'php',
    {
      plain: names(
        'autoconf dpkg-dev file g++ gcc libc6-dev make pkg-config re2c ca-certificates curl xz-utils',
      ),
      slim: [],
    },
  ],
]);

/**
 * The packages that the Dockerfile of an official image on Debian or Ubuntu installs.
 * @param tag undefined: `latest`
 * @returns undefined if nobody has written it down
 */
export function packagesOfImage(image: string, tag: string | undefined): readonly string[] | undefined {
  const words = (tag ?? '').split('-');
  if (image === 'buildpack-deps' && words.includes('curl')) return curl;
  if (image === 'buildpack-deps' && words.includes('scm')) return scm;
  const row = rows.get(image);
  return row && (words.includes('slim') ? row.slim : row.plain);
}

/** What the smallest images of a distribution have besides what its index marks as required. */
export const smallestBase: Readonly<Record<'debian' | 'ubuntu' | 'alpine' | 'fedora', readonly string[]>> = {
  debian: ['usr-is-merged', 'apt'],
  ubuntu: ['usr-is-merged', 'apt', 'ubuntu-keyring'],
  // alpine-minirootfs.
  alpine:
    names(`alpine-baselayout alpine-keys alpine-release apk-tools busybox busybox-binsh libc-utils musl-utils scanelf
    ssl_client zlib ca-certificates-bundle`),
  // The kickstart file of the container image.
  fedora:
    names(`fedora-release-container bash coreutils findutils glibc-minimal-langpack gzip rootfiles rpm dnf dnf5
    shadow-utils sudo tar util-linux-core vim-minimal`),
};
