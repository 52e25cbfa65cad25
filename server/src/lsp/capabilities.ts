// Reads once what the client can do, and derives what the server offers. Data in, data out.
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import { CodeActionKind, TextDocumentSyncKind } from './library';
import { isRecord } from '../core/text/record';
import {
  fixAllKind,
  fixSuggestedKind,
  pinImagesKind,
  serverCommand,
  sourceName,
  updateDigestsKind,
} from '../protocol/names';

export interface Client {
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshLenses: boolean;
  readonly configuration: boolean;
  readonly watchFiles: boolean;
  /** A pattern of a watcher may have a folder as its base. */
  readonly relativePatterns: boolean;
  readonly registerConfiguration: boolean;
  /** It may be asked, after the start, to tell of other documents than Dockerfiles. */
  readonly registerDocuments: boolean;
  /** Takes code actions; other clients take commands only. */
  readonly actionLiterals: boolean;
  /** Shows actions that cannot be chosen, with the reason. */
  readonly disabledActions: boolean;
  /** `codeAction/resolve` may fill in the edit. */
  readonly resolveEdits: boolean;
  readonly versionedEdits: boolean;
  readonly createFiles: boolean;
  readonly applyEdit: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly tags: boolean;
  readonly snippets: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly lineFoldingOnly: boolean;
  readonly prepareRename: boolean;
  readonly markdown: boolean;
  readonly deprecatedTag: boolean;
  readonly foldingRangeLimit: number | undefined;
  /** Features it knows (`textDocument.hover`), and whether they can be registered after the start. */
  readonly registers: ReadonlyMap<string, boolean>;
}

export function readClient(capabilities: ClientCapabilities): Client {
  const { textDocument, workspace } = capabilities;
  const publish = textDocument?.publishDiagnostics;
  const pull = textDocument?.diagnostic;
  const action = textDocument?.codeAction;
  const actionLiterals = action?.codeActionLiteralSupport !== undefined;
  return {
    pullDiagnostics: pull !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registerDocuments: textDocument?.synchronization?.dynamicRegistration === true,
    actionLiterals,
    disabledActions: actionLiterals && action.disabledSupport === true,
    resolveEdits:
      actionLiterals &&
      action.resolveSupport?.properties.includes('edit') === true &&
      action.dataSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    applyEdit: workspace?.applyEdit === true,
    relatedInformation: publish?.relatedInformation === true || pull?.relatedInformation === true,
    codeDescription: publish?.codeDescriptionSupport === true || pull?.codeDescriptionSupport === true,
    tags: publish?.tagSupport !== undefined || pull?.tagSupport !== undefined,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    lineFoldingOnly: textDocument?.foldingRange?.lineFoldingOnly === true,
    prepareRename: textDocument?.rename?.prepareSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    deprecatedTag: textDocument?.completion?.completionItem?.tagSupport !== undefined,
    foldingRangeLimit: textDocument?.foldingRange?.rangeLimit,
    registers: new Map(
      Object.entries(textDocument ?? {}).map(([name, one]: [string, unknown]) => [
        `textDocument.${name}`,
        isRecord(one) && one['dynamicRegistration'] === true,
      ]),
    ),
  };
}

/** @param features capabilities of the editor features */
export function offeredCapabilities(client: Client, features: ServerCapabilities): ServerCapabilities {
  return {
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(client.pullDiagnostics && {
      diagnosticProvider: {
        identifier: sourceName,
        interFileDependencies: false,
        workspaceDiagnostics: false,
      },
    }),
    codeActionProvider: client.actionLiterals
      ? {
          codeActionKinds: [
            CodeActionKind.QuickFix,
            fixAllKind,
            fixSuggestedKind,
            pinImagesKind,
            updateDigestsKind,
          ],
          resolveProvider: client.resolveEdits,
        }
      : true,
    executeCommandProvider: {
      commands: [
        ...(client.applyEdit
          ? [serverCommand.pinImages, serverCommand.updateDigests, serverCommand.fixSuggested]
          : []),
        ...(client.resolveEdits ? [] : [serverCommand.applyAction]),
      ],
    },
    ...features,
  };
}
