// Walks the grammar of a script and lists its commands: the place of each, the operators around it, and its wrappers.
import type { Span } from '../text/span';
import { decodeWord, Locator } from './source';
import type { Decoded } from './source';
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
  BlockPlace,
  Command,
  CommandBlock,
  CommandList,
  Joint,
  Nesting,
  Redirect,
  ShellScript,
  ShellWord,
  Wrapper,
} from './types';
import { parseShell } from './parse-shell';
import { programOf, takesOperandsAfterString, unwrap } from './wrappers';
import type { Unwrapped } from './wrappers';

const none: readonly never[] = [];

/** Limit for `sh -c` inside `sh -c`; real files never reach it. */
const deepestString = 4;

/** The surroundings of a piece of grammar. */
export interface Place {
  /** Maps offsets of the grammar to offsets into the script's text. */
  root(this: void, start: number, end: number): Span;
  /** Whether the two are the same. */
  readonly direct: boolean;
  readonly editable: boolean;
  readonly nesting: readonly Nesting[];
  readonly wrappers: readonly Wrapper[];
  /** Top-level list; undefined at top level, where each list is its own. */
  readonly list: number | undefined;
  readonly strings: number;
  readonly expanded: boolean;
  /** The place of the block that is read; undefined for the script itself. */
  readonly at: BlockPlace | undefined;
}

interface Position {
  readonly chain: CommandList;
  readonly position: number;
  readonly list: number;
  readonly before: Joint | undefined;
  readonly after: Joint | undefined;
  readonly pipeline: { readonly index: number; readonly length: number } | undefined;
  readonly negated: boolean;
  /** Offset of a `time` before the pipeline's first command. */
  readonly time: number | undefined;
}

export class ScriptReader {
  readonly #script: ShellScript;
  readonly #commands: Command[];
  readonly #locator: Locator;

  constructor(script: ShellScript, commands: Command[]) {
    this.#locator = new Locator(script.source);
    this.#script = script;
    this.#commands = commands;
  }

  #span(place: Place, at: { readonly start: number; readonly end: number }): Span {
    if (place.direct) return this.#locator.span(at.start, at.end);
    const { start, end } = place.root(at.start, at.end);
    return this.#locator.span(start, end);
  }

  // No functions inside the methods below: every command of a file goes through them.
  #spans(place: Place, all: readonly { readonly start: number; readonly end: number }[]): readonly Span[] {
    const spans = new Array<Span>(all.length);
    for (let at = 0; at < all.length; at += 1) spans[at] = this.#span(place, all[at] as Span);
    return spans;
  }

  block(statements: readonly TreeStatement[], place: Place): CommandBlock {
    const lists: CommandList[] = [];
    const block: CommandBlock = {
      lists,
      nesting: place.nesting,
      editable: place.editable,
      place: place.at,
      wrappers: place.wrappers,
    };
    for (const statement of statements)
      lists.push({
        span: this.#span(place, statement),
        end: statement.separator,
        joints: statement.joints,
        pipelines: this.#spans(place, statement.pipelines),
        block,
        index: lists.length,
      });
    let before: Joint | undefined;
    for (const chain of lists) {
      const { index, joints } = chain;
      const { pipelines, separator } = statements[index] as TreeStatement;
      for (let position = 0; position < pipelines.length; position += 1) {
        const pipeline = pipelines[position] as TreePipeline;
        this.#pipeline(pipeline, place, {
          chain,
          position,
          list: place.list ?? index,
          before: joints[position - 1] ?? before,
          after: joints[position] ?? separator,
          pipeline: undefined,
          negated: pipeline.negated,
          time: pipeline.time,
        });
      }
      before = separator;
    }
    return block;
  }

  #pipeline({ nodes, operators }: TreePipeline, place: Place, at: Position): void {
    const length = nodes.length;
    for (let index = 0; index < length; index += 1) {
      const node = nodes[index] as TreePipeline['nodes'][number];
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
        continue;
      }
      const inner = { ...place, list: position.list, at: blockPlace(position, undefined) };
      this.#substitutions(node.scripts, { ...inner, at: blockPlace(position, undefined) });
      for (const { nesting, statements } of node.blocks) {
        this.block(statements, { ...inner, nesting: [...place.nesting, ...nesting] });
      }
      for (const redirect of node.redirects)
        this.#redirectSubstitutions(redirect, { ...inner, at: blockPlace(position, undefined) });
    }
  }

  #command(node: TreeCommand, place: Place, at: Position): void {
    const words = this.#words(node.words, place);
    const own = node.assignments.length === 0 ? none : this.#assignments(node, place);
    const built = words.length > 0 ? this.#build(node, place, at, words, own) : undefined;
    const command = built?.command;
    if (command) this.#commands.push(command);
    if (built?.string === undefined && !holdsScripts(node)) return;
    const inner = { ...place, list: place.list ?? at.list, at: blockPlace(at, command) };
    const text = built?.string === undefined ? undefined : node.words[built.string];
    if (command && text) this.#string(text, inner, command, at, words, built.string ?? 0);
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
    const wrappers = this.#wrappers(place, at, words, found.wrappers);
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
        assignments:
          found.assignments.length === 0
            ? own
            : [...own, ...this.#assignmentWords(node, found.assignments, place)],
        wrappers,
        redirects: node.redirects.length === 0 ? none : this.#redirects(node, place),
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

  #wrappers(
    place: Place,
    at: Position,
    words: readonly ShellWord[],
    found: Unwrapped['wrappers'],
  ): readonly Wrapper[] {
    if (at.time === undefined && found.length === 0) return place.wrappers;
    const wrappers = [...place.wrappers];
    if (at.time !== undefined) {
      const { start, end } = this.#span(place, { start: at.time, end: at.time + 4 });
      wrappers.push({ program: 'time', span: { start, end: words[0]?.span.start ?? end }, args: none });
    }
    for (const { program, from, to } of found) wrappers.push(wrapper(words, program, from, to));
    return wrappers;
  }

  #words(all: readonly TreeWord[], place: Place): readonly ShellWord[] {
    const words = new Array<ShellWord>(all.length);
    for (let at = 0; at < all.length; at += 1) words[at] = this.#word(all[at] as TreeWord, place);
    return words;
  }

  #assignments({ assignments }: TreeCommand, place: Place): readonly Assignment[] {
    return assignments.map((one) => ({
      name: one.name,
      value: this.#word(one.value, place),
      span: this.#span(place, one),
    }));
  }

  #redirects({ redirects }: TreeCommand, place: Place): readonly Redirect[] {
    return redirects.map((one) => ({
      span: this.#span(place, one),
      operator: one.operator,
      target: one.target && this.#word(one.target, place),
    }));
  }

  #assignmentWords(node: TreeCommand, found: readonly number[], place: Place): readonly Assignment[] {
    return found.map((index) => this.#assignmentWord(node.words[index], place));
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
      direct: false,
      editable: place.editable && decoded.exact,
      nesting: [...place.nesting, 'string'],
      wrappers: [...command.wrappers, stringWrapper(words, command.program, from, index)],
      list: at.list,
      strings: place.strings + 1,
      expanded: place.expanded,
      at: place.at,
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
        ...(decoded !== undefined
          ? { root: () => place.root(start, end), direct: false, editable: false }
          : {}),
      });
    }
  }

  /** Copies a word, because the tree is shared by all scripts with the same text. */
  #word(word: TreeWord, place: Place): ShellWord {
    const { text, value, pattern, prefix, suffix, quoted, splits } = word;
    const span = this.#span(place, word);
    return { span, text, value, pattern, prefix, suffix, quoted, splits };
  }
}

function blockPlace(
  { chain, position, pipeline, negated }: Position,
  command: Command | undefined,
): BlockPlace {
  return { chain, position, pipeline, negated, command };
}

/** Whether a word, an assignment or a redirection of a command contains scripts to read. */
function holdsScripts({ words, assignments, redirects }: TreeCommand): boolean {
  return (
    words.some(({ scripts }) => scripts.length > 0) ||
    assignments.some(({ value }) => value.scripts.length > 0) ||
    redirects.some(({ scripts, target }) => scripts.length > 0 || (target?.scripts.length ?? 0) > 0)
  );
}

/** @param from index of its name @param to index of the program it runs */
export function wrapper(words: readonly ShellWord[], program: string, from: number, to: number): Wrapper {
  const start = words[from]?.span.start ?? 0;
  return { program, span: { start, end: words[to]?.span.start ?? start }, args: words.slice(from + 1, to) };
}

/** The wrapper that reads a string. su may take its user after the string. @param string index of the string */
export function stringWrapper(
  words: readonly ShellWord[],
  program: string,
  from: number,
  string: number,
): Wrapper {
  const read = wrapper(words, program, from, string);
  return takesOperandsAfterString(program)
    ? { ...read, args: [...read.args, ...words.slice(string + 1)] }
    : read;
}

/** The statements before the error: in a broken string only these count. */
function untilError({ statements, error }: ShellTree): readonly TreeStatement[] {
  return error === undefined ? statements : statements.filter(({ end }) => end <= error);
}

function stringRoot(place: Place, word: TreeWord, decoded: Decoded): Place['root'] {
  return (start, end) => {
    const first = word.start + decoded.origin(start);
    return place.root(first, end > start ? word.start + decoded.origin(end - 1) + 1 : first);
  };
}
