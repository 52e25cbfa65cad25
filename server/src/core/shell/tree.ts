// The parts of the shell grammar that we need, independent of the parser library. Offsets are into the parsed text.
import type { Nesting, ShellWord } from './types';

export interface ShellTree {
  readonly statements: readonly TreeStatement[];
  /** Offset of the first syntax error, including errors inside substitutions. */
  readonly error: number | undefined;
  /** The script is too long to read, or the parser failed: its content is not known. */
  readonly isUnread?: true;
}

/** One and-or list. */
export interface TreeStatement {
  readonly start: number;
  /** Without the separator after it. */
  readonly end: number;
  readonly separator: ';' | '&' | 'newline' | undefined;
  readonly pipelines: readonly TreePipeline[];
  readonly joints: readonly ('&&' | '||')[];
}

export interface TreePipeline {
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
  /** Offset of the reserved word `time` before it. */
  readonly time: number | undefined;
  readonly nodes: readonly TreeNode[];
  readonly operators: readonly ('|' | '|&')[];
}

export type TreeNode = TreeCommand | TreeCompound;

export interface TreeCommand {
  readonly kind: 'command';
  readonly start: number;
  readonly end: number;
  readonly assignments: readonly TreeAssignment[];
  /** Name and arguments; none if it only assigns or redirects. */
  readonly words: readonly TreeWord[];
  readonly redirects: readonly TreeRedirect[];
}

/** if, for, while, case, `( )`, `{ }`, `[[ ]]`, `(( ))`, functions. */
export interface TreeCompound {
  readonly kind: 'compound';
  readonly start: number;
  readonly end: number;
  readonly blocks: readonly TreeBlock[];
  /** Substitutions outside the blocks: in the list of `for`, the subject of `case`, operands of `[[ ]]`. */
  readonly scripts: readonly TreeScript[];
  /** Parameters named there. */
  readonly variables: readonly TreeName[];
  /** The variables that `for` and `select` set. */
  readonly sets: readonly TreeName[];
  readonly redirects: readonly TreeRedirect[];
}

/** A parameter with a name (`$NAME`, `${NAME…}`, and `NAME` in arithmetic; not `$1`, `$@`, `$?`): the name's place. */
export interface TreeName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface TreeBlock {
  readonly nesting: readonly Nesting[];
  readonly statements: readonly TreeStatement[];
}

export interface TreeAssignment {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly value: TreeWord;
}

export interface TreeRedirect {
  readonly start: number;
  readonly end: number;
  readonly operator: string;
  readonly target: TreeWord | undefined;
  /** Substitutions in the body of a heredoc. */
  readonly scripts: readonly TreeScript[];
  /** Parameters named in the body of a heredoc. */
  readonly variables: readonly TreeName[];
}

/**
 * A word as the parser leaves it: a ShellWord without its place in the document, which differs between scripts of
 * the same text.
 */
export interface TreeWord extends Omit<ShellWord, 'span'> {
  readonly start: number;
  readonly end: number;
  readonly scripts: readonly TreeScript[];
  /** Parameters named in it, in order, without those in substitutions (see `scripts`). */
  readonly variables: readonly TreeName[];
}

/** The inside of `$( )`, backquotes or `<( )`. */
export interface TreeScript {
  /** Of the whole substitution. */
  readonly start: number;
  readonly end: number;
  readonly statements: readonly TreeStatement[];
  /** For backquotes with escapes inside: the text without the escapes. Offsets below it are into this text. */
  readonly decoded: string | undefined;
}
