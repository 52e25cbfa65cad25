// Variables that a shell text names, each with its place: what navigation and rename must see. A reader of
// quotes, expansions and here-documents only; commands are the business of core/shell.
import type { Span } from '../../core/text/span';

export interface ShellReferences {
  /** Names in `$NAME`, `${NAME…}` and arithmetic, where the shell expands them. */
  readonly uses: readonly NamedSpan[];
  /** Names that the script sets or hands on itself: `NAME=`, `for NAME`, `read NAME`, `export NAME`, `unset NAME`. */
  readonly assignments: readonly NamedSpan[];
}

export interface NamedSpan {
  readonly name: string;
  readonly span: Span;
}

/** `script`: as a shell reads it. `heredoc`: a here-document's body, where quotes mean nothing. */
export type ShellMode = 'script' | 'heredoc';

type Context =
  'script' | 'heredoc' | 'double' | 'brace' | 'substitution' | 'group' | 'arithmetic' | 'backtick';

/** What the reader stands in; each has a place in the command of its own. */
interface Frame {
  readonly context: Context;
  /** A command or an assignment may begin here. */
  expectCommand: boolean;
  /** Plain words are names of variables: behind `export`, `for`, `read`. */
  names: boolean;
  /** Inside the value of an assignment: a further one, or a command, may follow. */
  value: boolean;
  wordStart: boolean;
}

function frame(context: Context): Frame {
  return { context, expectCommand: true, names: false, value: false, wordStart: true };
}

/** Contexts in which words are split and quotes count. */
function isPlain(context: Context): boolean {
  return context === 'script' || context === 'substitution' || context === 'group' || context === 'backtick';
}

const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const ordinary = /[^\\$`"'<#;&|\s(){}]+/y;
const blank = /[ \t\r\n]/;
const separator = /[;&|\n(){}]/;
/** Words behind which a command may begin. */
const opening = new Set([
  'then',
  'do',
  'else',
  'elif',
  'if',
  'while',
  'until',
  'time',
  '!',
  '{',
  'exec',
  'sudo',
  'command',
  'env',
]);
/** Commands whose plain words are names of variables. */
const naming = new Set([
  'export',
  'local',
  'declare',
  'readonly',
  'typeset',
  'read',
  'unset',
  'for',
  'select',
  'printenv',
  'getopts',
]);
const MOST_NESTED = 64;

/** Reads a text in linear time; every text is allowed. @returns spans in offsets of `text` */
export function shellReferences(text: string, mode: ShellMode = 'script'): ShellReferences {
  const reader = new Reader(text);
  reader.read(0, text.length, mode, 0);
  return { uses: reader.uses, assignments: reader.assignments };
}

interface PendingHeredoc {
  readonly name: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/** Something of a word was read. */
function inWord(here: Frame): void {
  here.wordStart = false;
  if (!here.value) here.expectCommand = false;
}

function commandStart(here: Frame): void {
  here.expectCommand = here.wordStart = true;
  here.names = here.value = false;
}

class Reader {
  readonly uses: NamedSpan[] = [];
  readonly assignments: NamedSpan[] = [];
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(start: number, end: number, mode: ShellMode, depth: number): void {
    if (depth > MOST_NESTED) return;
    const { text } = this;
    const frames: Frame[] = [frame(mode)];
    const heredocs: PendingHeredoc[] = [];
    let at = start;
    while (at < end) {
      const here = frames[frames.length - 1] ?? frame(mode);
      const { context } = here;
      const plain = isPlain(context);
      const char = text[at] ?? '';
      if (char === '\\') {
        inWord(here);
        at += 2;
      } else if (char === '$') {
        inWord(here);
        at = this.#dollar(at, end, frames);
      } else if (char === '`') {
        inWord(here);
        if (context === 'backtick') frames.pop();
        else frames.push(frame('backtick'));
        at += 1;
      } else if (char === '"' && context !== 'heredoc' && context !== 'arithmetic') {
        inWord(here);
        if (context === 'double') frames.pop();
        else frames.push(frame('double'));
        at += 1;
      } else if (context === 'brace' && char === '}') {
        frames.pop();
        at += 1;
      } else if (context === 'arithmetic') {
        at = this.#arithmetic(at, frames);
      } else if (
        char === "'" &&
        (plain || (context === 'brace' && isPlain(frames[frames.length - 2]?.context ?? mode)))
      ) {
        inWord(here);
        at = this.#singleQuoted(at, end, depth);
      } else if (!plain) {
        at = this.#skip(at);
      } else if (char === '#' && here.wordStart) {
        const newline = text.indexOf('\n', at);
        at = newline < 0 || newline > end ? end : newline;
      } else if (char === '<' && text[at + 1] === '<') {
        inWord(here);
        at = this.#heredocOperator(at, heredocs);
      } else if (char === '\n' && heredocs.length > 0) {
        commandStart(here);
        at = this.#heredocBodies(at + 1, end, heredocs, depth);
      } else if (separator.test(char)) {
        if (char === '(') frames.push(frame('group'));
        else if (char === ')' && (context === 'substitution' || context === 'group')) frames.pop();
        else commandStart(here);
        at += 1;
      } else if (blank.test(char)) {
        here.wordStart = true;
        here.value = false;
        at += 1;
      } else if (here.wordStart) {
        at = this.#word(at, end, here);
      } else at = this.#skip(at);
    }
  }

  /** Behind the character and all that follow it which mean nothing anywhere. */
  #skip(at: number): number {
    ordinary.lastIndex = at + 1;
    return at + 1 + (ordinary.exec(this.text)?.[0].length ?? 0);
  }

  /** At the first character of a word. @returns the offset behind the part that was read */
  #word(at: number, end: number, here: Frame): number {
    const { text } = this;
    identifier.lastIndex = at;
    const name = identifier.exec(text)?.[0];
    if (name === undefined || at + name.length > end) {
      if (!opening.has(text[at] ?? '') && text[at] !== '-') here.expectCommand = false;
      here.wordStart = false;
      return at + 1;
    }
    const behind = at + name.length;
    const next = behind < end ? (text[behind] ?? '') : '';
    const ends = next === '' || blank.test(next) || separator.test(next);
    const assigns = next === '=' || next === '[' || (next === '+' && text[behind + 1] === '=');
    here.wordStart = false;
    if (assigns && (here.expectCommand || here.names)) {
      this.assignments.push({ name, span: { start: at, end: behind } });
      here.value = true;
    } else if (ends && here.names) {
      if (name === 'in') here.names = false;
      else this.assignments.push({ name, span: { start: at, end: behind } });
    } else if (ends && here.expectCommand && naming.has(name)) {
      here.names = true;
      here.expectCommand = false;
    } else if (!(ends && here.expectCommand && opening.has(name))) here.expectCommand = false;
    return behind;
  }

  /** At a `$`. Notes the name, opens a context where one begins. */
  #dollar(at: number, end: number, frames: Frame[]): number {
    const { text } = this;
    const next = text[at + 1];
    if (next === '(') {
      const arithmetic = text[at + 2] === '(';
      frames.push(frame(arithmetic ? 'arithmetic' : 'substitution'));
      return at + (arithmetic ? 3 : 2);
    }
    if (next === "'" && isPlain(frames[frames.length - 1]?.context ?? 'double')) {
      let close = at + 2;
      while (close < end && text[close] !== "'") close += text[close] === '\\' ? 2 : 1;
      return close + 1;
    }
    const brace = next === '{';
    let start = at + (brace ? 2 : 1);
    if (brace && (text[start] === '!' || text[start] === '#') && text[start + 1] !== '}') start += 1;
    identifier.lastIndex = start;
    const name = identifier.exec(text)?.[0];
    if (brace) frames.push(frame('brace'));
    if (name === undefined || start + name.length > end) return Math.min(end, Math.max(start, at + 1));
    this.uses.push({ name, span: { start, end: start + name.length } });
    return start + name.length;
  }

  /** Inside `$((…))`, where names need no `$`. */
  #arithmetic(at: number, frames: Frame[]): number {
    const char = this.text[at];
    if (char === ')' && this.text[at + 1] === ')') {
      frames.pop();
      return at + 2;
    }
    identifier.lastIndex = at;
    const name = /[A-Za-z0-9_]/.test(this.text[at - 1] ?? '') ? undefined : identifier.exec(this.text)?.[0];
    if (name === undefined) return at + 1;
    this.uses.push({ name, span: { start: at, end: at + name.length } });
    return at + name.length;
  }

  /** At a `'`. What stands in it is text, unless it is the script of `sh -c`: that shell expands it. */
  #singleQuoted(at: number, end: number, depth: number): number {
    const found = this.text.indexOf("'", at + 1);
    const close = found < 0 || found > end ? end : found;
    if (/(?:^|[ \t])-[A-Za-z]*c[ \t]+$/.test(this.text.slice(Math.max(0, at - 24), at))) {
      this.read(at + 1, close, 'script', depth + 1);
    }
    return close + 1;
  }

  /** At `<<`; a here-string or a shift is stepped over. */
  #heredocOperator(at: number, pending: PendingHeredoc[]): number {
    const { text } = this;
    if (text[at + 2] === '<') return at + 3;
    const match = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|(\\?)([^\s<>&|;()'"`$]+))/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) return at + 2;
    const name = found[2] ?? found[3] ?? found[5] ?? '';
    pending.push({
      name,
      quoted: found[5] === undefined || found[4] === '\\',
      stripTabs: found[1] === '-',
    });
    return at + found[0].length;
  }

  /** At the line behind the operators: reads the bodies, in order. @returns the offset behind the last one */
  #heredocBodies(at: number, end: number, pending: PendingHeredoc[], depth: number): number {
    let line = at;
    for (const { name, quoted, stripTabs } of pending.splice(0)) {
      const body = line;
      let bodyEnd = end;
      while (line < end) {
        const newline = this.text.indexOf('\n', line);
        const lineEnd = newline < 0 || newline > end ? end : newline;
        const content = this.text.slice(line, lineEnd).replace(/\r$/, '');
        const start = line;
        line = Math.min(end, lineEnd + 1);
        if ((stripTabs ? content.replace(/^\t+/, '') : content) === name) {
          bodyEnd = start;
          break;
        }
      }
      if (!quoted) this.read(body, bodyEnd, 'heredoc', depth + 1);
    }
    return line;
  }
}

/** `%NAME%` of cmd.exe and `$env:NAME` of PowerShell; names keep the case they are written in. */
export function windowsReferences(text: string, dialect: 'cmd' | 'powershell'): ShellReferences {
  const uses: NamedSpan[] = [];
  const pattern =
    dialect === 'cmd' ? /%([A-Za-z_][A-Za-z0-9_]*)%/g : /'[^']*'|\$(?:\{env:|env:)([A-Za-z_][A-Za-z0-9_]*)/gi;
  for (const found of text.matchAll(pattern)) {
    const name = found[1];
    if (name === undefined) continue;
    const start = found.index + found[0].lastIndexOf(name);
    uses.push({ name, span: { start, end: start + name.length } });
  }
  return { uses, assignments: [] };
}
