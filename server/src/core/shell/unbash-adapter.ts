// The only file that uses the shell parser library, `unbash`: it converts the library's tree into ours.
import { forEachChild, parse } from 'unbash';
import type * as U from 'unbash';
import type { Nesting } from './types';
import type {
  TreeAssignment,
  TreeBlock,
  TreeCommand,
  TreeCompound,
  TreeName,
  TreeNode,
  TreePipeline,
  TreeRedirect,
  TreeScript,
  TreeStatement,
  TreeWord,
  ShellTree,
} from './tree';
import { plainWord, WordBuilder } from './word-builder';

/** Substitutions nested deeper than this are left out. */
const deepestSubstitution = 32;

const none: readonly never[] = [];

/**
 * Parses a script into our tree. The parser is tolerant and throws on no known text.
 * @throws if the parser fails, or if the stack is too small for the nesting of the script
 */
export function readTree(text: string): ShellTree {
  return new Reader(text).tree();
}

/** Walks the library's tree once and builds ours. */
class Reader {
  #text: string;
  #depth = 0;
  #error: number | undefined;
  /** Set inside decoded text: errors there are reported at this offset. */
  #decodedAt: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  tree(): ShellTree {
    const script = parse(this.#text);
    this.#noteErrors(script);
    const statements = this.#statements(script.commands);
    return { statements, error: this.#error };
  }

  #noteErrors(script: U.ParsedScript): void {
    for (const { pos } of script.errors ?? []) this.#noteError(pos);
  }

  #noteError(pos: number): void {
    const at = this.#decodedAt ?? pos;
    if (this.#error === undefined || at < this.#error) this.#error = at;
  }

  #statements(statements: readonly U.Statement[]): TreeStatement[] {
    return statements.map((statement) => {
      const { command } = statement;
      const and = command.type === 'AndOr';
      return {
        start: command.pos,
        end: command.end,
        separator: statement.background ? '&' : this.#separatorAt(statement.end),
        pipelines: (and ? command.commands : [command]).map((node) => this.#pipeline(node)),
        joints: and ? command.operators : [],
      };
    });
  }

  /** The separator after a statement, which may follow blanks; undefined if the construct around it ends there. */
  #separatorAt(offset: number): ';' | 'newline' | undefined {
    const text = this.#text;
    let at = offset;
    while (text[at] === ' ' || text[at] === '\t' || (text[at] === '\\' && text[at + 1] === '\n')) {
      at += text[at] === '\\' ? 2 : 1;
    }
    if (text[at] === ';') return text[at + 1] === ';' || text[at + 1] === '&' ? undefined : ';';
    if (text[at] === '#') return text.includes('\n', at) ? 'newline' : undefined;
    return text[at] === '\n' ? 'newline' : undefined;
  }

  #pipeline(node: U.PipelineNode): TreePipeline {
    const piped = node.type === 'Pipeline';
    return {
      start: node.pos,
      end: node.end,
      negated: piped && node.prefixes.some((prefix) => prefix.type === 'Negation'),
      time: piped ? node.prefixes.find((prefix) => prefix.type === 'Time')?.pos : undefined,
      nodes: (piped ? node.commands : [node]).map((command) => this.#node(command)),
      operators: piped ? node.operators : [],
    };
  }

  #node(node: U.CommandNode): TreeNode {
    if (node.type === 'Command') return this.#command(node);
    const redirected = node.type === 'Redirected';
    return {
      kind: 'compound',
      start: node.pos,
      end: node.end,
      ...this.#inside(redirected ? node.command : node),
      redirects: redirected ? node.redirects.map((redirect) => this.#redirect(redirect)) : [],
    };
  }

  #command(node: U.Command): TreeCommand {
    const assignments: TreeAssignment[] = [];
    const words: TreeWord[] = [];
    const redirects: TreeRedirect[] = [];
    for (const item of node.prefix) {
      if (item.type === 'Assignment') assignments.push(this.#assignment(item));
      else redirects.push(this.#redirect(item));
    }
    if (node.name) words.push(this.#word(node.name));
    for (const item of node.suffix) {
      if (item.type === 'Word') words.push(this.#word(item));
      else if (item.type === 'Assignment') words.push(this.#argumentWithEquals(item));
      else redirects.push(this.#redirect(item));
    }
    return { kind: 'command', start: node.pos, end: node.end, assignments, words, redirects };
  }

  /** The blocks of a construct, and the scripts and variables in its other words. */
  #inside(
    node: Exclude<U.CommandNode, U.Command> | U.CompoundList,
  ): Pick<TreeCompound, 'blocks' | 'scripts' | 'variables' | 'sets'> {
    const blocks: TreeBlock[] = [];
    const scripts: TreeScript[] = [];
    const variables: TreeName[] = [];
    const sets: TreeName[] = [];
    const collect = (word: U.SyntaxNode | undefined): void => {
      if (word) this.#collect(word, scripts, variables);
    };
    const block = (list: U.CompoundList | undefined, ...nesting: Nesting[]): void => {
      if (list) blocks.push({ nesting, statements: this.#statements(list.commands) });
    };
    const body = (inner: U.CommandNode | U.CompoundList, nesting: Nesting): void => {
      if (inner.type === 'CompoundList') block(inner, nesting);
      else if (inner.type === 'BraceGroup') block(inner.body, nesting);
      else if (inner.type === 'Redirected') body(inner.command, nesting);
      else if (inner.type !== 'Command') {
        const parts = this.#inside(inner);
        for (const part of parts.blocks) blocks.push({ ...part, nesting: [nesting, ...part.nesting] });
        scripts.push(...parts.scripts);
        variables.push(...parts.variables);
        sets.push(...parts.sets);
      }
    };
    switch (node.type) {
      case 'Subshell':
        block(node.body, 'subshell');
        break;
      case 'BraceGroup':
        block(node.body, 'group');
        break;
      case 'If':
        block(node.clause, 'condition');
        block(node.then, 'branch');
        for (const elif of node.elif) {
          block(elif.clause, 'condition');
          block(elif.then, 'branch');
        }
        block(node.else, 'branch');
        break;
      case 'While':
        block(node.clause, 'loop', 'condition');
        block(node.body, 'loop');
        break;
      case 'For':
      case 'Select':
        sets.push({ name: node.name.text, start: node.name.pos, end: node.name.end });
        node.wordlist?.forEach(collect);
        block(node.body, 'loop');
        break;
      case 'ArithmeticFor':
        [node.initialize, node.test, node.update].forEach(collect);
        block(node.body, 'loop');
        break;
      case 'Case':
        collect(node.word);
        for (const item of node.items) {
          item.pattern.forEach(collect);
          block(item.body, 'case');
        }
        break;
      case 'Function':
        body(node.body, 'function');
        break;
      case 'Coproc':
        body(node.body, 'subshell');
        break;
      case 'CompoundList':
        block(node, 'group');
        break;
      case 'Redirected':
        return this.#inside(node.command);
      case 'TestCommand':
      case 'ArithmeticCommand':
        collect(node);
        break;
    }
    return { blocks, scripts, variables, sets };
  }

  #assignment(node: U.Assignment): TreeAssignment {
    return { start: node.pos, end: node.end, name: node.name, value: this.#assigned(node) };
  }

  #assigned(node: U.Assignment): TreeWord {
    const { value, index } = node;
    if (value.type === 'Word' && !index) return this.#word(value);
    const word = new WordBuilder();
    if (index) this.#collect(index, word.scripts, word.variables);
    if (value.type === 'Word') {
      const { scripts, variables, ...rest } = this.#word(value);
      return {
        ...rest,
        scripts: [...word.scripts, ...scripts],
        variables: [...word.variables, ...variables],
      };
    }
    word.expand(false);
    for (const element of value.elements) this.#collect(element, word.scripts, word.variables);
    return word.finish(this.#text.slice(value.pos, value.end), value.pos, value.end);
  }

  /** `curl=7.88` among the arguments: an assignment for the parser, but not for a package manager. */
  #argumentWithEquals(node: U.Assignment): TreeWord {
    const { text, pos: start, end } = node;
    const plain = plainWord(text, start, end);
    if (plain) return plain;
    const assigned = this.#assigned(node);
    const left = text.slice(0, assigned.start - start);
    return {
      ...assigned,
      start,
      end,
      text,
      value: assigned.value === undefined ? undefined : left + assigned.value,
      pattern: assigned.pattern === undefined ? undefined : left + assigned.pattern,
      prefix: left + assigned.prefix,
      suffix: assigned.value === undefined ? assigned.suffix : left + assigned.suffix,
    };
  }

  #redirect(node: U.Redirection): TreeRedirect {
    const { pos: start, end } = node;
    if (node.type === 'HereDoc') {
      const scripts: TreeScript[] = [];
      const variables: TreeName[] = [];
      if (!node.delimiter?.quoted)
        for (const part of node.body.parts ?? []) this.#collect(part, scripts, variables);
      const target = node.delimiter && literal(node.delimiter);
      // The parser accepts an open quote in a delimiter; the shell does not.
      const quotes = /['"]/.exec(node.delimiter?.text ?? '')?.[0];
      if (quotes && (node.delimiter?.text.split(quotes).length ?? 0) % 2 === 0) this.#noteError(start);
      return {
        start,
        end,
        operator: this.#text.slice(start, node.delimiter?.pos ?? end).trim(),
        target,
        scripts,
        variables,
      };
    }
    const operator = this.#text.slice(start, node.target?.pos ?? end).trim();
    return {
      start,
      end,
      operator,
      target: node.target && this.#word(node.target),
      scripts: none,
      variables: none,
    };
  }

  #word(node: U.Word): TreeWord {
    const { text, pos: start, end } = node;
    const plain = plainWord(text, start, end);
    if (plain) return plain;
    const word = new WordBuilder();
    const { parts } = node;
    if (parts) this.#parts(parts, word, false);
    else word.add(node.value);
    word.quoted ||= text.includes('\\');
    return word.finish(text, start, end);
  }

  #parts(parts: readonly U.WordPart[], word: WordBuilder, quoted: boolean): void {
    for (const part of parts) {
      switch (part.type) {
        case 'Literal':
          word.add(part.value);
          break;
        case 'SingleQuoted':
        case 'AnsiCQuoted':
          word.quoted = true;
          word.add(part.value);
          break;
        case 'DoubleQuoted':
        case 'LocaleString':
          word.quoted = true;
          this.#parts(part.parts, word, true);
          break;
        case 'Glob':
        case 'ExtendedGlob':
        case 'BraceExpansion':
          if (/[$`]/.test(part.text)) word.expand(false);
          else word.glob(part.text);
          this.#collect(part, word.scripts, word.variables);
          break;
        default: {
          const one = part.type === 'ArithmeticExpansion' || part.type === 'ProcessSubstitution';
          word.expand(quoted ? /^\$(?:@|\{@|\{\w+\[@\])/.test(part.text) : !one);
          this.#collect(part, word.scripts, word.variables);
        }
      }
    }
  }

  /** Finds substitutions and named parameters anywhere below a node. */
  #collect(node: U.SyntaxNode, scripts: TreeScript[], variables: TreeName[]): void {
    if (
      node.type === 'CommandExpansion' ||
      node.type === 'ProcessSubstitution' ||
      node.type === 'ArithmeticCommandExpansion'
    ) {
      const script = this.#substitution(node);
      if (script) scripts.push(script);
      return;
    }
    const name = named(node);
    if (name) variables.push(name);
    forEachChild(node, (child) => this.#collect(child, scripts, variables));
  }

  #substitution(node: {
    pos: number;
    end: number;
    script?: U.ParsedScript | undefined;
  }): TreeScript | undefined {
    if (this.#depth >= deepestSubstitution) return undefined;
    const { script } = node;
    if (!script) return undefined;
    const outer = { text: this.#text, decodedAt: this.#decodedAt };
    this.#depth += 1;
    if (script.source !== undefined) {
      this.#text = script.source;
      this.#decodedAt ??= node.pos;
    }
    this.#noteErrors(script);
    const statements = this.#statements(script.commands);
    this.#depth -= 1;
    this.#text = outer.text;
    this.#decodedAt = outer.decodedAt;
    return { start: node.pos, end: node.end, statements, decoded: script.source };
  }
}

/** The parameter that a node names, if it has a name. */
function named(node: U.SyntaxNode): TreeName | undefined {
  switch (node.type) {
    case 'SimpleExpansion':
      return nameIn(node.text.slice(1), node.pos + 1);
    case 'ParameterExpansion':
      return nameIn(node.parameter, node.parameterPos);
    case 'ArithmeticWord':
      // A word with parts is read by its parts; `$NAME` alone has none.
      return node.value.startsWith('$') && !node.parts
        ? nameIn(node.value.slice(1), node.pos + 1)
        : nameIn(node.value, node.pos);
    default:
      return undefined;
  }
}

function nameIn(text: string, start: number): TreeName | undefined {
  const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
  return name === undefined ? undefined : { name, start, end: start + name.length };
}

function literal(node: U.HereDocDelimiter): TreeWord {
  const word = new WordBuilder();
  word.add(node.value);
  word.quoted = node.quoted;
  return word.finish(node.text, node.pos, node.end);
}
