// Places of the file, and names that change.
import { pathToFileURL } from 'node:url';
import type {
  DocumentHighlight,
  DocumentLink,
  Location,
  PrepareRenameResult,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Definition } from '../../core/ide/definition';
import type { Highlight } from '../../core/ide/highlight';
import type { Link } from '../../core/ide/links';
import type { Renameable, Renaming } from '../../core/ide/rename';
import type { Edit } from '../../core/text/edit';
import type { Span } from '../../core/text/span';
import { DocumentHighlightKind } from '../library';
import { toRange, toTextEdits } from './index';
import type { Page } from './page';

export function toLocation(found: Definition, { document }: Page): Location {
  if ('file' in found) {
    const start = { line: 0, character: 0 };
    return { uri: pathToFileURL(found.file).href, range: { start, end: start } };
  }
  return { uri: document.uri, range: toRange(document, found) };
}

export function toLocations(spans: readonly Span[], page: Page): Location[] {
  return spans.map((span) => toLocation(span, page));
}

export function toHighlights(found: readonly Highlight[], { document }: Page): DocumentHighlight[] {
  return found.map(({ span, writes }) => ({
    range: toRange(document, span),
    kind: writes ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

export function toLinks(links: readonly Link[], { document }: Page): DocumentLink[] {
  return links.map((link) => ({
    range: toRange(document, link.span),
    target: 'file' in link ? pathToFileURL(link.file).href : link.target,
  }));
}

export function toPlaceholder({ span, text }: Renameable, { document }: Page): PrepareRenameResult {
  return { range: toRange(document, span), placeholder: text };
}

export function toEdits(edits: readonly Edit[], { document }: Page): TextEdit[] {
  return toTextEdits(document, edits);
}

export function toRenaming({ edits, others }: Renaming, page: Page): WorkspaceEdit {
  const changes = { [page.document.uri]: toEdits(edits, page) };
  for (const { path, text, edits: more } of others) {
    const uri = pathToFileURL(path).href;
    changes[uri] = toTextEdits(TextDocument.create(uri, '', 0, text), more);
  }
  return { changes };
}
