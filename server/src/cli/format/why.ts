// How `drydock why` prints its answer: for a person, with the line of the Dockerfile and what the log says; or as one object
// with a schema in server/docs/why.schema.json.
import { TextFile } from '../../core/text/document';
import { toRange } from '../../service/report';
import type { ReportRange } from '../../service/report';
import type { BuildFailure } from '../../workflow/build/output-parser';
import type { Explanation } from '../../workflow/why/explanation';
import { safePath, visible, jsonText } from '../visible';
import { excerpt, heading } from './excerpt';
import type { RichOptions } from './format';

export interface Answer {
  readonly explanation: Explanation;
  readonly failure: BuildFailure;
  /** Of the Dockerfile; undefined if there is none. */
  readonly path: string | undefined;
  readonly text: string;
}

export interface WhyReport {
  /** Of this shape. */
  readonly version: 1;
  /** As given or found. */
  readonly dockerfile: string | null;
  /** Counted from 1; null if no line is known. */
  readonly line: number | null;
  /** The instruction in one line, as builders print it. */
  readonly instruction: string | null;
  readonly cause: string;
  readonly message: string;
  readonly facts: Explanation['facts'];
  /** Best first. Left out if there are none. Lines and characters count from 0, as in a FileReport. */
  readonly edits?: readonly {
    readonly title: string;
    readonly edits: readonly { readonly range: ReportRange; readonly newText: string }[];
  }[];
}

export function whyJson(answer: Answer): string {
  return jsonText(whyReport(answer));
}

export function whyReport({ explanation, path, text, failure }: Answer): WhyReport {
  const { line, cause, message, facts, edits } = explanation;
  const document = new TextFile(text);
  return {
    version: 1,
    dockerfile: path ?? null,
    line: line === undefined ? null : line + 1,
    instruction: explanation.text ?? failure.step?.text ?? null,
    cause,
    message,
    facts,
    ...(edits.length > 0 && {
      edits: edits.map((edit) => ({
        title: edit.title,
        edits: edit.edits.map((one) => ({ range: toRange(document, one), newText: one.text })),
      })),
    }),
  };
}

/** Without a terminal: lines of the usual width, no colour. */
const plain: RichOptions = { color: false, width: 100, pageOf: () => undefined };

export function whyText(answer: Answer, rich: RichOptions = plain): string {
  const { explanation, path = 'Dockerfile', text } = answer;
  const { line, message, cause, edits } = explanation;
  const source = text.split('\n');
  const written = source[line ?? -1];
  const start = written === undefined ? 0 : written.length - written.trimStart().length;
  const finding = {
    rule: cause,
    severity: 'error' as const,
    message,
    fix: null,
    range: {
      start: { line: line ?? 0, character: start },
      end: { line: line ?? 0, character: written?.trimEnd().replace(/\s*\\$/, '').length ?? 0 },
    },
  };
  const place = line === undefined ? safePath(path) : `${safePath(path)}:${line + 1}:${start + 1}`;
  const shown = written === undefined ? '' : excerpt(source, finding, rich, false).replace(/\n+$/, '\n');
  const offers = edits.map(
    ({ title }, at) => `  fix${edits.length > 1 ? ` ${at + 1}` : ''}: ${visible(title)}\n`,
  );
  return heading(place, finding, rich) + shown + saidText(answer) + offers.join('');
}

/** The line of the log that tells of the cause, with what stands around it. */
function saidText({ explanation, failure }: Answer): string {
  const { said } = explanation.facts;
  if (said === undefined) return '';
  const at = failure.output.map((line) => line.trim()).lastIndexOf(said);
  const lines = at < 0 ? [said] : failure.output.slice(Math.max(0, at - 2), at + 2);
  return `  log:\n${lines.map((line) => `    ${visible(line.trimEnd()).slice(0, 200)}\n`).join('')}`;
}
