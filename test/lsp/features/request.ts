// Feature input from marked text, and answers turned back into marked text.
import type { Position, Range, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { buildModel } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import type { FeatureCapabilities, FeatureInput, RuleInfo } from '../../../server/src/lsp/features/input';
import { leastCapabilities } from '../../../server/src/lsp/features/input';
import type { Marked } from '../../harness/marked';
import { mark, parseMarked } from '../../harness/marked';

export const full: FeatureCapabilities = {
  ...leastCapabilities,
  snippets: true,
  markdown: true,
  hierarchicalSymbols: true,
  deprecatedTag: true,
};

export interface Request extends Marked {
  readonly input: FeatureInput;
  /** The (only) cursor. */
  readonly position: Position;
}

export function plainInput(text: string, capabilities = full, rules: readonly RuleInfo[] = []): FeatureInput {
  const uri = 'file:///work/Dockerfile';
  const document = TextDocument.create(uri, 'dockerfile', 1, text);
  const file = parse(text);
  return {
    uri,
    version: 1,
    text,
    document,
    file,
    model: buildModel(file, new TextFile(text)),
    capabilities,
    rules,
  };
}

export function request(source: string, capabilities = full, rules: readonly RuleInfo[] = []): Request {
  const marked = parseMarked(source);
  const input = plainInput(marked.text, capabilities, rules);
  return {
    ...marked,
    input,
    position: input.document.positionAt(marked.cursors[0] ?? marked.spans[0]?.start ?? 0),
  };
}

/** The text with the ranges marked. */
export function marks({ document, text }: FeatureInput, ranges: readonly Range[]): string {
  return mark(
    text,
    ranges.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) })),
  );
}

export function apply({ document }: FeatureInput, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(document, [...edits]);
}
