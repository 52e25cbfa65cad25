// The types of the shell layer: scripts, commands and words. All spans are document spans, mapped back through
// continuations, comments and heredocs, unless they are called logical.
import type { Span } from '../text/span';
import type { Instruction, LogicalLine } from '../syntax/nodes';

/** The reader of a script. `posix`: a /bin/sh of unknown kind. `other`: an interpreter that is not a shell. */
export type Dialect = 'posix' | 'dash' | 'ash' | 'bash' | 'ksh' | 'zsh' | 'cmd' | 'powershell' | 'other';

/** The shell that reads shell forms at some place of the file, with the options it is started with. */
export interface ShellInForce {
  readonly dialect: Dialect;
  /** Started with `-e`: the script ends at the first command that fails. */
  readonly errexit: boolean;
  /** Started with `-o pipefail`. */
  readonly pipefail: boolean;
  /** The dialect of /bin/sh in the image. */
  readonly sh: Dialect;
}

export interface ShellWord {
  /** In exec form the text between the quotes of the JSON string. */
  readonly span: Span;
  /** As the shell sees it (continuations joined), quotes still in it. In exec form the same as the value. */
  readonly text: string;
  /** The word's value if nothing in it is expanded; undefined with a `$`, a glob or a substitution. */
  readonly value: string | undefined;
  /** The value with globs and braces as written (`/var/lib/apt/lists/*`); undefined with a `$` or a substitution. */
  readonly pattern: string | undefined;
  /** Literal text before the first expansion, quotes removed; the whole value when there is none. */
  readonly prefix: string;
  /** Literal text after the last expansion, quotes removed; the whole value when there is none. */
  readonly suffix: string;
  readonly quoted: boolean;
  /** It may become no word or several: an unquoted expansion, or `"$@"`. */
  readonly splits: boolean;
}

export interface Assignment {
  readonly name: string;
  readonly value: ShellWord | undefined;
  readonly span: Span;
}

export interface Redirect {
  readonly span: Span;
  /** `>`, `>>`, `<`, `2>`, `&>`, `<<<`, `<<` … as written with its descriptor. */
  readonly operator: string;
  /** The file, descriptor or string; the delimiter of a heredoc. */
  readonly target: ShellWord | undefined;
}

/** A program that runs the rest of its words: sudo, env, exec, time, xargs, nice, timeout, sh -c … */
export interface Wrapper {
  readonly program: string;
  /** From the wrapper's name to just before the program that it runs; for `sh -c '…'` up to the string. */
  readonly span: Span;
  /** Its own options and operands, without its name and without the program it runs. */
  readonly args: readonly ShellWord[];
}

/** The kinds of construct around a command, outermost first; a command at top level has none. */
export type Nesting =
  | 'subshell'
  | 'group'
  | 'substitution'
  | 'function'
  | 'condition'
  | 'branch'
  | 'loop'
  | 'case'
  /** inside the string of `sh -c '…'`, `su -c`, `eval` in a script; not in exec form */
  | 'string';

/** The operator between a command and its neighbour in the list. */
export type Joint = '&&' | '||' | ';' | '&' | '|' | '|&' | 'newline';

export interface Command {
  /** RUN, CMD, ENTRYPOINT or HEALTHCHECK; the trigger, under ONBUILD. */
  readonly instruction: Instruction;
  /** Undefined in exec form: no shell reads it. */
  readonly script: ShellScript | undefined;
  /** Number among the commands of its script, in source order. */
  readonly index: number;
  /** From the program's name to its last argument, without assignments, wrappers and redirections. */
  readonly span: Span;
  /** The same with assignments, wrappers and redirections. */
  readonly fullSpan: Span;
  /** `fullSpan` in `script.text`; empty in exec form. */
  readonly logical: Span;
  readonly name: ShellWord;
  /** Base name of the program (`/usr/bin/apt-get` is `apt-get`); empty if it is not known. */
  readonly program: string;
  /** Arguments after the name, without redirections. */
  readonly args: readonly ShellWord[];
  /** Wrappers with their arguments, then name and arguments: all words except leading assignments. */
  readonly words: readonly ShellWord[];
  /** Assignments before the program and arguments of `env`, including those of wrappers. */
  readonly assignments: readonly Assignment[];
  /** Outermost first. Commands in one `sh -c` string share the same objects. */
  readonly wrappers: readonly Wrapper[];
  readonly redirects: readonly Redirect[];
  readonly nesting: readonly Nesting[];
  /** Index in `script.lists` of its top-level list; -1 in exec form. */
  readonly list: number;
  /** Its innermost and-or list; undefined in exec form. */
  readonly chain: CommandList | undefined;
  /** Index of its pipeline in `chain`. */
  readonly position: number;
  readonly before: Joint | undefined;
  readonly after: Joint | undefined;
  /** Its place in a pipeline of more than one command. */
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  /** Whether there is a `!` before it. */
  readonly negated: boolean;
  /** Whether spans are exact, so that edits can use them (false in strings with escapes). */
  readonly editable: boolean;
}

/** One and-or list: the text between two `;`, `&` or newlines of a script or construct. */
export interface CommandList {
  /** Without the separator that ends it. */
  readonly span: Span;
  /** The separator that ends it; undefined for a last list without one. */
  readonly end: ';' | '&' | 'newline' | undefined;
  /** The joints of its pipelines, in order; `a && b || c` has `['&&', '||']`. */
  readonly joints: readonly ('&&' | '||')[];
  /** Spans of its pipelines; one more than `joints`. */
  readonly pipelines: readonly Span[];
  readonly block: CommandBlock;
  /** Its index in the lists of `block`. */
  readonly index: number;
}

/** A sequence of lists: a script, or the inside of a group, branch, loop, substitution or string. */
export interface CommandBlock {
  readonly lists: readonly CommandList[];
  /** The same as for a command in it. */
  readonly nesting: readonly Nesting[];
  readonly editable: boolean;
  /** Undefined for the script itself. The blocks of one construct (condition, branches) share the same object. */
  readonly place: BlockPlace | undefined;
  /** The wrappers of all its commands: those of a string, and those that start the script itself. */
  readonly wrappers: readonly Wrapper[];
}

/** The place of the construct, substitution or string around a block. */
export interface BlockPlace {
  /** The and-or list around it, and the index of the pipeline that holds it. */
  readonly chain: CommandList;
  readonly position: number;
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  /** Whether there is a `!` before the pipeline. */
  readonly negated: boolean;
  /** The command whose words hold the substitution or string; undefined for constructs and assigned values. */
  readonly command: Command | undefined;
}

export interface ShellScript {
  readonly instruction: Instruction;
  readonly dialect: Dialect;
  /**
   * The text handed to the shell: the joined line (with the heredoc bodies that belong to its commands after
   * it), a heredoc body, or the string of `["sh", "-c", "…"]`. Ends of line are always `\n`.
   */
  readonly text: string;
  /** The text with its map into the document. */
  readonly source: LogicalLine;
  /** Its place in the document. */
  readonly span: Span;
  readonly lists: readonly CommandList[];
  readonly commands: readonly Command[];
  /**
   * False if the shell would refuse it: then `commands` has only those before the error. Scripts that are not read
   * (cmd, powershell, other) are valid and have no commands. zsh is read as bash, so false proves nothing there.
   */
  readonly valid: boolean;
  readonly errorAt: Span | undefined;
  /** Whether it is a heredoc body and not the instruction's line. */
  readonly heredoc: boolean;
  /** The shell is started with `-e`; a `set -e` in the script does not count. */
  readonly errexit: boolean;
  /** The shell is started with `-o pipefail`; a `set -o pipefail` in the script does not count. */
  readonly pipefail: boolean;
  /** Whether its text stands in the file as it is, so that edits can use it (false in strings with escapes). */
  readonly editable: boolean;
  /** Whether another shell puts in the values of variables before this one reads the text. */
  readonly expanded: boolean;
}
