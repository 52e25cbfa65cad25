// Formatting: the edits of the base service, corrected and then verified. An edit is kept only if the new file has the
// same instructions with the same words, commands and comments.
//
// Our additions to the service: here-documents stay unchanged, and continuation lines keep their indentation relative
// to each other.
import { isKeyword } from '../knowledge/syntax/instructions';
import type { Model } from '../model/model';
import { buildModel } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import { parse } from '../syntax/parse';
import { TextFile } from '../text/document';
import type { Edit } from '../text/edit';
import { applyEdits } from '../text/edit';
import type { Span } from '../text/span';
import type { FormatSettings } from './base-service';
import { blankEdits, fileEnd } from './formatting-blanks';
import type { Subject } from './subject';

/** Not if there is a lone carriage return, which ends a line for editors but not for builders. */
function formattable({ file }: Model): boolean {
  return !/\r(?!\n)/.test(file.text);
}

export async function formatDocument(
  { model, service }: Subject,
  settings: FormatSettings,
): Promise<readonly Edit[]> {
  if (!formattable(model)) return [];
  const lines = { first: 0, last: model.document.lineCount - 1 };
  const proposed = await service.format(model.file.text, settings);
  const end = fileEnd(model, settings);
  // What is cut off at the end needs no other edit.
  const from = end[0]?.start ?? Infinity;
  const others = lineEdits(model, proposed, lines, settings).filter((edit) => edit.end <= from);
  return finish(model, [...others, ...end]);
}

export interface WantedRange {
  readonly span: Span;
  readonly settings: FormatSettings;
}

export async function formatRange(
  { model, service }: Subject,
  { span, settings }: WantedRange,
): Promise<readonly Edit[]> {
  if (!formattable(model)) return [];
  const { document, file } = model;
  const first = document.lineAt(span.start);
  const end = document.lineAt(span.end);
  // A selection that ends at the start of a line does not include that line.
  const last = end > first && document.lineStart(end) === span.end ? end - 1 : end;
  const whole = { start: document.lineStart(first), end: document.lineStart(last) };
  const proposed = await service.formatRange(file.text, whole, settings);
  return finish(model, lineEdits(model, proposed, { first, last }, settings));
}

export interface Typed {
  /** The offset after the typed character. */
  readonly offset: number;
  readonly character: string;
  readonly settings: FormatSettings;
}

/** After `\` or a backtick at the end of a line: the line below becomes a continuation and is indented. */
export async function formatOnType(
  { model, service }: Subject,
  { offset, character, settings }: Typed,
): Promise<readonly Edit[]> {
  const { document, file } = model;
  if (!formattable(model) || character !== file.escape) return [];
  const line = document.lineAt(offset);
  const below = line + 1;
  const untouchable = heredocLines(model);
  if (below >= document.lineCount || untouchable.has(below) || untouchable.has(line)) return [];
  const text = document.slice(document.line(below));
  // Indented lines stay unchanged, and so does an instruction that was already there: the user will type more text
  // between the two.
  if (/^[ \t]|^$/.test(text) || isKeyword((/^[A-Za-z]+/.exec(text)?.[0] ?? '').toUpperCase())) return [];
  if (!file.instructions.some(({ span }) => span.start < offset && offset <= span.end)) return [];
  const proposed = await service.formatOnType(file.text, offset, character, settings);
  return finish(
    model,
    proposed.filter((edit) => isBlank(model, edit) && edit.start === document.lineStart(below)),
  );
}

/** Whether the edit only changes the blanks at the start of a line. */
function isBlank({ document, file }: Model, { start, end, text }: Edit): boolean {
  const atLineStart = document.lineStart(document.lineAt(start)) === start;
  return atLineStart && /^[ \t]*$/.test(text) && /^[ \t]*$/.test(file.text.slice(start, end));
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

function lineEdits(model: Model, proposed: readonly Edit[], lines: Lines, settings: FormatSettings): Edit[] {
  const { document, file } = model;
  const untouchable = heredocLines(model);
  const byLine = new Map<number, Edit>();
  for (const edit of proposed) {
    const line = document.lineAt(edit.start);
    const wanted = line >= lines.first && line <= lines.last && !untouchable.has(line);
    if (wanted && isBlank(model, edit)) byLine.set(line, edit);
  }
  for (const instruction of file.instructions) {
    for (const [line, indent] of continuationIndents(document, instruction, untouchable, settings)) {
      if (line < lines.first || line > lines.last) continue;
      byLine.delete(line);
      if (settings.ignoreMultilineInstructions) continue;
      const { start } = document.line(line);
      const before = document.indentAt(start);
      if (before !== indent) byLine.set(line, { start, end: start + before.length, text: indent });
    }
  }
  const blanks = blankEdits(model, untouchable, settings).filter(({ start }) => {
    const line = document.lineAt(start);
    return lines.first <= line && line <= lines.last;
  });
  for (const { start } of blanks) {
    // A line of blanks only: its end is its indentation.
    const line = document.lineAt(start);
    if (document.lineStart(line) === start) byLine.delete(line);
  }
  return [...byLine.values(), ...blanks].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Lines of here-documents with their terminators. */
function heredocLines({ file, document }: Model): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { heredocs } of file.instructions) {
    for (const { body, terminator } of heredocs) {
      const first = document.lineAt(body.start);
      const last = document.lineAt(terminator ? terminator.end : body.end);
      for (let line = first; line <= last; line += 1) lines.add(line);
    }
  }
  return lines;
}

/**
 * The indentation of each continuation line: the line with the smallest indentation gets one step, the others keep
 * their distance to it. Comments may be further left; they get at least one step.
 */
function continuationIndents(
  document: TextFile,
  instruction: Instruction,
  untouchable: ReadonlySet<number>,
  settings: FormatSettings,
): Map<number, string> {
  const result = new Map<number, string>();
  const first = document.lineAt(instruction.span.start);
  const last = document.lineAt(instruction.span.end);
  if (first === last) return result;
  const tabSize = Math.max(1, Math.min(settings.tabSize || 4, 16));
  const widths: [line: number, width: number][] = [];
  let least = Infinity;
  for (let line = first + 1; line <= last; line += 1) {
    if (untouchable.has(line)) continue;
    const text = document.slice(document.line(line));
    const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
    if (indent.length === text.length) continue;
    let width = 0;
    for (const char of indent) width = char === '\t' ? width + tabSize - (width % tabSize) : width + 1;
    widths.push([line, width]);
    if (text[indent.length] !== '#') least = Math.min(least, width);
  }
  if (least === Infinity) least = Math.min(...widths.map(([, width]) => width));
  const step = stepOf(widths.map(([, width]) => Math.max(0, width - least))) ?? tabSize;
  for (const [line, width] of widths) {
    const distance = Math.max(0, width - least);
    // Steps of two blanks become steps of one tab.
    const wanted = tabSize + (settings.insertSpaces ? distance : (distance / step) * tabSize);
    const tabs = settings.insertSpaces ? 0 : Math.floor(wanted / tabSize);
    result.set(line, '\t'.repeat(tabs) + ' '.repeat(wanted - tabs * tabSize));
  }
  return result;
}

/** The step that all distances are multiples of, if people indented by steps and did not align. */
function stepOf(distances: readonly number[]): number | undefined {
  const step = Math.min(...distances.filter((distance) => distance > 0));
  return step > 1 && step <= 8 && distances.every((distance) => distance % step === 0) ? step : undefined;
}

/** Drops edits that change the meaning of an instruction; drops all edits if that is not enough. */
function finish(model: Model, edits: readonly Edit[]): readonly Edit[] {
  const before = fingerprints(model);
  const changed = changedInstructions(model, before, edits);
  if (changed === undefined) return [];
  let kept = edits;
  if (changed.length > 0) {
    kept = edits.filter(({ start }) => !changed.some(({ span }) => span.start <= start && start <= span.end));
    if (changedInstructions(model, before, kept)?.length !== 0) return [];
  }
  return kept;
}

/** @returns undefined if the list of instructions, comments or directives changed */
function changedInstructions(
  { file }: Model,
  before: Fingerprints,
  edits: readonly Edit[],
): Instruction[] | undefined {
  if (edits.length === 0) return [];
  const text = applyEdits(file.text, edits);
  const after = fingerprints(buildModel(parse(text), new TextFile(text)));
  if (before.outline !== after.outline || before.each.length !== after.each.length) return undefined;
  return file.instructions.filter((_, index) => before.each[index] !== after.each[index]);
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
    // Blanks between the strings of a list are in its words.
    (json && keyword !== 'HEALTHCHECK' ? [] : json ? words.slice(0, 1) : words).map(({ raw }) => raw),
    // `ENV key value`: the blanks inside are part of the value, so the words are not enough.
    pairs.map(({ key, value }) => [key.raw, value?.raw]),
    json?.map(({ value }) => value),
    heredocs.map(({ name, content }) => [name, content]),
    trigger && fingerprint(model, trigger),
    // Blanks in nested quotes look unquoted to the word splitter, but not to the shell.
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
