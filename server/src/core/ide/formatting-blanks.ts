// Formatting within lines: runs of blanks between words, the blanks of JSON lists, and blanks at the end of lines. Only
// proposals: formatting.ts keeps those that leave the meaning alone.
import type { Model } from '../model/model';
import type { Instruction, Word } from '../syntax/nodes';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import type { FormatSettings } from './base-service';

/** @param untouchable lines of here-documents @returns edits in no order, without overlap */
export function blankEdits(model: Model, untouchable: ReadonlySet<number>, settings: FormatSettings): Edit[] {
  const edits: Edit[] = [];
  const add = (gap: Span, text: string): void => {
    const now = model.file.text.slice(gap.start, gap.end);
    // A list over several lines stays as people laid it out.
    if (now !== text && !now.includes('\n')) edits.push({ ...gap, text });
  };
  for (const instruction of model.file.instructions) {
    for (const [gap, text] of gapsOf(instruction, model)) add(gap, text);
  }
  if (settings.trimTrailingWhitespace !== false) {
    for (const gap of lineEnds(model, untouchable)) add(gap, '');
  }
  return edits;
}

/** The file's last lines: exactly one end of line, if the editor wants that. */
export function fileEnd({ file: { text, instructions }, document }: Model, settings: FormatSettings): Edit[] {
  // The lines of a here-document without an end are its text.
  const last = instructions.at(-1)?.heredocs.at(-1);
  if (text === '' || (last && !last.terminator)) return [];
  const end = text.length - (/\s*$/.exec(text.slice(-2000))?.[0].length ?? 0);
  const rest = text.slice(end);
  if (!rest.includes('\n'))
    return settings.insertFinalNewline ? [{ start: text.length, end: text.length, text: document.eol }] : [];
  const kept = end + rest.indexOf('\n') + 1;
  return settings.trimFinalNewlines && kept < text.length
    ? [{ start: kept, end: text.length, text: '' }]
    : [];
}

/** Gaps on one line between two parts of an instruction, and what belongs there. */
function* gapsOf(instruction: Instruction, model: Model): Generator<readonly [gap: Span, text: string]> {
  const { keywordSpan, flags, trigger, json, words } = instruction;
  const parts: Span[] = [keywordSpan, ...flags.map(({ span }) => span)];
  if (trigger) parts.push(trigger.keywordSpan);
  else if (json) {
    // The word before the list: CMD of a HEALTHCHECK.
    const [word] = words;
    if (word && instruction.keyword === 'HEALTHCHECK') parts.push(word.span);
    const list = listOf(json, instruction.argumentsSpan, model.file.text);
    if (list) {
      parts.push(list);
      yield* listGaps(json, list);
    }
  } else if (words.length > 0 && isReadable(instruction, model)) parts.push(...wholeWords(words));
  else parts.push(instruction.argumentsSpan);
  for (const [index, { start }] of parts.entries()) {
    const before = parts[index - 1];
    if (!before || start <= before.end) continue;
    const gap = { start: before.end, end: start };
    if (/^[ \t]+$/.test(model.file.text.slice(gap.start, gap.end))) yield [gap, ' '];
  }
  for (const gap of continuationGaps(parts, model)) yield [gap, ' '];
  if (trigger) yield* gapsOf(trigger, model);
}

/** Spans of words; those that `${x:-a  b}` consists of are one. */
function wholeWords(words: readonly Word[]): Span[] {
  const spans: Span[] = [];
  let open = 0;
  for (const { span, raw } of words) {
    const last = spans.at(-1);
    if (last && open > 0) spans[spans.length - 1] = { start: last.start, end: span.end };
    else spans.push(span);
    for (const [sign] of raw.matchAll(/\$\{|\}/g)) open = Math.max(0, open + (sign === '}' ? -1 : 1));
  }
  return spans;
}

/** Blanks before the escape character that ends a line, after a word. */
function* continuationGaps(parts: readonly Span[], { file: { text, escape } }: Model): Generator<Span> {
  for (const { end } of parts) {
    const found = /^[ \t]{2,}(?=(.)[ \t]*\r?(?:\n|$))/.exec(text.slice(end, end + 400));
    if (found?.[1] === escape) yield { start: end, end: end + found[0].length };
  }
}

/** Whether we understand the shell of a script well enough to know which of its blanks matter. */
function isReadable(instruction: Instruction, model: Model): boolean {
  if (!['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(instruction.keyword)) return true;
  const scripts = model.scriptsOf(instruction);
  return scripts.length > 0 && scripts.every(({ valid }) => valid);
}

/** From bracket to bracket. */
function listOf(
  json: NonNullable<Instruction['json']>,
  { start, end }: Span,
  text: string,
): Span | undefined {
  const open = text.indexOf('[', start);
  const from = Math.max(open, json.at(-1)?.span.end ?? open);
  const close = open < 0 ? -1 : text.indexOf(']', from);
  return close < 0 || close >= end ? undefined : { start: open, end: close + 1 };
}

/** `["a", "b"]`: no blank inside the brackets, and one after each comma. */
function* listGaps(
  json: NonNullable<Instruction['json']>,
  { start, end }: Span,
): Generator<readonly [gap: Span, text: string]> {
  let before = start + 1;
  for (const [index, { span }] of json.entries()) {
    yield [{ start: before, end: span.start }, index === 0 ? '' : ', '];
    before = span.end;
  }
  yield [{ start: before, end: end - 1 }, ''];
}

function* lineEnds({ document }: Model, untouchable: ReadonlySet<number>): Generator<Span> {
  for (let line = 0; line < document.lineCount; line += 1) {
    if (untouchable.has(line)) continue;
    const span = document.line(line);
    const text = document.slice(span);
    const kept = text.trimEnd().length;
    if (kept < text.length) yield { start: span.start + kept, end: span.start + text.length };
  }
}
