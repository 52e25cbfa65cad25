// What makes two findings the same problem although lines have moved or the file is laid out anew: the rule, the marked
// text and the command around it, without blanks, continuations, comments and the case of letters.
import type { Span } from '../core/text/span';
import type { Linted } from './lint-file';

/** An instruction, or a line outside of all instructions. */
interface UnitPlace {
  readonly span: Span;
  /** Where its text begins, behind the keyword. */
  readonly body: number;
}

export interface Unit extends UnitPlace {
  /** Its text, whatever its layout. */
  readonly key: string;
}

export interface Identity {
  readonly rule: string;
  /** Position of its unit in the list of all units. */
  readonly unit: number;
  readonly marked: string;
  /** The command that it is part of. */
  readonly segment: string;
}

/** Longer texts are told apart by their beginning: a finding may mark the whole file. */
const longestMark = 300;
/** How far around a finding its command is looked for. */
const reach = 500;

/** @param text of a Dockerfile @returns it without what formatters change */
export function withoutLayout(text: string): string {
  return text
    .replace(/^[ \t]*#.*$/gm, '')
    .replace(/[\\`][ \t]*\r?\n/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Instructions and other lines with text, in order. */
export function unitsOf(linted: Linted): readonly Unit[] {
  return placesOf(linted).map(({ span, body }) => {
    const text = linted.text.slice(span.start, span.end);
    // A comment has nothing but its words.
    return { span, body, key: body === span.start ? text.trim().toLowerCase() : withoutLayout(text) };
  });
}

/** Where they are: to know that is enough for most questions, and quick. */
function placesOf({ text, result: { model } }: Linted): readonly UnitPlace[] {
  const units: UnitPlace[] = [];
  let at = 0;
  const addLines = (end: number): void => {
    while (at < end) {
      const next = text.indexOf('\n', at);
      const stop = next < 0 || next > end ? end : next;
      if (text.slice(at, stop).trim() !== '') units.push({ span: { start: at, end: stop }, body: at });
      at = stop + 1;
    }
  };
  for (const { span, keywordSpan } of model.file.instructions) {
    addLines(span.start);
    units.push({ span, body: keywordSpan.end });
    at = Math.max(at, span.end);
  }
  addLines(text.length);
  return units;
}

/** What each finding is, in the order of the findings. */
export function identitiesOf(
  linted: Linted,
  units: readonly UnitPlace[] = placesOf(linted),
): readonly Identity[] {
  const { text } = linted;
  let unit = 0;
  // Findings are sorted by where they start, as units are.
  return linted.result.findings.map(({ rule, at }) => {
    while (unit + 1 < units.length && (units[unit + 1]?.span.start ?? 0) <= at.start) unit += 1;
    const { span, body = 0 } = units[unit] ?? {};
    // The same command may stand behind another keyword of its own.
    const bounds = { start: Math.min(body, at.start), end: span?.end ?? text.length };
    return {
      rule: rule.id,
      unit,
      marked: withoutLayout(text.slice(at.start, Math.min(at.end, at.start + longestMark))),
      segment: withoutLayout(segmentAround(text, at, bounds)),
    };
  });
}

/**
 * A name for each finding that stays the same while its command does, in this file. No two findings share one.
 * @returns in the order of the findings
 */
export function fingerprintsOf(linted: Linted): readonly string[] {
  const counts = new Map<string, number>();
  return identitiesOf(linted).map(({ rule, marked, segment }) => {
    const key = [rule, segment, marked].join('\0');
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return shortHash(`${key}\0${count}`);
  });
}

/** The command around a place, cut where the shell ends one. */
function segmentAround(text: string, { start, end }: Span, unit: Span): string {
  const floor = Math.max(unit.start, start - reach);
  const ceiling = Math.max(end, Math.min(unit.end, end + reach));
  let from = start;
  while (from > floor && !endsCommand(text, from - 1)) from -= 1;
  let to = end;
  while (to < ceiling && !endsCommand(text, to)) to += 1;
  return text.slice(from, Math.min(to, from + 2 * reach));
}

function endsCommand(text: string, at: number): boolean {
  const character = text[at];
  return (
    character === ';' ||
    character === '|' ||
    character === '&' ||
    (character === '\n' && !/(?:[\\`][ \t\r]*|^[ \t]*#.*)$/.test(lineBefore(text, at)))
  );
}

/** The end of the line that ends here, or all of it where it is short. */
function lineBefore(text: string, at: number): string {
  const window = text.slice(Math.max(0, at - 100), at);
  return window.slice(window.lastIndexOf('\n') + 1);
}

/** 64 bits as 16 hexadecimal digits. Nobody has a reason to make two findings collide, and a file has few. */
export function shortHash(text: string): string {
  let [high, low] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b) ^ (low >>> 13);
  }
  // Without this, texts that differ in their last characters alone differ in few bits.
  high = Math.imul(high ^ (low >>> 15), 0x2c1b3c6d);
  low = Math.imul(low ^ (high >>> 13), 0x297a2d39);
  return [high ^ (high >>> 16), low ^ (low >>> 15)]
    .map((half) => (half >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
