// What programs do at either end of a pipe. Sources: the programs' manuals.

/** Programs that only fail if they read a file that is missing. */
export const filters: ReadonlySet<string> = new Set(
  'sort uniq tr cut head tail sed awk wc rev tac tee column fold nl paste'.split(' '),
);

/** Programs that tell something about the machine. */
export const tellers: ReadonlySet<string> = new Set(
  'date uname id whoami pwd hostname nproc arch getconf env printenv set true : lsb_release umask mktemp seq'.split(
    ' ',
  ),
);

/** Programs whose output comes over the network. */
export const fetchers: ReadonlySet<string> = new Set(
  `curl wget fetch aria2c lynx http git svn hg ssh scp rsync aws gsutil gcloud az docker skopeo crane helm kubectl npm
  composer pip pip3 gem`.split(/\s+/),
);

/** Programs that fail if their input is cut off or empty. */
export const checkers: ReadonlySet<string> = new Set(
  'tar bsdtar gunzip gzip zcat bunzip2 bzip2 unxz xz unzstd zstd unzip cpio apt-key funzip'.split(' '),
);
