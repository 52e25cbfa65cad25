// Proposals as completion items.
import type { CompletionItem, MarkupContent } from 'vscode-languageserver/node';
import type { Paragraph } from '../../core/ide/markup';
import { render } from '../../core/ide/markup';
import type { Proposal, ProposalKind } from '../../core/ide/proposal';
import { CompletionItemKind, CompletionItemTag, InsertTextFormat, MarkupKind } from '../library';
import type { Client } from '../capabilities';
import { toRange, toTextEdits } from './index';
import type { Page } from './page';

const kinds: Readonly<Record<ProposalKind, CompletionItemKind>> = {
  choice: CompletionItemKind.EnumMember,
  file: CompletionItemKind.File,
  flag: CompletionItemKind.Field,
  folder: CompletionItemKind.Folder,
  form: CompletionItemKind.Snippet,
  key: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  pattern: CompletionItemKind.Snippet,
  stage: CompletionItemKind.Module,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
};

export function toCompletionItems(proposals: readonly Proposal[], page: Page): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const one of proposals) {
    if (one.needsSnippet && !page.client.snippets) continue;
    const item = toItem(one, page);
    // Without placeholders, several forms of an instruction look the same.
    if (!items.has(item.label)) items.set(item.label, item);
  }
  return [...items.values()];
}

function toItem(proposal: Proposal, { document, client }: Page): CompletionItem {
  const { replaces, kind, detail, documentation, order, filter, isDeprecated, also } = proposal;
  const snippet = client.snippets ? proposal.snippet : undefined;
  const { label, text } = snippet ?? proposal;
  return {
    label,
    kind: kinds[kind],
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: toRange(document, replaces), newText: text },
    ...(detail !== undefined && { detail }),
    ...(documentation && { documentation: toMarkup(documentation, client) }),
    ...(order !== undefined && { sortText: order }),
    ...(filter !== undefined && { filterText: filter }),
    ...(isDeprecated && client.deprecatedTag && { tags: [CompletionItemTag.Deprecated] }),
    ...(also && { additionalTextEdits: toTextEdits(document, also) }),
  };
}

export function toMarkup(text: readonly Paragraph[], { markdown }: Client): MarkupContent {
  const kind = markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { kind, value: render(text, markdown) };
}
