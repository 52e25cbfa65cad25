// Formatting: the base library's edits, corrected and then proved. An edit stays only when the file that
// comes out reads as the same instructions with the same words, commands and comments.
//
// Ours on top of the library: here-documents are left alone, and continuation lines keep the indentation
// they have relative to each other.
import type { Position, Range, TextEdit } from 'vscode-languageserver';
import { isKeyword } from '../../core/knowledge/syntax/instructions';
import type { Model } from '../../core/model/model';
import { buildModel } from '../../core/model/model';
import type { Instruction } from '../../core/syntax/nodes';
import { parse } from '../../core/syntax/parse';
import { TextFile } from '../../core/text/document';
import type { Edit } from '../../core/text/edit';
import { applyEdits } from '../../core/text/edit';
import type { FormatterSettings } from './base-service';
import { formattingEdits, onTypeFormattingEdits, rangeFormattingEdits } from './base-service';
import type { FeatureInput } from './input';
import { toOffset, toRange, tooLarge } from './input';

/** Not where a lone carriage return ends a line for editors but not for builders. */
function formattable(input: FeatureInput): boolean {
  return !tooLarge(input) && !/\r(?!\n)/.test(input.text);
}

export async function formatDocument(input: FeatureInput, settings: FormatterSettings): Promise<TextEdit[]> {
  if (!formattable(input)) return [];
  const lines = { first: 0, last: input.document.lineCount - 1 };
  return finish(input, lineEdits(input, await formattingEdits(input.text, settings), lines, settings));
}

export async function formatRange(
  input: FeatureInput,
  range: Range,
  settings: FormatterSettings,
): Promise<TextEdit[]> {
  if (!formattable(input)) return [];
  // A selection that ends at the beginning of a line does not mean that line.
  const last =
    range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  const lines = { first: Math.max(0, range.start.line), last: Math.min(last, input.document.lineCount - 1) };
  if (lines.last < lines.first) return [];
  const whole = { start: { line: lines.first, character: 0 }, end: { line: lines.last, character: 0 } };
  return finish(
    input,
    lineEdits(input, await rangeFormattingEdits(input.text, whole, settings), lines, settings),
  );
}

/** After `\` or a backtick at the end of a line: the line below becomes a continuation and is indented. */
export async function formatOnType(
  input: FeatureInput,
  position: Position,
  character: string,
  settings: FormatterSettings,
): Promise<TextEdit[]> {
  if (!formattable(input) || character !== input.file.escape) return [];
  const below = position.line + 1;
  if (below >= input.document.lineCount || heredocLines(input).has(below)) return [];
  const file = new TextFile(input.text);
  const text = file.slice(file.line(below));
  // Indented lines stay as they are, and an instruction that stood there before is not one to be indented:
  // more will be typed in between.
  if (/^[ \t]|^$/.test(text) || isKeyword((/^[A-Za-z]+/.exec(text)?.[0] ?? '').toUpperCase())) return [];
  const offset = toOffset(input, position);
  const owner = input.file.instructions.find(({ span }) => span.start < offset && offset <= span.end);
  if (!owner || heredocLines(input).has(position.line)) return [];
  const edits = await onTypeFormattingEdits(input.text, position, character, settings);
  return finish(
    input,
    edits
      .flatMap((edit) => blankEdit(input, edit) ?? [])
      .filter((edit) => edit.start === file.lineStart(below)),
  );
}

/** The library's edit when all it does is change the blanks at the beginning of a line. */
function blankEdit({ document, text }: FeatureInput, { range, newText }: TextEdit): Edit | undefined {
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const harmless =
    range.start.character === 0 && range.start.line === range.end.line && /^[ \t]*$/.test(newText);
  return harmless && /^[ \t]*$/.test(text.slice(start, end)) ? { start, end, text: newText } : undefined;
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

function lineEdits(
  input: FeatureInput,
  proposed: readonly TextEdit[],
  lines: Lines,
  settings: FormatterSettings,
): Edit[] {
  const file = new TextFile(input.text);
  const untouchable = heredocLines(input);
  const byLine = new Map<number, Edit>();
  for (const edit of proposed) {
    const { line } = edit.range.start;
    const harmless = blankEdit(input, edit);
    if (harmless && !untouchable.has(line) && line >= lines.first && line <= lines.last)
      byLine.set(line, harmless);
  }
  for (const instruction of input.file.instructions) {
    for (const [line, indent] of continuationIndents(file, instruction, untouchable, settings)) {
      if (line < lines.first || line > lines.last) continue;
      byLine.delete(line);
      if (settings.ignoreMultilineInstructions) continue;
      const { start } = file.line(line);
      const before = file.indentAt(start);
      if (before !== indent) byLine.set(line, { start, end: start + before.length, text: indent });
    }
  }
  return [...byLine.values()].sort((a, b) => a.start - b.start);
}

/** Lines of here-documents with their terminators. */
function heredocLines({ file, document }: FeatureInput): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { heredocs } of file.instructions) {
    for (const { body, terminator } of heredocs) {
      const first = document.positionAt(body.start).line;
      const last = document.positionAt(terminator ? terminator.end : body.end).line;
      for (let line = first; line <= last; line += 1) lines.add(line);
    }
  }
  return lines;
}

/**
 * The indentation that each continuation line should have: the one that is indented least gets one step,
 * the others keep their distance to it. Comments may stand further left; they get at least one step.
 */
function continuationIndents(
  file: TextFile,
  instruction: Instruction,
  untouchable: ReadonlySet<number>,
  settings: FormatterSettings,
): Map<number, string> {
  const result = new Map<number, string>();
  const first = file.lineAt(instruction.span.start);
  const last = file.lineAt(instruction.span.end);
  if (first === last) return result;
  const tabSize = Math.max(1, Math.min(settings.tabSize || 4, 16));
  const widths: [line: number, width: number][] = [];
  let least = Infinity;
  for (let line = first + 1; line <= last; line += 1) {
    if (untouchable.has(line)) continue;
    const text = file.slice(file.line(line));
    const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
    if (indent.length === text.length) continue;
    let width = 0;
    for (const char of indent) width = char === '\t' ? width + tabSize - (width % tabSize) : width + 1;
    widths.push([line, width]);
    if (text[indent.length] !== '#') least = Math.min(least, width);
  }
  if (least === Infinity) least = Math.min(...widths.map(([, width]) => width));
  for (const [line, width] of widths) {
    const wanted = tabSize + Math.max(0, width - least);
    const tabs = settings.insertSpaces ? 0 : Math.floor(wanted / tabSize);
    result.set(line, '\t'.repeat(tabs) + ' '.repeat(wanted - tabs * tabSize));
  }
  return result;
}

/** Drops what would change the meaning of an instruction; gives up when that is not enough. */
function finish(input: FeatureInput, edits: readonly Edit[]): TextEdit[] {
  const before = fingerprints(input.model);
  const changed = changedInstructions(input, before, edits);
  if (changed === undefined) return [];
  let kept = edits;
  if (changed.length > 0) {
    kept = edits.filter(({ start }) => !changed.some(({ span }) => span.start <= start && start <= span.end));
    if (changedInstructions(input, before, kept)?.length !== 0) return [];
  }
  return kept.map((edit) => ({ range: toRange(input.document, edit), newText: edit.text }));
}

/** @returns undefined when the list of instructions, comments or directives is another one */
function changedInstructions(
  input: FeatureInput,
  before: Fingerprints,
  edits: readonly Edit[],
): Instruction[] | undefined {
  if (edits.length === 0) return [];
  const text = applyEdits(input.text, edits);
  const after = fingerprints(buildModel(parse(text), new TextFile(text)));
  if (before.outline !== after.outline || before.each.length !== after.each.length) return undefined;
  return input.file.instructions.filter((_, index) => before.each[index] !== after.each[index]);
}

interface Fingerprints {
  /** Keywords, comments and directives of the file. */
  readonly outline: string;
  /** What each instruction says. */
  readonly each: readonly string[];
}

function fingerprints(model: Model): Fingerprints {
  const { file } = model;
  return {
    outline: JSON.stringify([
      file.instructions.map(({ keyword }) => keyword),
      file.comments.map(({ text }) => text.trimEnd()),
      file.directives.map(({ name, value }) => [name, value]),
      file.problems.map(({ kind }) => kind),
    ]),
    each: file.instructions.map((one) => JSON.stringify(fingerprint(model, one))),
  };
}

function fingerprint(model: Model, instruction: Instruction): unknown {
  const { keyword, flags, words, pairs, json, heredocs, trigger } = instruction;
  const effective = trigger ?? instruction;
  return [
    keyword,
    flags.map(({ name, value }) => [name, value?.raw]),
    words.map(({ raw }) => raw),
    // `ENV key value`: the blanks inside belong to the value, so that the words do not tell all.
    pairs.map(({ key, value }) => [key.raw, value?.raw]),
    json?.map(({ value }) => value),
    heredocs.map(({ name, content }) => [name, content]),
    trigger && fingerprint(model, trigger),
    // Blanks in nested quotes look as if they were outside to a reader of words, but not to the shell.
    trigger
      ? undefined
      : model
          .scriptsOf(effective)
          .map(({ valid, commands }) => [
            valid,
            commands.map(({ assignments, name, args, redirects, before, after }) => [
              assignments.map((one) => [one.name, one.value?.text]),
              name.text,
              args.map(({ text }) => text),
              redirects.map(({ operator, target }) => [operator, target?.text]),
              before,
              after,
            ]),
          ]),
  ];
}
