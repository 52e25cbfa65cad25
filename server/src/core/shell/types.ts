// What the shell layer makes of the text an instruction hands to a shell. All spans are document spans,
// mapped back through continuations, comments and heredocs.
import type { Span } from '../text/span';
import type { Instruction } from '../syntax/nodes';

/** What will read the script. `posix` is a /bin/sh whose kind is unknown; `other` an interpreter that is no shell. */
export type Dialect = 'posix' | 'dash' | 'ash' | 'bash' | 'zsh' | 'cmd' | 'powershell' | 'other';

export interface ShellWord {
  readonly span: Span;
  /** As the shell sees it (continuations joined), quotes still in it. */
  readonly text: string;
  /** The word's value when nothing in it is expanded; undefined as soon as there is a `$`, a glob or a substitution. */
  readonly value: string | undefined;
  /** Literal text in front of the first expansion, quotes removed; the whole value when there is none. */
  readonly prefix: string;
  /** Parameters named in it (`$NAME`, `${NAME…}`), in order. */
  readonly variables: readonly string[];
  readonly quoted: boolean;
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
  readonly target: ShellWord | undefined;
}

/** A program that runs the rest of its words: sudo, env, exec, time, xargs, nice, timeout, sh -c … */
export interface Wrapper {
  readonly program: string;
  /** From the wrapper's name to just before the program it runs. */
  readonly span: Span;
  readonly args: readonly ShellWord[];
}

/** What a command stands in, outermost first; a command at top level has none. */
export type Nesting =
  | 'subshell' | 'group' | 'substitution' | 'function'
  | 'condition' | 'branch' | 'loop' | 'case'
  /** inside the string of `sh -c '…'`, `su -c`, `eval` */
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
  readonly name: ShellWord;
  /** Base name of the program (`/usr/bin/apt-get` is `apt-get`); empty when it cannot be known. */
  readonly program: string;
  /** Arguments behind the name, redirections left out. */
  readonly args: readonly ShellWord[];
  /** In front of the program or handed to `env`, wrappers included. */
  readonly assignments: readonly Assignment[];
  readonly wrappers: readonly Wrapper[];
  readonly redirects: readonly Redirect[];
  readonly nesting: readonly Nesting[];
  /** Index in `script.lists` of the top-level list it stands in; -1 in exec form. */
  readonly list: number;
  readonly before: Joint | undefined;
  readonly after: Joint | undefined;
  /** Its place in a pipeline of more than one command. */
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  /** `!` in front. */
  readonly negated: boolean;
  /** Whether spans are exact, so that an edit may rely on them (false in strings with escapes). */
  readonly editable: boolean;
}

/** One top-level and-or list: what stands between two `;`, `&` or newlines of the script. */
export interface CommandList {
  readonly span: Span;
  /** What ends it: undefined for the last one. */
  readonly end: ';' | '&' | 'newline' | undefined;
  /** The joints of its top-level pipelines, in order; `a && b || c` has `['&&', '||']`. */
  readonly joints: readonly ('&&' | '||')[];
  /** Spans of its top-level pipelines, one more than joints. */
  readonly pipelines: readonly Span[];
}

export interface ShellScript {
  readonly dialect: Dialect;
  /** The text handed to the shell: joined line, or heredoc body. */
  readonly text: string;
  /** Where it stands in the document. */
  readonly span: Span;
  readonly lists: readonly CommandList[];
  readonly commands: readonly Command[];
  /** False when the shell would refuse it: then only what stands before the error is in `commands`. */
  readonly valid: boolean;
  readonly errorAt: Span | undefined;
  /** It came from a heredoc body rather than from the instruction's line. */
  readonly heredoc: boolean;
}
