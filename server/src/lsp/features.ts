// The editor features, one row each: the request, whether other extensions may offer the same, its options, and the way
// from the client's question to the answer. A new feature is a file in core/ide and a row here. The protocol library
// knows the names of each request.
import {
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SignatureHelpRequest,
} from 'vscode-languageserver/node';
import { proposalsAt } from '../core/ide/completion';
import { definitionAt, referencesAt } from '../core/ide/definition';
import { foldsIn } from '../core/ide/folding';
import { formatDocument, formatOnType, formatRange } from '../core/ide/formatting';
import { highlightsAt } from '../core/ide/highlight';
import { hoverAt } from '../core/ide/hover';
import { linksIn } from '../core/ide/links';
import { outlineOf } from '../core/ide/outline';
import { rebuildLenses } from '../core/ide/rebuild-lenses';
import { rename, renameableAt } from '../core/ide/rename';
import { signaturesAt } from '../core/ide/signature-help';
import { toCompletionItems } from './convert/completion';
import {
  atCursor,
  newNameAt,
  proposalsWanted,
  rangeWanted,
  referencesWanted,
  settingsOf,
  typed,
  wholeFile,
} from './convert/cursor';
import { toFoldingRanges } from './convert/folding';
import { toHover, toSignatureHelp } from './convert/hover';
import { toCodeLenses } from './convert/lenses';
import {
  toEdits,
  toHighlights,
  toLinks,
  toLocation,
  toLocations,
  toPlaceholder,
  toRenaming,
} from './convert/navigation';
import { toOutline } from './convert/outline';
import { feature } from './feature';
import type { Feature } from './feature';

const tooLarge = 'This file is too large to rename symbols in';

export const features: readonly Feature[] = [
  feature(CompletionRequest, {
    shared: true,
    hasPatterns: true,
    options: () => ({ triggerCharacters: ['=', ' ', '$', '-', ',', '{', '/'] }),
    reads: ['position'],
    ask: proposalsWanted,
    run: proposalsAt,
    tell: toCompletionItems,
  }),
  feature(HoverRequest, { shared: true, reads: ['position'], ask: atCursor, run: hoverAt, tell: toHover }),
  feature(SignatureHelpRequest, {
    shared: true,
    options: () => ({ triggerCharacters: ['-', '[', ',', ' ', '='] }),
    anySize: true,
    reads: ['position'],
    ask: atCursor,
    run: signaturesAt,
    tell: toSignatureHelp,
  }),
  feature(FoldingRangeRequest, { shared: true, ask: wholeFile, run: foldsIn, tell: toFoldingRanges }),
  feature(DocumentSymbolRequest, { shared: true, ask: wholeFile, run: outlineOf, tell: toOutline }),
  feature(DocumentLinkRequest, {
    shared: true,
    options: () => ({}),
    ask: wholeFile,
    run: linksIn,
    tell: toLinks,
  }),
  feature(DocumentFormattingRequest, {
    shared: true,
    reads: ['options'],
    ask: settingsOf,
    run: formatDocument,
    tell: toEdits,
  }),
  feature(DocumentRangeFormattingRequest, {
    shared: true,
    reads: ['range', 'options'],
    ask: rangeWanted,
    run: formatRange,
    tell: toEdits,
  }),
  feature(DocumentOnTypeFormattingRequest, {
    shared: true,
    options: () => ({ firstTriggerCharacter: '\\', moreTriggerCharacter: ['`'] }),
    reads: ['position', 'ch', 'options'],
    ask: typed,
    run: formatOnType,
    tell: toEdits,
  }),
  // These need the symbol table, and no other extension gets them right: always on.
  feature(DefinitionRequest, {
    shared: false,
    reads: ['position'],
    ask: atCursor,
    run: definitionAt,
    tell: toLocation,
  }),
  feature(ReferencesRequest, {
    shared: false,
    reads: ['position', 'context'],
    ask: referencesWanted,
    run: referencesAt,
    tell: toLocations,
  }),
  feature(DocumentHighlightRequest, {
    shared: false,
    reads: ['position'],
    ask: atCursor,
    run: highlightsAt,
    tell: toHighlights,
  }),
  feature(RenameRequest, {
    shared: false,
    options: ({ prepareRename }) => (prepareRename ? { prepareProvider: true } : true),
    tooLarge,
    reads: ['position', 'newName'],
    ask: newNameAt,
    run: rename,
    tell: toRenaming,
  }),
  feature(PrepareRenameRequest, {
    shared: false,
    options: () => undefined,
    tooLarge,
    reads: ['position'],
    ask: atCursor,
    run: renameableAt,
    tell: toPlaceholder,
  }),
  feature(CodeLensRequest, {
    shared: false,
    options: () => ({}),
    ask: wholeFile,
    run: rebuildLenses,
    tell: toCodeLenses,
  }),
];
