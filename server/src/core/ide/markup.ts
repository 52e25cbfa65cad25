// Text for hovers and proposals, as Markdown or plain text, depending on the editor. Text from the user's file is
// escaped here and nowhere else.

import type { Span } from '../text/span';

/** Plain text; code; emphasis; Markdown. */
export type Piece =
  string | { readonly code: string } | { readonly strong: string } | { readonly markdown: string };

export type Paragraph = readonly Piece[];

export interface Hover {
  readonly span: Span;
  readonly text: readonly Paragraph[];
}

const longest = 400;

/** @param paragraphs empty ones are left out */
export function render(paragraphs: readonly Paragraph[], asMarkdown: boolean): string {
  const renderPiece = asMarkdown ? markdownPiece : plainPiece;
  return paragraphs
    .filter((pieces) => pieces.length > 0)
    .map((pieces) => pieces.map(renderPiece).join(''))
    .join('\n\n');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}

function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()#+\-.!|<>~&$:@]/g, '\\$&');
}

/** A code span with enough backquotes that its text cannot end it. */
function codeSpan(text: string): string {
  const code = oneLine(text);
  const runs = code.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const padding = /^[`\s]|[`\s]$/.test(code) || code === '' ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

function markdownPiece(piece: Piece): string {
  if (typeof piece === 'string') return escapeMarkdown(piece);
  if ('code' in piece) return codeSpan(piece.code);
  if ('strong' in piece) return `**${escapeMarkdown(piece.strong)}**`;
  return piece.markdown;
}

function plainPiece(piece: Piece): string {
  if (typeof piece === 'string') return oneLine(piece);
  if ('code' in piece) return oneLine(piece.code);
  if ('strong' in piece) return oneLine(piece.strong);
  return piece.markdown
    .replace(/^```.*\n?/gm, '')
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1: $2')
    .replace(/[`_]/g, '')
    .trim();
}
