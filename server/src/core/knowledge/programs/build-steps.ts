// What programs do in the steps of a build: one set per question, by base name. A program in no set may do anything.
// Package managers have their own table.

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Programs that print their arguments; at the start of a pipe, this answers the program after it. */
export const printers = names('yes echo printf');

/** Programs that print the names that their words stand for, one file each. */
export const nameListers = names('ls echo printf');

/** Programs that write text from their words or their input to a file or to the output. */
export const textWriters = names('echo printf cat tee sed');

/** Programs that bring the sources of a project from elsewhere, or unpack them. */
export const bringsSources = names('git hg svn tar unzip bsdtar');

/** Programs that replace or reorder text: nothing is fetched from what their words name. */
export const textEditors = names('sed perl awk gawk shuf sort');

/** Programs that delete the files that their words name; `shred` only with an option. */
export const removers = names('rm unlink shred');

/** Programs whose last word names what they write. */
export const placers = names('cp mv ln install');

/** Programs that write to no file that their words name, or only take files away. */
export const readers = names('ls grep test [ [[ rm mkdir chmod chown stat md5sum sha256sum');

/** Programs that run something that may install packages. */
export const runsInstallers = names(
  `sh bash dash ash zsh . source eval npx playwright rosdep gdebi mk-build-deps tasksel make ansible-playbook
  chef-client puppet`,
);

/** Programs that run a given script, with or without a version after the name. */
export const interpreters = /^(?:python|node|perl|ruby)/;

/** Programs that install no packages, and run nothing that could. */
export const installsNothing = names(
  `rm mkdir cp mv ln echo printf cat chmod chown touch true false : cd set export test [ [[ sleep sed grep tee ls locale-gen
  update-ca-certificates useradd groupadd adduser addgroup`,
);

/** Programs that delete only what their arguments name, or what they wrote themselves. */
export const keepsFiles = names(
  `curl wget tar unzip cp ln ls cat cd mkdir chmod chown touch install echo printf tee sed grep awk test [ true set
  export gpg apt-key md5sum sha1sum sha224sum sha256sum sha384sum sha512sum dpkg rpm apt apt-get apk yum dnf microdnf
  pip pip3 npm yarn gem make cmake configure useradd groupadd usermod adduser addgroup ldconfig`,
);

/** Programs for files, whose names no package manager knows as packages. */
export const fileTools = names('rm mkdir rmdir cp mv ln chmod chown touch cd');

/** Programs that only print or test what they get, or set it for the rest of the step. */
export const printsOrTests = names('[ [[ test echo printf unset export case');

/** Programs whose `-p` holds the password in the same word. */
export const takesPassword = names('mysql mysqladmin mariadb sshpass');

/** Programs that download a file by its address. */
export const downloaders = names('curl wget');

/** Interpreters that run what they read from their input. */
export const runsInput = names('sh bash ash dash zsh python python3 perl');

/** Programs that set up the image without reading the sources of a project. */
export const ignoresSources = names('corepack useradd groupadd adduser addgroup set true');

/** Programs that add package sources to apt. */
export const aptSourceAdders = names('add-apt-repository apt-add-repository');

/** Compilers that write one file where `-o` says, and make no folder for it. */
export const compilersOfFiles = names('gcc g++ cc c++ clang clang++ ld as ar ghc');

/** Programs whose words may name a folder that has to be there, or a file in one. */
export const namesOutput: ReadonlySet<string> = new Set([
  ...names('cd curl wget tar dd tee touch gpg gpg2 openssl'),
  ...placers,
  ...compilersOfFiles,
]);

/** Programs that make no folder right below `/` unless their words name it. */
export const makesNoFolders: ReadonlySet<string> = new Set([
  ...readers,
  ...installsNothing,
  ...compilersOfFiles,
  ...names(
    `curl wget tar unzip install dd gpg apt-key sha1sum sha256sum sha512sum awk go cargo rustup rustc javac mvn mvnw gradle
    gradlew dotnet git strip upx date uname id ldconfig find sort head tail cut tr`,
  ),
]);

/**
 * Programs that write the current time into what they build, or the time of SOURCE_DATE_EPOCH if that is set. Source:
 * https://reproducible-builds.org/docs/source-date-epoch.
 */
export const readsSourceDate = names(
  `gcc g++ cc c++ clang clang++ make gmake ninja meson cmake pip pip3 python python3 poetry flit hatch dpkg-buildpackage debuild
  rpmbuild gem sphinx-build doxygen javadoc asciidoctor groff makeinfo xorriso mkisofs genisoimage mksquashfs mkfs.ext4
  mkfs.erofs mkinitramfs update-initramfs grub-mkrescue grub-mkstandalone pod2man help2man fc-cache gs fontforge latex
  latexmk lualatex xelatex pdflatex pdftex`,
);

/** Programs that pack files, with their times. */
export const archivers = names('tar zip jar');

/** Programs that compare checksums or signatures. */
export const verifiers = names(
  `sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5sum b2sum openssl gpg gpgv gpg2 cosign minisign`,
);

/** Places for people to work in, where compilers belong to the tools. */
export const workplaces = names(
  'jupyter jupyter-lab jupyter-notebook jupyterhub ipython code-server jenkins gitlab-runner rstudio rserver sshd supervisord',
);

/** Programs that make no files but those that their words name. */
export const makesOnlyNamed: ReadonlySet<string> = new Set([
  ...installsNothing,
  ...names('git curl wget rustup tar apk strip'),
]);

/** Programs that change the owner or the mode of files that are there. */
export const ownershipChangers = names('chown chmod chgrp');

/** Programs that change the files that their words name. */
export const changesNamed = names('strip upx setcap');

/** Programs that put nothing worth a word into a folder. */
export const writesNothing: ReadonlySet<string> = new Set([
  ...ownershipChangers,
  ...names('cd mkdir echo ls test [ : true set'),
]);

/** Programs that unpack or copy a whole tree into a folder. */
export const treeWriters = names('tar bsdtar unzip cpio unsquashfs cp rsync');

/** Programs that leave the text of the files alone that their words name; what they do to modes is another question. */
export const keepsText = names('cat ls test [ [[ echo grep head stat file wc chown chmod');

/** Words of steps that give files other modes. */
export const changesModes = /chmod|setfacl|rsync|umask/;

/** Words of steps that change CRLF to LF. */
export const convertsLineEnds = /dos2unix|fromdos|d2u|\\r|\\015|\\x0d|crlf/i;
