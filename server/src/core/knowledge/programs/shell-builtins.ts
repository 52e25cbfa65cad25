// What shells carry out themselves. Sources: POSIX.1-2024, the manuals of bash and dash.

function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Only a shell knows these: no program has such a name, or one that has it does nothing for its caller. */
export const onlyInShells: ReadonlySet<string> = new Set(
  names(`. : [ alias bg break builtin cd command continue declare dirs disown eval exec exit export false fg getopts
  hash help history jobs let local logout popd pushd read readonly return set shift shopt source test times trap true
  type typeset ulimit umask unalias unset wait`),
);

/** All of them: also those that exist as programs too. */
export const builtIntoShells: ReadonlySet<string> = new Set([...onlyInShells, ...names('echo printf')]);

/** End well, and do nothing but say something. */
export const doNothing: ReadonlySet<string> = new Set(names('true : echo printf'));

/** Stand in front of a command that the same shell carries out. */
export const transparentPrefixes: ReadonlySet<string> = new Set(names('time command builtin'));

/** Change the shell for the commands behind them, or end it. */
export const lastingBuiltIns: ReadonlySet<string> = new Set(
  names('cd pushd popd export unset set shopt umask alias trap exit exec return source . eval ulimit'),
);
