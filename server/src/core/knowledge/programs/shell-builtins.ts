// Commands that shells execute themselves. Sources: POSIX.1-2024, the manuals of bash and dash.

function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Builtins that need a shell: no program has this name, or the program has no effect on its caller. */
export const onlyInShells: ReadonlySet<string> = new Set(
  names(`. : [ alias bg break builtin cd command continue declare dirs disown eval exec exit export false fg getopts
  hash help history jobs let local logout popd pushd read readonly return set shift shopt source test times trap true
  type typeset ulimit umask unalias unset wait`),
);

/** All builtins, including those that also exist as programs. */
export const builtIntoShells: ReadonlySet<string> = new Set([...onlyInShells, ...names('echo printf')]);

/** Commands that always succeed and at most print something. */
export const doNothing: ReadonlySet<string> = new Set(names('true : echo printf'));

/** Builtins that only go elsewhere in the script, or end it. */
export const jumps: ReadonlySet<string> = new Set(names('exit return break continue'));

/** Words before a command that the same shell then executes. */
export const transparentPrefixes: ReadonlySet<string> = new Set(names('time command builtin'));

/** Builtins that change the shell for the commands after them, or end it. */
export const lastingBuiltIns: ReadonlySet<string> = new Set(
  names('cd pushd popd export unset set shopt umask alias trap exit exec return source . eval ulimit'),
);

/** First words behind which hadolint takes the next one for the command. Source: what hadolint 2.15.1 answers. */
export const passedByHadolint: ReadonlySet<string> = new Set(names('command builtin exec busybox run'));

/** Programs that take operators of a shell as words of their own language. */
export const operatorPrograms: ReadonlySet<string> = new Set(
  names('expr test [ [[ find awk gawk jq yq parallel xargs'),
);
