// What programs do in the steps of a build: one set a question, by base name. A program in no set may do anything.
// Package managers have a table of their own.

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Print what they are told to; at the front of a pipe, that answers the program behind it. */
export const printers = names('yes echo printf');

/** Write the text among their words, or from their input, to a file or to the output. */
export const textWriters = names('echo printf cat tee sed');

/** Run something that may install packages. */
export const runsInstallers = names(
  `sh bash dash ash zsh . source eval npx playwright rosdep gdebi mk-build-deps tasksel make ansible-playbook
  chef-client puppet`,
);

/** Run a script that is handed to them, with or without a version behind the name. */
export const interpreters = /^(?:python|node|perl|ruby)/;

/** Install no packages, and run nothing that could. */
export const installsNothing = names(
  `rm mkdir cp mv ln echo printf cat chmod chown touch true : cd set export test [ sed grep tee ls locale-gen
  update-ca-certificates useradd groupadd adduser addgroup`,
);

/** Delete only what they are told to delete, or what they wrote themselves. */
export const keepsFiles = names(
  `curl wget tar unzip cp ln ls cat cd mkdir chmod chown touch install echo printf tee sed grep awk test [ true set
  export gpg apt-key md5sum sha1sum sha224sum sha256sum sha384sum sha512sum dpkg rpm apt apt-get apk yum dnf microdnf
  pip pip3 npm yarn gem make cmake configure useradd groupadd usermod adduser addgroup ldconfig`,
);

/** Set up the image without looking at the sources of a project. */
export const ignoresSources = names('corepack useradd groupadd adduser addgroup set true');

/** Create a user, or a group. */
export const userCreators = names('useradd adduser');
export const groupCreators = names('groupadd addgroup');

/** Add sources of packages to those that apt knows. */
export const aptSourceAdders = names('add-apt-repository apt-add-repository');
