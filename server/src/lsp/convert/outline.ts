// The outline: nested where the client can show that, else the flat list of the older protocol.
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';
import type { OutlineItem } from '../../core/ide/outline';
import { SymbolKind } from '../library';
import { toRange } from './index';
import type { Page } from './page';

const kinds: Readonly<Record<string, SymbolKind>> = {
  FROM: SymbolKind.Module,
  ARG: SymbolKind.Constant,
  ENV: SymbolKind.Variable,
  LABEL: SymbolKind.Property,
  RUN: SymbolKind.Function,
  CMD: SymbolKind.Event,
  ENTRYPOINT: SymbolKind.Event,
  HEALTHCHECK: SymbolKind.Event,
  COPY: SymbolKind.File,
  ADD: SymbolKind.File,
  VOLUME: SymbolKind.File,
  WORKDIR: SymbolKind.Package,
  USER: SymbolKind.Key,
  EXPOSE: SymbolKind.Interface,
  SHELL: SymbolKind.Operator,
  STOPSIGNAL: SymbolKind.Operator,
  ONBUILD: SymbolKind.Event,
  MAINTAINER: SymbolKind.Property,
};

export function toOutline(items: readonly OutlineItem[], page: Page): DocumentSymbol[] | SymbolInformation[] {
  return page.client.hierarchicalSymbols
    ? items.map((item) => nested(item, page))
    : items.flatMap((item) => flat(item, page, undefined));
}

function kindOf({ keyword }: OutlineItem): SymbolKind {
  return kinds[keyword] ?? SymbolKind.Null;
}

function nested(item: OutlineItem, page: Page): DocumentSymbol {
  const { name, detail, span, nameSpan, children } = item;
  return {
    name,
    kind: kindOf(item),
    range: toRange(page.document, span),
    selectionRange: toRange(page.document, nameSpan),
    ...(detail !== undefined && { detail }),
    ...(children.length > 0 && { children: children.map((child) => nested(child, page)) }),
  };
}

function flat(item: OutlineItem, page: Page, container: string | undefined): SymbolInformation[] {
  const { name, detail, span, children } = item;
  const { document } = page;
  return [
    {
      name: detail === undefined ? name : `${name} ${detail}`,
      kind: kindOf(item),
      location: { uri: document.uri, range: toRange(document, span) },
      ...(container !== undefined && { containerName: container }),
    },
    ...children.flatMap((child) => flat(child, page, name)),
  ];
}
