// Shells by what they can do, for the rules about SHELL and pipes.

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** Shells whose option -c runs the text behind it. */
export const posixShells = names('sh bash dash ash zsh ksh fish');

/** Shells of Windows, by the beginning of their name. */
export const windowsShells = names('pwsh powershell cmd');

/** Shells that have the option pipefail for hadolint, with or without /bin/. */
export const pipefailShells = names('bash zsh ash');
