// From the grammar of a script to its commands: where each stands, what it is joined with, what it runs under.
import { toDocumentSpan } from '../syntax/logical-line';
import type { Instruction, LogicalLine } from '../syntax/nodes';
import type { Span } from '../text/span';
import { isReadable } from './dialect';
import { decodeWord, type Decoded } from './source';
import type {
  ShellTree,
  TreeCommand,
  TreePipeline,
  TreeRedirect,
  TreeScript,
  TreeStatement,
  TreeWord,
} from './tree';
import type {
  Assignment,
  Command,
  CommandBlock,
  CommandList,
  Joint,
  Nesting,
  ShellInForce,
  ShellScript,
  ShellWord,
  Wrapper,
} from './types';
import { parseShell } from './unbash-adapter';
import { programOf, unwrap } from './wrappers';

/** `sh -c` in `sh -c`: no one goes deeper. */
const deepestString = 4;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface ScriptInput {
  readonly instruction: Instruction;
  readonly source: LogicalLine;
  readonly shell: ShellInForce;
  readonly heredoc: boolean;
  /** What the shell itself is started by. */
  readonly wrappers: readonly Wrapper[];
  /** Whether text can be put into it as it is. */
  readonly editable: boolean;
  /** Another shell has run the substitutions before this one reads it. */
  readonly expanded?: boolean;
}

/** Reads a script. Never throws. */
export function readScript(input: ScriptInput): ShellScript {
  const { instruction, source, shell, heredoc } = input;
  const { text } = source;
  const commands: Mutable<Command>[] = [];
  const script: Mutable<ShellScript> = {
    instruction,
    dialect: shell.dialect,
    text,
    source,
    span: toDocumentSpan(source, { start: 0, end: text.length }),
    lists: [],
    commands,
    valid: true,
    errorAt: undefined,
    heredoc,
    errexit: shell.errexit,
    pipefail: shell.pipefail,
  };
  if (!isReadable(shell.dialect)) return script;
  const tree = parseShell(text);
  const reader = new ScriptReader(script, commands);
  const place: Place = {
    root: (start, end) => ({ start, end }),
    editable: input.editable,
    nesting: [],
    wrappers: input.wrappers,
    list: undefined,
    strings: 0,
    expanded: input.expanded ?? false,
  };
  const { lists } = reader.block(tree.statements, place);
  script.lists = lists;
  if (tree.error !== undefined) {
    const { error } = tree;
    script.valid = false;
    script.errorAt = toDocumentSpan(source, { start: error, end: Math.min(error + 1, text.length) });
    script.commands = commands.filter((command) => command.logical.end <= error);
  }
  number(script);
  return script;
}

/** Brings the commands into source order: the body of a heredoc is read with its command, but stands further down. */
function number(script: Mutable<ShellScript>): void {
  const commands = script.commands as Mutable<Command>[];
  const sorted = commands.every(
    (command, at) => at === 0 || (commands[at - 1]?.logical.start ?? 0) <= command.logical.start,
  );
  if (!sorted) commands.sort((a, b) => a.logical.start - b.logical.start);
  commands.forEach((command, index) => {
    command.index = index;
  });
}

/** Where a piece of grammar stands. */
interface Place {
  /** From offsets of the grammar to offsets into the script's text. */
  root(this: void, start: number, end: number): Span;
  readonly editable: boolean;
  readonly nesting: readonly Nesting[];
  readonly wrappers: readonly Wrapper[];
  /** Top-level list; undefined at top level, where each list is its own. */
  readonly list: number | undefined;
  readonly strings: number;
  readonly expanded: boolean;
}

interface Position {
  readonly chain: CommandList;
  readonly position: number;
  readonly list: number;
  readonly before: Joint | undefined;
  readonly after: Joint | undefined;
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  readonly negated: boolean;
  /** Where `time` stands in front of the pipeline's first command. */
  readonly time: number | undefined;
}

class ScriptReader {
  readonly #script: ShellScript;
  readonly #commands: Command[];

  constructor(script: ShellScript, commands: Command[]) {
    this.#script = script;
    this.#commands = commands;
  }

  #span(place: Place, at: { readonly start: number; readonly end: number }): Span {
    return toDocumentSpan(this.#script.source, place.root(at.start, at.end));
  }

  block(statements: readonly TreeStatement[], place: Place): CommandBlock {
    const lists: CommandList[] = [];
    const block: CommandBlock = { lists, nesting: place.nesting, editable: place.editable };
    statements.forEach((statement, index) => {
      lists.push({
        span: this.#span(place, statement),
        end: statement.separator,
        joints: statement.joints,
        pipelines: statement.pipelines.map((pipeline) => this.#span(place, pipeline)),
        block,
        index,
      });
    });
    statements.forEach((statement, index) => {
      const chain = lists[index];
      if (!chain) return;
      const before = statements[index - 1]?.separator;
      statement.pipelines.forEach((pipeline, position) => {
        const { joints } = statement;
        this.#pipeline(pipeline, place, {
          chain,
          position,
          list: place.list ?? index,
          before: joints[position - 1] ?? before,
          after: joints[position] ?? statement.separator,
          pipeline: undefined,
          negated: pipeline.negated,
          time: pipeline.time,
        });
      });
    });
    return block;
  }

  #pipeline({ nodes, operators }: TreePipeline, place: Place, at: Position): void {
    const length = nodes.length;
    nodes.forEach((node, index) => {
      const position: Position =
        length === 1
          ? at
          : {
              ...at,
              before: operators[index - 1] ?? at.before,
              after: operators[index] ?? at.after,
              pipeline: { index, length },
              time: index === 0 ? at.time : undefined,
            };
      if (node.kind === 'command') {
        this.#command(node, place, position);
        return;
      }
      const inner = { ...place, list: position.list };
      this.#substitutions(node.scripts, inner);
      for (const { nesting, statements } of node.blocks) {
        this.block(statements, { ...inner, nesting: [...place.nesting, ...nesting] });
      }
      for (const redirect of node.redirects) this.#redirectSubstitutions(redirect, inner);
    });
  }

  #command(node: TreeCommand, place: Place, at: Position): void {
    const inner = { ...place, list: at.list };
    const words = node.words.map((word) => this.#word(word, place));
    const own = node.assignments.map((assignment): Assignment => {
      const value = this.#word(assignment.value, place);
      return { name: assignment.name, value, span: this.#span(place, assignment) };
    });
    if (words.length > 0) {
      const { string, command } = this.#build(node, place, at, words, own);
      this.#commands.push(command);
      const text = string === undefined ? undefined : node.words[string];
      if (text) this.#string(text, inner, command, at, words, string ?? 0);
    }
    for (const { value } of node.assignments) this.#substitutions(value.scripts, inner);
    for (const word of node.words) this.#substitutions(word.scripts, inner);
    for (const redirect of node.redirects) this.#redirectSubstitutions(redirect, inner);
  }

  #build(
    node: TreeCommand,
    place: Place,
    at: Position,
    words: readonly ShellWord[],
    own: readonly Assignment[],
  ): { command: Command; string: number | undefined } {
    const found = unwrap(words);
    const wrappers = [...place.wrappers];
    if (at.time !== undefined) {
      const span = this.#span(place, { start: at.time, end: at.time + 4 });
      wrappers.push({
        program: 'time',
        span: { start: span.start, end: words[0]?.span.start ?? span.end },
        args: [],
      });
    }
    wrappers.push(...found.wrappers.map(({ program, from, to }) => wrapper(words, program, from, to)));
    const name = words[found.name] as ShellWord;
    const args = words.slice(found.name + 1);
    const start = at.time ?? node.start;
    return {
      string: found.string,
      command: {
        instruction: this.#script.instruction,
        script: this.#script,
        index: 0,
        span: { start: name.span.start, end: (args.at(-1) ?? name).span.end },
        fullSpan: this.#span(place, { start, end: node.end }),
        logical: place.root(start, node.end),
        name,
        program: programOf(name),
        args,
        words,
        assignments: [
          ...own,
          ...found.assignments.map((index) => this.#assignmentWord(node.words[index], place)),
        ],
        wrappers,
        redirects: node.redirects.map((redirect) => ({
          span: this.#span(place, redirect),
          operator: redirect.operator,
          target: redirect.target && this.#word(redirect.target, place),
        })),
        nesting: place.nesting,
        list: at.list,
        chain: at.chain,
        position: at.position,
        before: at.before,
        after: at.after,
        pipeline: at.pipeline,
        negated: at.negated,
        editable: place.editable,
      },
    };
  }

  /** `NAME=value` among the words of sudo and env. */
  #assignmentWord(word: TreeWord | undefined, place: Place): Assignment {
    const { start, end, text, prefix, value, pattern } = word as TreeWord;
    const name = prefix.slice(0, prefix.indexOf('='));
    const from = text.indexOf('=') + 1;
    const rest = (part: string): string => part.slice(name.length + 1);
    const assigned: TreeWord = {
      ...(word as TreeWord),
      start: start + from,
      text: text.slice(from),
      value: value === undefined ? undefined : rest(value),
      pattern: pattern === undefined ? undefined : rest(pattern),
      prefix: rest(prefix),
      suffix: value === undefined ? (word as TreeWord).suffix : rest(value),
    };
    return { name, value: this.#word(assigned, place), span: this.#span(place, { start, end }) };
  }

  /** The commands in the string of `sh -c '…'`. */
  #string(
    word: TreeWord,
    place: Place,
    command: Command,
    at: Position,
    words: readonly ShellWord[],
    index: number,
  ): void {
    if (place.strings >= deepestString) return;
    const decoded = decodeWord(word.text);
    if (!decoded) return;
    const tree = parseShell(decoded.text);
    const from = words.indexOf(command.name);
    this.block(untilError(tree), {
      root: stringRoot(place, word, decoded),
      editable: place.editable && decoded.exact,
      nesting: [...place.nesting, 'string'],
      wrappers: [...command.wrappers, wrapper(words, command.program, from, index)],
      list: at.list,
      strings: place.strings + 1,
      expanded: place.expanded,
    });
  }

  #redirectSubstitutions(redirect: TreeRedirect, place: Place): void {
    if (redirect.target) this.#substitutions(redirect.target.scripts, place);
    this.#substitutions(redirect.scripts, place);
  }

  #substitutions(scripts: readonly TreeScript[], place: Place): void {
    if (place.expanded) return;
    for (const { start, end, statements, decoded } of scripts) {
      this.block(statements, {
        ...place,
        nesting: [...place.nesting, 'substitution'],
        ...(decoded ? { root: () => place.root(start, end), editable: false } : {}),
      });
    }
  }

  #word(word: TreeWord, place: Place): ShellWord {
    const { text, value, pattern, prefix, suffix, variables, quoted, splits } = word;
    return { span: this.#span(place, word), text, value, pattern, prefix, suffix, variables, quoted, splits };
  }
}

/** @param from index of its name @param to index of what it runs */
export function wrapper(words: readonly ShellWord[], program: string, from: number, to: number): Wrapper {
  const start = words[from]?.span.start ?? 0;
  return { program, span: { start, end: words[to]?.span.start ?? start }, args: words.slice(from + 1, to) };
}

/** Of a broken string only the statements in front of the error count. */
function untilError({ statements, error }: ShellTree): readonly TreeStatement[] {
  return error === undefined ? statements : statements.filter(({ end }) => end <= error);
}

function stringRoot(place: Place, word: TreeWord, decoded: Decoded): Place['root'] {
  return (start, end) => {
    const first = word.start + decoded.origin(start);
    return place.root(first, end > start ? word.start + decoded.origin(end - 1) + 1 : first);
  };
}
