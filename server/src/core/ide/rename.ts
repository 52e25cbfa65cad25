// Rename. Either every reference changes, which is verified by parsing the new text, or nothing changes.
import { buildModel } from '../model/model';
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import { parse } from '../syntax/parse';
import { TextFile } from '../text/document';
import type { Edit } from '../text/edit';
import { applyEdits } from '../text/edit';
import type { Span } from '../text/span';
import type { Refusal, Subject } from './subject';
import type { OtherFile } from '../analysis/context/outside-names';
import type { DockerfileSymbol, Occurrence, SymbolTable } from '../analysis/symbols/symbol-table';
import { predefinedVariables } from '../knowledge/syntax/predefined-variables';
import { unreadMention } from '../analysis/symbols/uncertain-uses';
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';

export interface Renameable {
  readonly span: Span;
  /** The name as it is. */
  readonly text: string;
}

/** @returns undefined if there is no name at the offset */
export function renameableAt({ model }: Subject, offset: number): Renameable | Refusal | undefined {
  const found = occurrenceAt(symbolTable(model), offset);
  if (!found) return undefined;
  const refused = refusal(model, found);
  if (refused !== undefined) return { refused };
  return { span: found.span, text: model.document.slice(found.span) };
}

export interface Renaming {
  readonly edits: readonly Edit[];
  readonly others: readonly OtherFile[];
}

export interface WantedName {
  readonly offset: number;
  readonly name: string;
}

/** @returns undefined if there is no name at the offset */
export function rename(
  { model, renameOutside }: Subject,
  { offset, name }: WantedName,
): Renaming | Refusal | undefined {
  const table = symbolTable(model);
  const found = occurrenceAt(table, offset);
  if (!found) return undefined;
  const refused = refusal(model, found) ?? invalid(table, found.symbol, name);
  if (refused !== undefined) return { refused };
  const edits = found.symbol.occurrences
    .filter(({ role, span }) => role !== 'index' && model.document.slice(span) !== name)
    .map(({ span }) => ({ start: span.start, end: span.end, text: name }));
  if (!sameMeaning(model, table, edits)) {
    return { refused: `The name "${name}" would change the meaning of another part of this file` };
  }
  const { kind, name: before } = found.symbol;
  const others =
    name !== before && (kind === 'arg' || kind === 'stage')
      ? (renameOutside?.({ kind, name: before, newName: name }) ?? [])
      : [];
  return 'refused' in others ? others : { edits, others };
}

const words: Record<DockerfileSymbol['kind'], string> = {
  stage: 'stage',
  arg: 'build argument',
  env: 'environment variable',
  heredoc: 'here-document delimiter',
  external: 'variable',
};

function refusal(model: Model, { symbol, role }: Occurrence): string | undefined {
  const { kind, name } = symbol;
  if (role === 'index') return `This is the number of the stage. Rename the stage at its AS`;
  if (kind === 'external') return `This file does not define "${name}"`;
  if (kind !== 'heredoc' && kind !== 'stage' && predefinedVariables.has(name))
    return `The builder sets "${name}"`;
  const { unread } = symbolTable(model);
  if (unread && (kind === 'arg' || kind === 'env'))
    return `The script on line ${lineOf(model, unread)} is too long to read and may use "${name}"`;
  const shadow = symbol.shadows[0];
  if (shadow) {
    return `The script on line ${lineOf(model, shadow)} also sets "${name}", so some uses are ambiguous`;
  }
  const mention =
    kind === 'arg' || kind === 'env' ? unreadMention(model, symbolTable(model), symbol) : undefined;
  if (mention)
    return `Line ${lineOf(model, mention)} also names "${model.document.slice(mention)}", and Drydock cannot tell who reads it there. Rename it by hand`;
  if (symbol.ambiguous)
    return `Both ENV and ARG declare "${name}", so only the build decides which one is used`;
  if (kind === 'heredoc' && symbol.occurrences.length !== 2) return 'This here-document has no end';
  return undefined;
}

function lineOf({ document }: Model, { start }: Span): number {
  return document.lineAt(start) + 1;
}

function invalid(table: SymbolTable, symbol: DockerfileSymbol, newName: string): string | undefined {
  const { kind, name } = symbol;
  if (newName === '') return 'Enter a name';
  if (kind === 'stage') {
    // BuildKit: ^[a-z][a-z0-9-_.]*$ after lower-casing.
    if (!/^[a-z][a-z0-9._-]*$/i.test(newName)) {
      return `"${newName}" is not a valid stage name. Start with a letter, then use letters, digits, ".", "_" and "-"`;
    }
    if (/^(?:scratch|context)$/i.test(newName)) return `"${newName}" is reserved`;
  } else if (kind === 'heredoc') {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(newName))
      return `"${newName}" is not a valid delimiter. Use letters, digits, ".", "_" and "-"`;
  } else {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName)) {
      return `"${newName}" is not a valid variable name. Start with a letter or "_", then use letters, digits and "_"`;
    }
    if (predefinedVariables.has(newName)) return `The builder sets "${newName}"`;
    if (table.shellNames.has(newName)) return `A script in this file already uses "${newName}"`;
  }
  const group = (one: DockerfileSymbol): string =>
    one.kind === 'stage' || one.kind === 'heredoc' ? one.kind : 'variable';
  const equal = (a: string, b: string): boolean =>
    kind === 'stage' ? a.toLowerCase() === b.toLowerCase() : a === b;
  if (equal(name, newName) || kind === 'heredoc') return undefined;
  const taken = table.symbols.find((one) => group(one) === group(symbol) && equal(one.name, newName));
  return taken && `There is already a ${words[taken.kind]} named "${taken.name}"`;
}

/** Whether the edits change only the symbol's name: same instructions, same stage graph, same references. */
function sameMeaning(model: Model, table: SymbolTable, edits: readonly Edit[]): boolean {
  const text = applyEdits(model.file.text, edits);
  const file = parse(text);
  const after = buildModel(file, new TextFile(text));
  return (
    outline(model) === outline(after) &&
    graph(model) === graph(after) &&
    references(table, edits) === references(symbolTable(after), [])
  );
}

function outline({ file }: Model): string {
  const shape = ({ keyword, flags, words, json, pairs, heredocs }: Instruction): string =>
    [
      keyword,
      flags.map(({ name }) => name).join(),
      words.length,
      json?.length ?? '',
      pairs.length,
      heredocs.map(({ content }) => content.split('\n').length).join(),
    ].join(' ');
  return file.instructions
    .map((one) => (one.trigger ? `${shape(one)} ${shape(one.trigger)}` : shape(one)))
    .join('\n');
}

/** The stage graph as text: parents, uses, and external images. */
function graph(model: Model): string {
  const stages = model.stages.map(({ parent, reachable, usedBy }) =>
    [
      parent?.index ?? '',
      reachable,
      usedBy.map(({ stage, instruction, via }) => `${stage.index}:${instruction.index}:${via}`).join(),
    ].join(' '),
  );
  const images = model.images.map(
    ({ via, instruction, resolved }) => `${via} ${instruction?.index} ${resolved}`,
  );
  return [...stages, ...images].join('\n');
}

/** The references as text: occurrences of each symbol and their definitions, at their places after the edits. */
function references(table: SymbolTable, edits: readonly Edit[]): string {
  const places = new Map<Occurrence, number>();
  let next = 0;
  let shift = 0;
  for (const one of table.occurrences) {
    for (let edit = edits[next]; edit && edit.end <= one.span.start; edit = edits[++next]) {
      shift += edit.text.length - (edit.end - edit.start);
    }
    places.set(one, one.span.start + shift);
  }
  const numbers = new Map<DockerfileSymbol, number>();
  return table.occurrences
    .map((one) => {
      const number = numbers.get(one.symbol) ?? numbers.size;
      numbers.set(one.symbol, number);
      const target = one.definition && (places.get(one.definition) ?? 'FROM');
      return `${places.get(one)} ${one.role} ${one.symbol.kind} ${number} ${target}`;
    })
    .join('\n');
}
