// The syntax tree of a Dockerfile. Plain readonly data: every node has an exact span in the document, and no text
// is lost or rewritten.
import type { Span } from '../text/span';

export interface Dockerfile {
  readonly text: string;
  /** The escape character in force: backslash, or backtick after `# escape=`. */
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** Every comment line, including those inside continued instructions, but not those in heredoc bodies. */
  readonly comments: readonly Comment[];
  /** In file order. The trigger of an ONBUILD is a child of it and not in this list. */
  readonly instructions: readonly Instruction[];
  /** Grammar errors that stop the builder. The rest of the file is parsed anyway. */
  readonly problems: readonly SyntaxProblem[];
}

export interface SyntaxProblem {
  readonly at: Span;
  readonly kind:
    | 'heredoc-unterminated'
    | 'line-too-long'
    | 'repeated-directive'
    | 'unknown-escape'
    | 'directive-check-invalid'
    | 'open-quote'
    | 'flag-malformed'
    | 'variable-malformed'
    | 'json-not-strings';
  readonly message: string;
}

/** `# name=value` in the directive block at the top of the file. */
export interface Directive {
  readonly span: Span;
  /** Lower-cased: syntax, escape or check. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Without blanks around it. In a syntax directive, the image is the part before the first blank. */
  readonly value: string;
  readonly valueSpan: Span;
  /**
   * `hash`: `# name=value`. Only for syntax also `slashes`: `// syntax=value`, and `json`: the whole file is an object
   * with a string `syntax`. Both are meant for other frontends; Docker's own frontend fails on them.
   */
  readonly form: 'hash' | 'slashes' | 'json';
}

/** One comment line, from `#` to the end of the line. Directives are not comments. */
export interface Comment {
  readonly span: Span;
  /** Everything after the `#`, untrimmed. */
  readonly text: string;
  /** Whether it is between the lines of a continued instruction. */
  readonly inside: boolean;
}

/**
 * An instruction's lines joined as the builder joins them (continuations cut, comment and blank lines
 * dropped), with the map back to the document. Heredoc bodies are not part of it.
 */
export interface LogicalLine {
  readonly text: string;
  readonly segments: readonly Segment[];
}

export interface Segment {
  readonly logical: number;
  readonly document: number;
  readonly length: number;
}

export interface Instruction {
  /** Position among the file's instructions; a trigger shares the number of its ONBUILD. */
  readonly index: number;
  /** Upper-cased, also if the keyword is unknown. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /**
   * From the first character (the keyword, or a lone escape character in a line above it) to the end of the last line
   * that the builder reads for it, including heredoc terminators, without the end of line. A continuation with nothing
   * after it includes the blank and comment lines that follow.
   */
  readonly span: Span;
  readonly line: LogicalLine;
  readonly flags: readonly Flag[];
  /** What follows the flags, trimmed, in logical offsets into `line.text`. */
  readonly argumentsLogical: Span;
  /** The same in the document. If there are no arguments, an empty span after the last word. */
  readonly argumentsSpan: Span;
  /**
   * Words of the arguments, split as the builder does. FROM, COPY, ADD, VOLUME and EXPOSE: at every blank, also in
   * quotes. USER, WORKDIR, STOPSIGNAL and MAINTAINER: everything is one word. All others, and the JSON form: at blanks
   * outside quotes. For pairs, each word is a whole pair.
   */
  readonly words: readonly Word[];
  /**
   * The strings of the JSON form, if the instruction supports it and the text is one; otherwise undefined. For
   * HEALTHCHECK: the strings after CMD (which is `words[0]`).
   */
  readonly json: readonly JsonString[] | undefined;
  /** Pairs of ENV, LABEL and ARG; empty for the others. */
  readonly pairs: readonly Pair[];
  /** For ONBUILD: the same as its trigger's. */
  readonly heredocs: readonly Heredoc[];
  /** The instruction that ONBUILD runs later. */
  readonly trigger: Instruction | undefined;
  /** Whether this instruction is the trigger of an ONBUILD. */
  readonly onbuild: boolean;
  /** Blank lines inside a continued instruction, each without its end of line. For a trigger: its ONBUILD's. */
  readonly blankLines: readonly Span[];
  /** Comment lines inside a continued instruction. For a trigger: its ONBUILD's. */
  readonly comments: readonly Comment[];
}

export interface Word {
  readonly span: Span;
  readonly logical: Span;
  /** As joined by the builder, quotes and escapes still in it. */
  readonly raw: string;
  /**
   * Without quotes and escapes, as after the builder's word expansion; references stay as written. So `C:\\app` is
   * `C:app` here (the directory that a build gets) unless the backtick is the escape character.
   */
  readonly value: string;
  /**
   * References that the builder (not a shell) would expand, in order. None in single quotes, and none in RUN, CMD,
   * ENTRYPOINT, SHELL, HEALTHCHECK, MAINTAINER, ONBUILD (see its trigger) and unknown instructions.
   */
  readonly variables: readonly VariableReference[];
  /** The quote that is opened and never closed. */
  readonly unterminated?: Span;
}

export interface VariableReference {
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//` or unsupported text; undefined if there is none. */
  readonly modifier: string | undefined;
  /** Text after the modifier, raw. */
  readonly operand: string | undefined;
  /** References inside the operand. */
  readonly nested: readonly VariableReference[];
}

export interface Flag {
  readonly span: Span;
  /** Without the dashes and without quotes; its case as written. */
  readonly name: string;
  readonly nameSpan: Span;
  /**
   * Undefined for a flag without `=`. Quotes and escapes are removed from `value.value` before variables are searched,
   * so single quotes do not protect them here.
   */
  readonly value: Word | undefined;
  /** `key=value` parts of a comma-separated value (--mount); empty for other flags. */
  readonly options: readonly FlagOption[];
}

export interface FlagOption {
  readonly span: Span;
  /** Lower-cased. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
}

export interface JsonString {
  readonly value: string;
  /** With its quotes. */
  readonly span: Span;
}

export interface Pair {
  readonly span: Span;
  readonly key: Word;
  /** Undefined when there is no `=` (ARG NAME; a mistake in ENV and LABEL), or no value in the legacy form. */
  readonly value: Word | undefined;
  /** Written as `ENV key value`. */
  readonly legacy: boolean;
}

export interface Heredoc {
  /** Quotes removed. */
  readonly name: string;
  /** Whether variables in the body are expanded: false when the delimiter is quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are dropped. */
  readonly stripTabs: boolean;
  /** The `<<NAME` word. */
  readonly operator: Word;
  /** The lines of the body with their ends of line, in the document; may be empty. */
  readonly body: Span;
  /** The body as the builder hands it on: tabs stripped for `<<-`, ends of line kept. */
  readonly content: string;
  /** The terminator's line with its tabs, without its end of line; undefined when the file ends first. */
  readonly terminator: Span | undefined;
}

export interface Part {
  readonly text: string;
  readonly span: Span;
}

/** An image name as written in FROM, --from, --mount from= or # syntax=, with a span for each part. */
export interface ImageReference {
  readonly span: Span;
  readonly text: string;
  /** Registry host with port, if one is written. */
  readonly host: Part | undefined;
  /** Path after the host, without tag and digest. */
  readonly path: Part;
  /** Host and path: everything before tag and digest. */
  readonly name: Part;
  /** Without the colon. */
  readonly tag: Part | undefined;
  /** With its algorithm, without the `@`. */
  readonly digest: Part | undefined;
  /** Whether a variable is part of it. */
  readonly variable: boolean;
}
