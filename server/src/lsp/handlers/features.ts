// Completion, hover, navigation and the like: each request is one function of the analysis. Those that other
// extensions may offer as well come and go with the setting.
import {
  BulkRegistration,
  CompletionRequest,
  DocumentLinkRequest,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  LSPErrorCodes,
  ResponseError,
  SignatureHelpRequest,
} from '../library';
import type { BulkUnregistration, Connection } from 'vscode-languageserver/node';
import { rules } from '../../linter';
import { LANGUAGE, languageFeaturesOn } from '../../protocol';
import { languageFeatureCapabilities as options } from '../capabilities';
import type { Context } from '../context';
import { completion } from '../features/completion';
import { definition, references } from '../features/definition';
import { folding } from '../features/folding';
import { formatDocument, formatOnType, formatRange } from '../features/formatting';
import { highlight } from '../features/highlight';
import { links } from '../features/links';
import { hover } from '../features/hover';
import type { FeatureInput, Refusal } from '../features/input';
import { prepareRename, rename } from '../features/rename';
import { signatureHelp } from '../features/signature-help';
import { symbols } from '../features/symbols';

/** Answers the requests; which of them a client sends is a matter of registration. */
export function answerFeatures(connection: Connection, context: () => Context): void {
  const input = (params: { textDocument: { uri: string } }): Promise<FeatureInput | undefined> =>
    inputOf(context(), params.textDocument.uri);
  connection.onCompletion(async (params) => {
    const given = await input(params);
    return given ? completion(given, params.position, params.context?.triggerCharacter) : null;
  });
  connection.onHover(async (params) => {
    const given = await input(params);
    return given ? hover(given, params.position) : null;
  });
  connection.onSignatureHelp(async (params) => {
    const given = await input(params);
    return given ? signatureHelp(given, params.position) : null;
  });
  connection.onFoldingRanges(async (params) => {
    const given = await input(params);
    return given ? folding(given) : null;
  });
  connection.onDocumentSymbol(async (params) => {
    const given = await input(params);
    return given ? symbols(given) : null;
  });
  connection.onDocumentLinks(async (params) => {
    const given = await input(params);
    return given ? links(given) : null;
  });
  connection.onDocumentFormatting(async (params) => {
    const given = await input(params);
    return given ? formatDocument(given, params.options) : null;
  });
  connection.onDocumentRangeFormatting(async (params) => {
    const given = await input(params);
    return given ? formatRange(given, params.range, params.options) : null;
  });
  connection.onDocumentOnTypeFormatting(async (params) => {
    const given = await input(params);
    return given ? formatOnType(given, params.position, params.ch, params.options) : null;
  });
  connection.onDefinition(async (params) => {
    const given = await input(params);
    return given ? definition(given, params.position) : null;
  });
  connection.onReferences(async (params) => {
    const given = await input(params);
    return given ? references(given, params.position, params.context.includeDeclaration) : null;
  });
  connection.onDocumentHighlight(async (params) => {
    const given = await input(params);
    return given ? highlight(given, params.position) : null;
  });
  connection.onPrepareRename(async (params) => {
    const given = await input(params);
    return given ? orRefuse(prepareRename(given, params.position)) : null;
  });
  connection.onRenameRequest(async (params) => {
    const given = await input(params);
    return given ? orRefuse(rename(given, params.position, params.newName)) : null;
  });
}

/** The client shows the sentence where the user asked. */
function orRefuse<T extends object>(result: T | Refusal | null): T | null {
  if (result && 'refused' in result) throw new ResponseError(LSPErrorCodes.RequestFailed, result.refused);
  return result;
}

const ruleInfos = rules.map(({ id, summary, alsoKnownAs }) => ({ id, summary, alsoKnownAs }));

async function inputOf({ session, client }: Context, uri: string): Promise<FeatureInput | undefined> {
  const analysis = await session.analysis(uri);
  if (!analysis) return undefined;
  const { document, version, result } = analysis;
  return {
    uri,
    version,
    document,
    text: document.getText(),
    file: result.model.file,
    model: result.model,
    capabilities: client,
    rules: ruleInfos,
  };
}

/** Registers and unregisters what other extensions may offer, as the setting and their presence say. */
export class LanguageFeatures {
  readonly #context: Context;
  #registered: Promise<BulkUnregistration> | undefined;
  #on = false;

  constructor(context: Context) {
    this.#context = context;
  }

  get on(): boolean {
    return this.#on;
  }

  /** @param coexistence ids of active extensions that offer the same */
  async update(coexistence: readonly string[]): Promise<void> {
    const { client, calls, connection, session } = this.#context;
    if (!client.dynamicFeatures) {
      // Announced at the start, by what was known then.
      this.#on = languageFeaturesOn('auto', coexistence);
      return;
    }
    const setting = (await session.globalSettings()).languageFeatures;
    const wanted = languageFeaturesOn(setting, coexistence);
    if (wanted === this.#on) return;
    this.#on = wanted;
    const before = this.#registered;
    this.#registered = undefined;
    if (before) (await before).dispose();
    if (!wanted) return;
    this.#registered = connection.client.register(allFeatures());
    this.#registered.catch((error: unknown) =>
      calls.log(`Language features could not be registered: ${String(error)}`),
    );
  }
}

function allFeatures(): BulkRegistration {
  const documentSelector = [{ language: LANGUAGE }];
  const bulk = BulkRegistration.create();
  bulk.add(CompletionRequest.type, { documentSelector, ...options.completionProvider });
  bulk.add(HoverRequest.type, { documentSelector });
  bulk.add(SignatureHelpRequest.type, { documentSelector, ...options.signatureHelpProvider });
  bulk.add(FoldingRangeRequest.type, { documentSelector });
  bulk.add(DocumentSymbolRequest.type, { documentSelector });
  bulk.add(DocumentLinkRequest.type, { documentSelector });
  bulk.add(DocumentFormattingRequest.type, { documentSelector });
  bulk.add(DocumentRangeFormattingRequest.type, { documentSelector });
  bulk.add(DocumentOnTypeFormattingRequest.type, {
    documentSelector,
    ...options.documentOnTypeFormattingProvider,
  });
  return bulk;
}
