// What ShellCheck says of the scripts of a file, with its places and fixes as spans and edits of the file.
import {
  codeInPlainSh,
  codesOfAsh,
  isBeyondPlainSh,
  shellCheckFixTitle,
  unwantedCodes,
} from '../../knowledge/programs/shellcheck-codes';
import { segmentOf, toDocumentSpan } from '../../syntax/logical-line';
import { areApart } from '../../text/edit';
import type { Edit } from '../../text/edit';
import type { Span } from '../../text/span';
import type { CheckedScript, ShellBody } from './shell-body';

/** A place in a text: lines and columns from 1, columns in code points, a tab is one. The end is not included. */
export interface ShellPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ShellReplacement extends ShellPlace {
  readonly text: string;
  /** Where an empty place belongs: to the character after it (`afterEnd`) or before it. */
  readonly insertionPoint: 'beforeStart' | 'afterEnd';
}

/** One finding of ShellCheck in one text. */
export interface ShellComment extends ShellPlace {
  /** `2086`. */
  readonly code: number;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  /** One sentence. */
  readonly message: string;
  /** Empty without a fix. */
  readonly replacements: readonly ShellReplacement[];
}

/**
 * Asks for what ShellCheck says of some texts, in their order. Undefined: not known, because nobody has run it yet or it
 * could not read the text.
 */
export type AskShellCheck = (
  bodies: readonly ShellBody[],
) => readonly (readonly ShellComment[] | undefined)[];

/** A finding of ShellCheck in the file. */
export interface ShellFinding {
  readonly code: number;
  /** The number that hadolint has for it, which reads scripts otherwise. */
  readonly plainCode: number;
  readonly level: ShellComment['level'];
  /** Without a full stop. */
  readonly message: string;
  readonly at: Span;
  readonly fix: { readonly title: string; readonly edits: readonly Edit[] } | undefined;
}

/** What ShellCheck says of some scripts, in file order, without what means nothing in a Dockerfile. */
export function shellFindings(
  scripts: readonly CheckedScript[],
  ask: AskShellCheck,
): readonly ShellFinding[] {
  const answers = ask(scripts.map(({ body }) => body));
  return scripts.flatMap((checked, index) => {
    const lines = new Lines(checked);
    return (answers[index] ?? []).flatMap((comment) => {
      const { code, level, message } = comment;
      if (unwantedCodes.has(code) || (checked.body.dialect === 'busybox' && codesOfAsh.has(code))) return [];
      if (checked.isUnknownSh && isBeyondPlainSh(code)) return [];
      const at = lines.spanOf(comment);
      if (!at) return [];
      const fix = fixOf(comment, lines);
      const plainCode = codeInPlainSh.get(code) ?? code;
      return [{ code, plainCode, level, message: message.trim().replace(/\.$/, ''), at, fix }];
    });
  });
}

function fixOf({ code, replacements }: ShellComment, lines: Lines): ShellFinding['fix'] {
  const edits: Edit[] = [];
  for (const replacement of replacements) {
    const edit = lines.editOf(replacement);
    if (!edit) return undefined;
    edits.push(edit);
  }
  if (edits.length === 0) return undefined;
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  const isClear = areApart(edits) && edits.every(({ start }, at) => edits[at - 1]?.start !== start);
  return isClear
    ? { title: shellCheckFixTitle(code) ?? `Apply ShellCheck's fix for SC${code}`, edits }
    : undefined;
}

/** The lines of a text that ShellCheck has read, and the way from there into the file. */
class Lines {
  readonly #checked: CheckedScript;
  /** Where each line of the script starts. */
  readonly #starts: readonly number[];

  constructor(checked: CheckedScript) {
    this.#checked = checked;
    const { text } = checked.script;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** The marked text in the file, never empty; undefined for a place that is not in the script. */
  spanOf(place: ShellPlace): Span | undefined {
    const logical = this.#logical(place);
    if (!logical) return undefined;
    const { source, text } = this.#checked.script;
    let { start, end } = logical;
    if (start === end) {
      // Where ShellCheck gave up: the character there, or the last one.
      if (start < text.length && text[start] !== '\n') end += characterLength(text, start);
      else start = Math.max(0, start - 1);
    }
    return toDocumentSpan(source, { start, end });
  }

  /** The change of the file; undefined if it is not of one piece there. */
  editOf(replacement: ShellReplacement): Edit | undefined {
    const logical = this.#logical(replacement);
    const { source, span, editable, instruction } = this.#checked.script;
    if (!logical || !editable) return undefined;
    const { start, end } = logical;
    // An insertion stands beside the character that it belongs to.
    const first = start === end && replacement.insertionPoint === 'beforeStart' ? start - 1 : start;
    const last = start === end ? first + 1 : end;
    const segment = source.segments[segmentOf(source, first)];
    const isInside = segment && segment.logical <= first && last <= segment.logical + segment.length;
    const text = instruction.json ? JSON.stringify(replacement.text).slice(1, -1) : replacement.text;
    if (!isInside) {
      // The very end of the script belongs to its last piece, and its start to the first.
      if (start !== end || (start > 0 && start < this.#checked.script.text.length)) return undefined;
      const at = start === 0 ? span.start : span.end;
      return { start: at, end: at, text };
    }
    const shift = segment.document - segment.logical;
    return { start: start + shift, end: end + shift, text };
  }

  #logical({ line, column, endLine, endColumn }: ShellPlace): Span | undefined {
    const start = this.#offset(line, column);
    const end = this.#offset(endLine, endColumn);
    return start === undefined || end === undefined || end < start ? undefined : { start, end };
  }

  /** @returns undefined for a place that the script does not have */
  #offset(line: number, column: number): number | undefined {
    const { addedLine, script } = this.#checked;
    if (line === addedLine) return undefined;
    const index = addedLine !== undefined && line > addedLine ? line - 2 : line - 1;
    const start = this.#starts[index];
    if (start === undefined || column < 1) return undefined;
    const { text } = script;
    let at = start;
    for (let left = column - 1; left > 0; left -= 1) {
      // ShellCheck may point behind the end of a line.
      if (at >= text.length || text[at] === '\n') return left === 1 ? at : undefined;
      at += characterLength(text, at);
    }
    return at;
  }
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
