// The JSON format: a public interface, described in the README. Fields are added, never changed.
import { TextFile } from '../../core/text/document';
import type { Span } from '../../core/text/span';
import type { CheckedFile } from '../check';

interface JsonPosition {
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, in UTF-16 units. */
  readonly character: number;
}

/** One array, one object per file. @param withText put in the fixed text: standard input has no file to rewrite */
export function formatJson(files: readonly CheckedFile[], withText: boolean): string {
  return (
    JSON.stringify(
      files.map((file) => jsonFile(file, withText)),
      undefined,
      2,
    ) + '\n'
  );
}

function jsonFile({ path, text, findings, fixed, error }: CheckedFile, withText: boolean): object {
  const document = new TextFile(text ?? '');
  const position = (offset: number): JsonPosition => {
    const line = document.lineAt(offset);
    return { line, character: offset - document.lineStart(line) };
  };
  const range = (at: Span): object => ({ start: position(at.start), end: position(at.end) });
  return {
    path,
    findings: findings.map(({ rule, alsoKnownAs, severity, at, message, fix }) => ({
      rule: rule.id,
      alsoKnownAs,
      severity,
      range: range(at),
      message,
      // A fix that only writes other files cannot be said in edits of this one.
      fix:
        fix && fix.edits.length > 0
          ? {
              title: fix.title,
              safety: fix.safety,
              edits: fix.edits.map((edit) => ({ range: range(edit), newText: edit.text })),
            }
          : null,
    })),
    ...(fixed !== undefined && { fixed }),
    ...(withText && { text }),
    ...(error !== undefined && { error }),
  };
}
