// Makers of completion items. Every item replaces exactly the token it was asked for.
import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { InsertTextFormat } from '../library';
import type { Span } from '../../core/text/span';
import type { FeatureInput } from './input';
import { toRange } from './input';
import { markup } from './markup';

interface More {
  readonly detail?: string | undefined;
  /** Plain sentences. */
  readonly documentation?: string | undefined;
  /** Position in the list, where that is not the order of the alphabet. */
  readonly sortText?: string | undefined;
}

/** @param newText plain text */
export function itemOf(
  input: FeatureInput,
  token: Span,
  label: string,
  newText: string,
  kind: CompletionItemKind,
  { detail, documentation, sortText }: More = {},
): CompletionItem {
  return {
    label,
    kind,
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range: toRange(input.document, token), newText },
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined
      ? {}
      : { documentation: markup([[documentation]], input.capabilities.markdown) }),
    ...(sortText === undefined ? {} : { sortText }),
  };
}

/**
 * The same with a snippet where the client takes one.
 * @param snippet in snippet syntax @param plain what other clients get
 */
export function snippetOf(
  input: FeatureInput,
  token: Span,
  label: string,
  snippet: string,
  plain: string,
  kind: CompletionItemKind,
  more: More = {},
): CompletionItem {
  if (!input.capabilities.snippets) return itemOf(input, token, label, plain, kind, more);
  return {
    ...itemOf(input, token, label, snippet, kind, more),
    insertTextFormat: InsertTextFormat.Snippet,
  };
}

/** Keeps a list in its own order whatever the labels are. */
export function inOrder(index: number): string {
  return String(index).padStart(4, '0');
}

/** Text of the user's file inside a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
