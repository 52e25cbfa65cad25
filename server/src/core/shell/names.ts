// The variables that a script names, each with its place in the document, for navigation and rename. Read from the
// same grammar as the commands, but only on demand: linting does not need them.
import { toDocumentSpan } from '../syntax/logical-line';
import type { Span } from '../text/span';
import { isReadable } from './dialect';
import { decodeWord } from './source';
import type { TreeCommand, TreeName, TreeNode, TreeScript, TreeStatement, TreeWord } from './tree';
import type { ShellScript } from './types';
import { parseShell } from './parse-shell';
import { programOf, unwrap } from './wrappers';

export interface ShellName {
  readonly name: string;
  readonly span: Span;
}

export interface ShellNames {
  /** Names in `$NAME`, `${NAME…}` and arithmetic, where the shell expands them. */
  readonly uses: readonly ShellName[];
  /** Names that the script itself sets or exports: `NAME=`, `for NAME`, `read NAME`, `export NAME`, `unset NAME`. */
  readonly sets: readonly ShellName[];
  /** The script was not read, so it may use other names. */
  readonly isUnread: boolean;
}

/** Commands whose plain arguments are names of variables that they set, change or remove. */
const naming: ReadonlySet<string> = new Set([
  'declare',
  'export',
  'getopts',
  'local',
  'read',
  'readonly',
  'typeset',
  'unset',
]);

const plainName = /^[A-Za-z_]\w*$/;
const assigned = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/;

/** Limit for `sh -c` inside `sh -c`; real files never reach it. */
const deepestString = 4;

/** Never throws. Each place is listed once, even if two shells read it. */
export function namesOf(script: ShellScript): ShellNames {
  const { dialect, text } = script;
  if (dialect === 'cmd' || dialect === 'powershell') return windowsNames(script, dialect);
  const names = new Names(script);
  if (isReadable(dialect)) names.read(text, (offset) => offset, 0);
  return names;
}

/** The text that the grammar's offsets refer to, and the map from it into the script. */
interface Reading {
  readonly text: string;
  readonly at: (this: void, offset: number) => number;
}

class Names implements ShellNames {
  readonly uses: ShellName[] = [];
  readonly sets: ShellName[] = [];
  isUnread = false;
  readonly #script: ShellScript;
  readonly #used = new Set<number>();

  constructor(script: ShellScript) {
    this.#script = script;
  }

  read(text: string, at: Reading['at'], depth: number): void {
    const { statements, isUnread } = parseShell(text);
    if (isUnread) this.isUnread = true;
    this.#statements(statements, { text, at }, depth);
  }

  #statements(statements: readonly TreeStatement[], reading: Reading, depth: number): void {
    for (const { pipelines } of statements) {
      for (const { nodes } of pipelines) for (const node of nodes) this.#node(node, reading, depth);
    }
  }

  #node(node: TreeNode, reading: Reading, depth: number): void {
    if (node.kind === 'command') this.#command(node, reading, depth);
    else {
      this.#word(node, reading, depth);
      for (const name of node.sets) this.#set(name, reading);
      for (const { statements } of node.blocks) this.#statements(statements, reading, depth);
    }
    for (const redirect of node.redirects) {
      if (redirect.target) this.#word(redirect.target, reading, depth);
      this.#word(redirect, reading, depth);
    }
  }

  #command({ assignments, words }: TreeCommand, reading: Reading, depth: number): void {
    for (const { name, start, value } of assignments) {
      this.#set({ name, start, end: start + name.length }, reading);
      this.#word(value, reading, depth);
    }
    for (const word of words) this.#word(word, reading, depth);
    const { name, assignments: handed, string } = unwrap(words);
    for (const index of handed) this.#setBy(words[index], reading);
    const program = programOf(words[name]);
    const given = words.slice(name + 1);
    if (naming.has(program)) for (const word of given) this.#setBy(word, reading);
    // These name a variable to read it.
    if (program === 'printenv') for (const word of given) this.#useBy(word, reading);
    if (program === 'test' || program === '[')
      for (const [index, word] of given.entries())
        if (word.value === '-v') this.#useBy(given[index + 1], reading);
    const inner = string === undefined ? undefined : words[string];
    const decoded = inner && decodeWord(inner.text);
    if (!decoded || depth >= deepestString) return;
    const at = (offset: number): number => reading.at(inner.start + decoded.origin(offset));
    this.read(decoded.text, at, depth + 1);
  }

  /** `NAME` or `NAME=value` among the words of `export`, `env` and similar commands. */
  #setBy(word: TreeWord | undefined, reading: Reading): void {
    if (!word) return;
    const name = !word.quoted && plainName.test(word.value ?? '') ? word.value : undefined;
    const set = name ?? assigned.exec(word.prefix)?.[1];
    if (set === undefined) return;
    const start = word.start + word.text.indexOf(set);
    this.#set({ name: set, start, end: start + set.length }, reading);
  }

  /** A plain name among the words of a command that reads variables by their names. */
  #useBy(word: TreeWord | undefined, reading: Reading): void {
    const { value } = word ?? {};
    if (!word || value === undefined || !plainName.test(value)) return;
    const start = word.start + word.text.indexOf(value);
    const span = this.#span({ name: value, start, end: start + value.length }, reading);
    if (this.#used.has(span.start)) return;
    this.#used.add(span.start);
    this.uses.push({ name: value, span });
  }

  #word(
    {
      variables,
      scripts,
    }: { readonly variables: readonly TreeName[]; readonly scripts: readonly TreeScript[] },
    reading: Reading,
    depth: number,
  ): void {
    for (const variable of variables) {
      const span = this.#span(variable, reading);
      if (this.#used.has(span.start)) continue;
      this.#used.add(span.start);
      this.uses.push({ name: variable.name, span });
    }
    for (const script of scripts) this.#statements(script.statements, inside(script, reading), depth);
  }

  #set(name: TreeName, reading: Reading): void {
    if (plainName.test(name.name)) this.sets.push({ name: name.name, span: this.#span(name, reading) });
  }

  #span({ start, end }: TreeName, { at }: Reading): Span {
    return toDocumentSpan(this.#script.source, { start: at(start), end: at(end - 1) + 1 });
  }
}

/** Escapes between backquotes may have been removed, so the characters are located again in order. */
function inside({ start, end, decoded }: TreeScript, { text, at }: Reading): Reading {
  if (decoded === undefined) return { text, at };
  const origins: number[] = [];
  let place = start + 1;
  for (let offset = 0; offset < decoded.length; offset += 1) {
    while (place < end && text[place] !== decoded[offset]) place += 1;
    origins.push(place);
    place += 1;
  }
  return { text: decoded, at: (offset) => at(origins[offset] ?? end) };
}

/** `%NAME%`, `%NAME:a=b%` and, if they are on, `!NAME!`. Bounded, because a text may be full of `%`. */
const ofCmd = /%([A-Za-z_]\w*)(?::[^%\r\n]{0,200})?%|!([A-Za-z_]\w*)(?::[^!\r\n]{0,200})?!/g;
const ofPowerShell = /\$(?:\{env:|env:)([A-Za-z_]\w*)/gi;
/** Nothing stands for a variable in these. */
const literalOfPowerShell = /'[^']*'|\$(?:\{env:|env:)([A-Za-z_]\w*)/gi;

const setByCmd = /\bset\s+(?:\/[ap]\s+)?"?([A-Za-z_]\w*)=/gi;
const setByPowerShell = /\$(?:\{env:|env:)([A-Za-z_]\w*)\}?\s*=/gi;

/**
 * `%NAME%` of cmd.exe and `$env:NAME` of PowerShell, also where one of them starts the other; names keep the case they are
 * written in.
 */
function windowsNames({ text, source }: ShellScript, dialect: 'cmd' | 'powershell'): ShellNames {
  const found = (patterns: readonly RegExp[]): ShellName[] => {
    const names = new Map<number, ShellName>();
    for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const name = match[1] ?? match[2];
      if (name === undefined) continue;
      const start = match.index + match[0].indexOf(name, match[0].search(/[:%!\s]/));
      names.set(start, { name, span: toDocumentSpan(source, { start, end: start + name.length }) });
    }
    return [...names.values()].sort((a, b) => a.span.start - b.span.start);
  };
  const both = /\bcmd(?:\.exe)?\b/i.test(text);
  return dialect === 'cmd'
    ? { uses: found([ofCmd, ofPowerShell]), sets: found([setByCmd, setByPowerShell]), isUnread: false }
    : {
        uses: found(both ? [literalOfPowerShell, ofCmd] : [literalOfPowerShell]),
        sets: found(both ? [setByPowerShell, setByCmd] : [setByPowerShell]),
        isUnread: false,
      };
}
