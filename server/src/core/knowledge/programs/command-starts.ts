// How a command begins, to see one whose `&&` got lost: the word after the name of the program. The names alone are also
// packages, files and folders. Sources: the manuals of the programs.

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Words after a program with which nothing but a command begins. */
export const commandStarts: ReadonlyMap<string, RegExp> = new Map([
  ['git', /^(?:clone|checkout|submodule|pull|fetch|reset|apply|config)$/],
  ['go', /^(?:build|install|mod|get|test|generate|vet)$/],
  ['cargo', /^(?:build|install|test|fetch)$/],
  ['make', /^(?:install|all|clean|test|-[jC]\S*)$/],
  ['npm', /^(?:run|test|cache|ci|prune|install)$/],
  ['yarn', /^(?:run|build|cache|install)$/],
  ['pnpm', /^(?:run|build|install|prune)$/],
  ['sed', /^(?:-i|-e|-r|-E|["']?s[/|#])/],
  ['unzip', /^(?:-[a-zA-Z]|\S+\.zip$)/],
  ['python', /^(?:-[mc]$|\S+\.py$)/],
  ['python3', /^(?:-[mc]$|\S+\.py$)/],
  ['bash', /^-[cex]/],
  ['sh', /^-[cex]/],
  ['dpkg', /^-\w/],
  ['gpg', /^--\w/],
  ['useradd', /\S/],
  ['groupadd', /\S/],
  ['usermod', /\S/],
  ['adduser', /^-/],
  ['addgroup', /^-/],
  ['echo', /\S/],
  ['export', /^\w+=/],
  ['service', /\S/],
  ['systemctl', /^(?:enable|start|restart|daemon-reload)$/],
]);

/** The same for programs of which no package, file or folder has the name, or none with such a word behind it. */
export const certainStarts: ReadonlyMap<string, RegExp> = new Map([
  ['useradd', /\S/],
  ['groupadd', /\S/],
  ['usermod', /\S/],
  ['python', /\.py$/],
  ['python3', /\.py$/],
  ['git', /^clone$/],
]);

/** Programs that are complete without a word, and whose names no package or file has. */
export const startsAlone = names('ldconfig update-ca-certificates ./configure');

/** Programs that take names of files, options and targets, but no command: not `sudo`, `find -exec`, `echo`. */
export const takesNoCommand = names(
  `tar bsdtar unzip make git useradd groupadd usermod adduser addgroup sed python python3 go cargo configure cmake
  npm yarn pnpm`,
);

/** Of those, programs that take names and options alone, so that `rm -rf` among their words begins a command. */
export const takesNamesOnly = names('tar bsdtar unzip useradd groupadd usermod adduser addgroup make');

/** Programs that one line often runs twice, and that do not take their own name for a word. */
export const runsAgain = names('git npm yarn pnpm python python3 make');
