// The findings in one file, as plain data for other programs, such as `--format json`. This is a public interface with a
// schema in server/docs/report.schema.json: any version of Drydock may add fields; changing or removing one needs a new
// `version`.
import type { FileChange, Safety, Severity } from '../core/lint/finding';
import type { Reported } from '../core/lint/run';
import type { TextFile } from '../core/text/document';
import type { Span } from '../core/text/span';
import { version as drydock } from '../version';
import { compareFindings } from './compare';
import { fingerprintsOf } from './identity';
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
  /** Of this finding alone in its file, and the same when lines move. */
  readonly fingerprint: string;
  /** Compared with a git revision; left out without one. */
  readonly status?: 'new' | 'kept';
  /** Null also if the only fix changes other files. */
  readonly fix: ReportFix | null;
  /** Files that its fix writes when suggested fixes are asked for. Left out if it changes this file, or needs a person. */
  readonly creates?: readonly string[];
}

/** What a file was at a git revision. */
export interface SinceReport {
  /** The commit. */
  readonly revision: string;
  /** Left out if it had the same path. */
  readonly previousPath?: string;
  /** Whether the file is gone; left out if not. */
  readonly deleted?: true;
  /** Findings that are gone, with their ranges in the text of then. */
  readonly fixed: readonly ReportFinding[];
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
  /** Left out if nothing was compared. */
  readonly since?: SinceReport;
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
  /** What to compare with. */
  readonly before?: Before | undefined;
}

/** A file as it was at a git revision. */
export interface Before extends Omit<SinceReport, 'fixed'> {
  /** Linted with the configuration of now. Undefined: the file was not there; `same`: as it is now. */
  readonly outcome: Linted | 'same' | undefined;
}

/** The report on one file. */
export function report({ path, outcome, problems = [], error, withText, before }: ReportedFile): FileReport {
  const failures = outcome?.failures ?? [];
  const compared = before && compare(before, outcome);
  return {
    version: 1,
    drydock,
    path,
    findings: outcome ? reportFindings(outcome, compared?.isKept) : [],
    ...(compared && { since: compared.since }),
    ...(outcome && 'applied' in outcome && { fixed: outcome.applied.length }),
    ...(outcome && withText && { text: outcome.text }),
    ...(error !== undefined && { error }),
    ...(problems.length > 0 && {
      problems: problems.map(({ path: file, message, line, unreadable }) => ({
        path: file,
        message,
        ...(line !== undefined && { line }),
        ...(unreadable && { unreadable }),
      })),
    }),
    ...(failures.length > 0 && {
      failures: failures.map(({ ruleId, message }) => ({ rule: ruleId, message })),
    }),
  };
}

type IsKept = (position: number) => boolean;

function compare(
  { outcome: before, ...then }: Before,
  now: Linted | undefined,
): { readonly isKept: IsKept; readonly since: SinceReport } {
  if (before === 'same') return { isKept: () => true, since: { ...then, fixed: [] } };
  if (!before) return { isKept: () => false, since: { ...then, fixed: [] } };
  const gone = reportFindings(before);
  if (!now) return { isKept: () => false, since: { ...then, fixed: gone } };
  const { kept, fixed } = compareFindings(before, now);
  return {
    isKept: (position) => kept.has(position),
    since: { ...then, fixed: fixed.flatMap((position) => gone[position] ?? []) },
  };
}

function reportFindings(linted: Linted, isKept?: IsKept): ReportFinding[] {
  const { findings, model } = linted.result;
  const { document } = model;
  const fingerprints = fingerprintsOf(linted);
  return findings.map(({ rule, alsoKnownAs, severity, at, message, fix }, position) => ({
    rule: rule.id,
    alsoKnownAs,
    severity,
    range: toRange(document, at),
    message,
    fingerprint: fingerprints[position] ?? '',
    ...(isKept && { status: isKept(position) ? ('kept' as const) : ('new' as const) }),
    fix: reportFix(document, fix),
    ...createdBy(fix),
  }));
}

/** The files that a fix adds and may add in bulk, if it does nothing else. */
export function newFiles(fix: Reported['fix']): readonly FileChange[] {
  return fix?.edits.length === 0 && fix.safety !== 'manual' ? (fix.files ?? []) : [];
}

function createdBy(fix: Reported['fix']): Pick<ReportFinding, 'creates'> {
  const files = newFiles(fix);
  return files.length > 0 ? { creates: files.map(({ path }) => path) } : {};
}

function reportFix(document: TextFile, fix: Reported['fix']): ReportFix | null {
  if (!fix || fix.edits.length === 0) return null;
  const edits = fix.edits.map((edit) => ({ range: toRange(document, edit), newText: edit.text }));
  return { title: fix.title, safety: fix.safety, edits };
}

/** Of a file that is not a document of an editor. */
export function toRange(document: TextFile, { start, end }: Span): ReportRange {
  return { start: toPosition(document, start), end: toPosition(document, end) };
}

function toPosition(document: TextFile, offset: number): ReportPosition {
  const line = document.lineAt(offset);
  return { line, character: offset - document.lineStart(line) };
}
