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

/** Programs that set up the image without reading the sources of a project. */
export const ignoresSources = names('corepack useradd groupadd adduser addgroup set true');

/** Programs that add package sources to apt. */
export const aptSourceAdders = names('add-apt-repository apt-add-repository');
