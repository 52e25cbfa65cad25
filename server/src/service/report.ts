// The findings in one file, as plain data for other programs, such as `--format json`. This is a public interface with a
// schema in server/docs/report.schema.json: any version of Drydock may add fields; changing or removing one needs a new
// `version`.
import type { Safety, Severity } from '../core/lint/finding';
import type { Reported } from '../core/lint/run';
import type { TextFile } from '../core/text/document';
import type { Span } from '../core/text/span';
import { version as drydock } from '../version';
import type { Fixed, Linted } from './lint-file';
import type { ConfigurationProblem } from './surroundings';

export interface ReportPosition {
  /** Counted from 0. */
  readonly line: number;
  /** Counted from 0, in UTF-16 units. */
  readonly character: number;
}

export interface ReportRange {
  readonly start: ReportPosition;
  /** Not included. */
  readonly end: ReportPosition;
}

export interface ReportFix {
  readonly title: string;
  readonly safety: Safety;
  /** Apply all of them together. Sorted, without overlap. */
  readonly edits: readonly { readonly range: ReportRange; readonly newText: string }[];
}

export interface ReportFinding {
  readonly rule: string;
  readonly alsoKnownAs: readonly string[];
  readonly severity: Severity;
  readonly range: ReportRange;
  readonly message: string;
  /** Null also if the only fix changes other files. */
  readonly fix: ReportFix | null;
}

export interface FileReport {
  /** Of this shape. */
  readonly version: 1;
  /** Version of Drydock that made the report. */
  readonly drydock: string;
  readonly path: string;
  /** In the order of the file, with hints. After fixing: what is left in the fixed text. */
  readonly findings: readonly ReportFinding[];
  /** Number of applied fixes; left out if no fixes were asked for. */
  readonly fixed?: number;
  /** Files that fixes created, left out if there are none. */
  readonly created?: readonly string[];
  /** The fixed text, if there was no file to rewrite. */
  readonly text?: string;
  /** Why the file could not be read or rewritten. */
  readonly error?: string;
  /** What is wrong in the configuration files for this file; left out if nothing is. */
  readonly problems?: readonly ConfigurationProblem[];
  /** Bugs in Drydock: findings of these rules may be missing. Left out if there are none. */
  readonly failures?: readonly { readonly rule: string; readonly message: string }[];
}

export interface ReportedFile {
  readonly path: string;
  /** Undefined when the file could not be read. */
  readonly outcome: Linted | Fixed | undefined;
  readonly problems?: readonly ConfigurationProblem[];
  /** Why the file could not be read or rewritten. */
  readonly error?: string | undefined;
  /** Add the text, for a reader without a file. */
  readonly withText?: boolean;
}

/** The report on one file. */
export function report({ path, outcome, problems = [], error, withText }: ReportedFile): FileReport {
  const failures = outcome?.failures ?? [];
  return {
    version: 1,
    drydock,
    path,
    findings: outcome ? reportFindings(outcome) : [],
    ...(outcome && 'applied' in outcome && { fixed: outcome.applied.length }),
    ...(outcome && withText && { text: outcome.text }),
    ...(error !== undefined && { error }),
    ...(problems.length > 0 && {
      problems: problems.map(({ path: file, message }) => ({ path: file, message })),
    }),
    ...(failures.length > 0 && {
      failures: failures.map(({ ruleId, message }) => ({ rule: ruleId, message })),
    }),
  };
}

function reportFindings({ result }: Linted): ReportFinding[] {
  const { document } = result.model;
  return result.findings.map(({ rule, alsoKnownAs, severity, at, message, fix }) => ({
    rule: rule.id,
    alsoKnownAs,
    severity,
    range: toRange(document, at),
    message,
    fix: reportFix(document, fix),
  }));
}

function reportFix(document: TextFile, fix: Reported['fix']): ReportFix | null {
  if (!fix || fix.edits.length === 0) return null;
  const edits = fix.edits.map((edit) => ({ range: toRange(document, edit), newText: edit.text }));
  return { title: fix.title, safety: fix.safety, edits };
}

/** Of a file that is no document of an editor. */
export function toRange(document: TextFile, { start, end }: Span): ReportRange {
  return { start: toPosition(document, start), end: toPosition(document, end) };
}

function toPosition(document: TextFile, offset: number): ReportPosition {
  const line = document.lineAt(offset);
  return { line, character: offset - document.lineStart(line) };
}
