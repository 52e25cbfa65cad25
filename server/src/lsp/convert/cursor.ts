// What a request asks: where the cursor is, and what comes with it.
import type {
  CompletionParams,
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  ReferenceParams,
  RenameParams,
  TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FormatSettings } from '../../core/ide/base-service';
import type { WantedProposals } from '../../core/ide/completion';
import type { WantedReferences } from '../../core/ide/definition';
import type { Typed, WantedRange } from '../../core/ide/formatting';
import type { WantedName } from '../../core/ide/rename';
import { toSpan } from './index';

export function atCursor({ position }: TextDocumentPositionParams, document: TextDocument): number {
  return document.offsetAt(position);
}

export function wholeFile(): undefined {
  return undefined;
}

export function proposalsWanted(params: CompletionParams, document: TextDocument): WantedProposals {
  return { offset: atCursor(params, document), trigger: params.context?.triggerCharacter };
}

export function referencesWanted(params: ReferenceParams, document: TextDocument): WantedReferences {
  return { offset: atCursor(params, document), definitions: params.context.includeDeclaration };
}

export function newNameAt(params: RenameParams, document: TextDocument): WantedName {
  return { offset: atCursor(params, document), name: params.newName };
}

/** A client may send anything: an indentation of a million columns is a mistake. */
export function settingsOf({ options }: Pick<DocumentFormattingParams, 'options'>): FormatSettings {
  const tabSize = Number.isFinite(options.tabSize) ? Math.round(options.tabSize) : 4;
  return { ...options, tabSize: Math.max(1, Math.min(tabSize, 16)), insertSpaces: options.insertSpaces };
}

export function rangeWanted(params: DocumentRangeFormattingParams, document: TextDocument): WantedRange {
  return { span: toSpan(document, params.range), settings: settingsOf(params) };
}

export function typed(params: DocumentOnTypeFormattingParams, document: TextDocument): Typed {
  return { offset: atCursor(params, document), character: params.ch, settings: settingsOf(params) };
}
