// What the shell layer makes of the text an instruction hands to a shell. All spans are document spans,
// mapped back through continuations, comments and heredocs, unless they are called logical.
import type { Span } from '../text/span';
import type { Instruction, LogicalLine } from '../syntax/nodes';

/** What will read the script. `posix` is a /bin/sh whose kind is unknown; `other` an interpreter that is no shell. */
export type Dialect = 'posix' | 'dash' | 'ash' | 'bash' | 'zsh' | 'cmd' | 'powershell' | 'other';

/** The shell that reads shell forms at some place of the file, with the options it is started with. */
export interface ShellInForce {
  readonly dialect: Dialect;
  /** Started with `-e`: the script ends at the first command that fails. */
  readonly errexit: boolean;
  /** Started with `-o pipefail`. */
  readonly pipefail: boolean;
  /** What /bin/sh is in the image. */
  readonly sh: Dialect;
}

export interface ShellWord {
  /** In exec form the text between the quotes of the JSON string. */
  readonly span: Span;
  /** As the shell sees it (continuations joined), quotes still in it. In exec form the same as the value. */
  readonly text: string;
  /** The word's value when nothing in it is expanded; undefined as soon as there is a `$`, a glob or a substitution. */
  readonly value: string | undefined;
  /** The value with globs and braces left as written (`/var/lib/apt/lists/*`); undefined with a `$` or a substitution. */
  readonly pattern: string | undefined;
  /** Literal text in front of the first expansion, quotes removed; the whole value when there is none. */
  readonly prefix: string;
  /** Literal text behind the last expansion, quotes removed; the whole value when there is none. */
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
  /** From the wrapper's name to just before the program it runs; for `sh -c '…'` up to the string. */
  readonly span: Span;
  /** Its own options and operands, without its name and without what it runs. */
  readonly args: readonly ShellWord[];
}

/** What a command stands in, outermost first; a command at top level has none. */
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

/** How a command is joined with its neighbour in the list it stands in. */
export type Joint = '&&' | '||' | ';' | '&' | '|' | '|&' | 'newline';

export interface Command {
  /** RUN, CMD, ENTRYPOINT or HEALTHCHECK; the trigger, under ONBUILD. */
  readonly instruction: Instruction;
  /** Undefined in exec form: no shell reads it. */
  readonly script: ShellScript | undefined;
  /** Number among the commands of its script, in source order. */
  readonly index: number;
  /** From the program's name to its last argument: no assignments, wrappers, redirections. */
  readonly span: Span;
  /** The same with assignments, wrappers and redirections. */
  readonly fullSpan: Span;
  /** `fullSpan` in `script.text`; empty in exec form. */
  readonly logical: Span;
  readonly name: ShellWord;
  /** Base name of the program (`/usr/bin/apt-get` is `apt-get`); empty when it cannot be known. */
  readonly program: string;
  /** Arguments behind the name, redirections left out. */
  readonly args: readonly ShellWord[];
  /** Wrappers with their arguments, name and arguments: all words but assignments in front. */
  readonly words: readonly ShellWord[];
  /** In front of the program or handed to `env`, wrappers included. */
  readonly assignments: readonly Assignment[];
  /** Outermost first. Commands in one `sh -c` string share the very objects in front of it. */
  readonly wrappers: readonly Wrapper[];
  readonly redirects: readonly Redirect[];
  readonly nesting: readonly Nesting[];
  /** Index in `script.lists` of the top-level list it stands in; -1 in exec form. */
  readonly list: number;
  /** The innermost and-or list it stands in; undefined in exec form. */
  readonly chain: CommandList | undefined;
  /** Which of the pipelines of `chain` it belongs to. */
  readonly position: number;
  readonly before: Joint | undefined;
  readonly after: Joint | undefined;
  /** Its place in a pipeline of more than one command. */
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  /** `!` in front. */
  readonly negated: boolean;
  /** Whether spans are exact, so that an edit may rely on them (false in strings with escapes). */
  readonly editable: boolean;
}

/** One and-or list: what stands between two `;`, `&` or newlines of a script or of the inside of a construct. */
export interface CommandList {
  /** Without what ends it. */
  readonly span: Span;
  /** What ends it: undefined for the last one, unless something is written there. */
  readonly end: ';' | '&' | 'newline' | undefined;
  /** The joints of its pipelines, in order; `a && b || c` has `['&&', '||']`. */
  readonly joints: readonly ('&&' | '||')[];
  /** Spans of its pipelines, one more than joints. */
  readonly pipelines: readonly Span[];
  readonly block: CommandBlock;
  /** Its place in the lists of `block`. */
  readonly index: number;
}

/** What is run one after the other: a script, the inside of a group, branch, loop, substitution or string. */
export interface CommandBlock {
  readonly lists: readonly CommandList[];
  /** As for a command in it. */
  readonly nesting: readonly Nesting[];
  readonly editable: boolean;
  /** Undefined for the script itself. The blocks of one construct (condition, branches) share the very object. */
  readonly place: BlockPlace | undefined;
  /** What all its commands run under: those of a string, and of what the script itself is started by. */
  readonly wrappers: readonly Wrapper[];
}

/** Where the construct, substitution or string stands that a block is the inside of. */
export interface BlockPlace {
  /** The and-or list around it, and which of its pipelines holds it. */
  readonly chain: CommandList;
  readonly position: number;
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  /** `!` in front of the pipeline. */
  readonly negated: boolean;
  /** The command whose words hold the substitution or string; undefined for constructs, and for what is assigned. */
  readonly command: Command | undefined;
}

export interface ShellScript {
  readonly instruction: Instruction;
  readonly dialect: Dialect;
  /**
   * The text handed to the shell: the joined line (with the heredoc bodies that belong to its commands behind
   * it), a heredoc body, or the string of `["sh", "-c", "…"]`. Ends of line are always `\n`.
   */
  readonly text: string;
  /** The text with its map into the document. */
  readonly source: LogicalLine;
  /** Where it stands in the document. */
  readonly span: Span;
  readonly lists: readonly CommandList[];
  readonly commands: readonly Command[];
  /**
   * False when the shell would refuse it: then only what stands before the error is in `commands`. Scripts that
   * are not read (cmd, powershell, other) are valid and have no commands; zsh is read as bash, so that false
   * proves nothing there.
   */
  readonly valid: boolean;
  readonly errorAt: Span | undefined;
  /** It came from a heredoc body rather than from the instruction's line. */
  readonly heredoc: boolean;
  /** The shell is started with `-e`; a `set -e` in the script is not looked at. */
  readonly errexit: boolean;
  /** The shell is started with `-o pipefail`; a `set -o pipefail` in the script is not looked at. */
  readonly pipefail: boolean;
}
