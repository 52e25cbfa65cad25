// Edits that hide a finding with a comment: on its line or in its file, merged into an existing comment, in the form
// the file uses.
import type { Edit } from '../text/edit';
import type { TextFile } from '../text/document';
import type { Dockerfile } from '../syntax/nodes';
import type { LintResult, Reported } from './run';
import { placeOf } from './suppressions/index';
import type { Suppression, SuppressionForm } from './suppressions/index';

export type IgnoreScope = 'line' | 'file';

/**
 * The edit that hides `finding` for its instruction or for the whole file.
 * @returns undefined if no comment can hide it: a finding outside every instruction has no line of its own
 */
export function ignoreEdit(finding: Reported, scope: IgnoreScope, result: LintResult): Edit | undefined {
  const { file, document } = result.model;
  return scope === 'file'
    ? ignoreInFile(finding, result, file, document)
    : ignoreOnLine(finding, result, file, document);
}

function ignoreInFile(finding: Reported, result: LintResult, file: Dockerfile, document: TextFile): Edit {
  const merged = merge(
    finding,
    result.suppressions.filter(({ scope }) => scope === 'file'),
  );
  if (merged) return merged;
  const { comment } = newComment(finding, formsOf(result.suppressions), 'file');
  // Below the directives: a comment above them would end their block.
  const last = file.directives.at(-1);
  if (last) return document.insertLinesAfter(last.span.end, comment);
  const top = firstLineForComments(file);
  return document.insertLinesBefore(top, comment);
}

/** After a byte order mark and a `#!` line, which have to stay first. */
function firstLineForComments(file: Dockerfile): number {
  const start = file.text.startsWith('\uFEFF') ? 1 : 0;
  if (!file.text.startsWith('#!', start)) return start;
  const end = file.text.indexOf('\n');
  return end < 0 ? file.text.length : end + 1;
}

function ignoreOnLine(
  finding: Reported,
  result: LintResult,
  file: Dockerfile,
  document: TextFile,
): Edit | undefined {
  const owner = file.instructions.find(
    ({ span }) => span.start <= finding.at.start && finding.at.start <= span.end,
  );
  if (!owner) return undefined;
  const here = result.suppressions.filter(
    ({ scope }) => scope !== 'file' && scope[0] === owner.index && scope[1] === owner.index,
  );
  // A comment of BuildKit's here may have to stand elsewhere for what it finds.
  const isReadHere = (form: SuppressionForm): boolean =>
    form !== 'buildkit' ||
    placeOf(file, finding.at, `buildkit:${foreignId(finding, form) ?? ''}`) === owner.index;
  const merged = merge(
    finding,
    here.filter(({ form }) => isReadHere(form)),
  );
  if (merged) return merged;
  const forms = formsOf(result.suppressions).filter(isReadHere);
  const { comment, adjoins } = newComment(finding, forms, 'line');
  // Some comments have to stay on the line directly above, so this one goes above those.
  const line = Math.min(
    document.lineAt(owner.span.start),
    ...here
      .filter(({ form }) => !adjoins && styles[form]?.adjoins)
      .map(({ span }) => document.lineAt(span.start)),
  );
  const start = document.lineStart(line);
  const bom = start === 0 && file.text.startsWith('\uFEFF') ? 1 : 0;
  const text = `${document.indentAt(start + bom)}${comment}${document.eol}`;
  return { start: start + bom, end: start + bom, text };
}

/** How a tool wants its comments. */
interface Style {
  /** A comment for one instruction, on the lines above it. */
  readonly line?: (id: string) => string;
  /** A comment for the whole file. */
  readonly file?: (id: string) => string;
  /** Whether nothing may stand between the comment and the instruction. */
  readonly adjoins?: true;
}

/** Not dockerfile-utils, whose comments hide all it finds at a place. */
const styles: Readonly<Partial<Record<SuppressionForm, Style>>> = {
  hadolint: {
    line: (id) => `# hadolint ignore=${id}`,
    file: (id) => `# hadolint global ignore=${id}`,
    adjoins: true,
  },
  buildkit: { line: (id) => `# check=skip=${id}` },
  trivy: { line: (id) => `# trivy:ignore:${id}` },
  checkov: { file: (id) => `# checkov:skip=${id}` },
  shellcheck: { line: (id) => `# shellcheck disable=${id}` },
  semgrep: { line: (id) => `# nosemgrep: ${id}`, adjoins: true },
};

/** The forms of a file's comments, each once. */
function formsOf(suppressions: readonly Suppression[]): readonly SuppressionForm[] {
  return [...new Set(suppressions.map(({ form }) => form))];
}

/** In one of the forms that the file has, if the finding has an id there. */
function newComment(
  finding: Reported,
  used: readonly SuppressionForm[],
  scope: IgnoreScope,
): { readonly comment: string; readonly adjoins: boolean } {
  if (!used.includes('drydock')) {
    for (const form of used) {
      const id = foreignId(finding, form);
      const style = styles[form];
      const comment = id === undefined ? undefined : style?.[scope]?.(id);
      if (comment !== undefined) return { comment, adjoins: style?.adjoins ?? false };
    }
  }
  const global = scope === 'file' ? 'global ' : '';
  return { comment: `# drydock ${global}ignore=${finding.rule.id}`, adjoins: false };
}

const order: readonly SuppressionForm[] = ['drydock', 'hadolint', 'buildkit'];

/** Adds the finding's id to the first comment that can take it. */
function merge(finding: Reported, suppressions: readonly Suppression[]): Edit | undefined {
  for (const form of order) {
    const id = form === 'drydock' ? finding.rule.id : foreignId(finding, form);
    const there = id && suppressions.find((suppression) => suppression.form === form);
    if (there) return { start: there.idsSpan.end, end: there.idsSpan.end, text: `,${id}` };
  }
  return undefined;
}

function foreignId(finding: Reported, tool: string): string | undefined {
  return finding.alsoKnownAs.find((id) => id.startsWith(`${tool}:`))?.slice(tool.length + 1);
}
