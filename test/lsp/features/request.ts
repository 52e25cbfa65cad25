// Rows of the feature table asked from marked text as a client asks them, and answers turned back into marked text.
import assert from 'node:assert/strict';
import type {
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  FormattingOptions,
  Hover,
  Location,
  Position,
  Range,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleInfo, Subject, Refusal } from '../../../server/src/core/ide/subject';
import { buildModel } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import { baseService } from '../../../server/src/lsp/base-service';
import { readClient } from '../../../server/src/lsp/capabilities';
import type { Client } from '../../../server/src/lsp/capabilities';
import { features } from '../../../server/src/lsp/features';
import { patterns as all, snippetsOf } from '../../../server/src/patterns/library';
import type { Marked } from '../../harness/marked';
import { mark, parseMarked } from '../../harness/marked';

const patterns = snippetsOf(all);

/** The poorest client there is. */
export const least = readClient({});

export const full: Client = {
  ...least,
  snippets: true,
  markdown: true,
  hierarchicalSymbols: true,
  deprecatedTag: true,
};

export interface Input {
  readonly document: TextDocument;
  readonly text: string;
  readonly client: Client;
  readonly subject: Subject;
}

export interface Request extends Marked {
  readonly input: Input;
  /** The (only) cursor. */
  readonly position: Position;
}

export function plainInput(text: string, client = full, rules: readonly RuleInfo[] = []): Input {
  const document = TextDocument.create('file:///work/Dockerfile', 'dockerfile', 1, text);
  const model = buildModel(parse(text), new TextFile(text));
  return { document, text, client, subject: { model, rules, patterns, service: baseService } };
}

export function request(source: string, client = full, rules: readonly RuleInfo[] = []): Request {
  const marked = parseMarked(source);
  const input = plainInput(marked.text, client, rules);
  return {
    ...marked,
    input,
    position: input.document.positionAt(marked.cursors[0] ?? marked.spans[0]?.start ?? 0),
  };
}

/** The row's answer; null where it has none. */
async function ask<T>(
  method: string,
  { document, client, subject }: Input,
  params: object,
): Promise<T | null> {
  const feature = features.find((one) => one.method === `textDocument/${method}`);
  assert.ok(feature, method);
  const whole = { textDocument: { uri: document.uri }, ...params };
  return ((await feature.answer(subject, whole, { document, client })) ?? null) as T | null;
}

export async function completion(
  input: Input,
  position: Position,
  trigger?: string,
): Promise<CompletionItem[]> {
  const context = trigger === undefined ? {} : { context: { triggerKind: 2, triggerCharacter: trigger } };
  return (await ask<CompletionItem[]>('completion', input, { position, ...context })) ?? [];
}

export function hover(input: Input, position: Position): Promise<Hover | null> {
  return ask('hover', input, { position });
}

export function signatureHelp(input: Input, position: Position): Promise<SignatureHelp | null> {
  return ask('signatureHelp', input, { position });
}

export function definition(input: Input, position: Position): Promise<Location | null> {
  return ask('definition', input, { position });
}

export function references(
  input: Input,
  position: Position,
  includeDeclaration: boolean,
): Promise<Location[] | null> {
  return ask('references', input, { position, context: { includeDeclaration } });
}

export function highlight(input: Input, position: Position): Promise<DocumentHighlight[] | null> {
  return ask('documentHighlight', input, { position });
}

export function prepareRename(
  input: Input,
  position: Position,
): Promise<{ range: Range; placeholder: string } | Refusal | null> {
  return ask('prepareRename', input, { position });
}

export function rename(
  input: Input,
  position: Position,
  newName: string,
): Promise<WorkspaceEdit | Refusal | null> {
  return ask('rename', input, { position, newName });
}

export async function folding(input: Input): Promise<FoldingRange[]> {
  return (await ask<FoldingRange[]>('foldingRange', input, {})) ?? [];
}

export async function links(input: Input): Promise<DocumentLink[]> {
  return (await ask<DocumentLink[]>('documentLink', input, {})) ?? [];
}

export async function symbols(input: Input): Promise<DocumentSymbol[] | SymbolInformation[]> {
  return (await ask<DocumentSymbol[]>('documentSymbol', input, {})) ?? [];
}

export async function formatDocument(input: Input, options: FormattingOptions): Promise<TextEdit[]> {
  return (await ask<TextEdit[]>('formatting', input, { options })) ?? [];
}

export async function formatRange(
  input: Input,
  range: Range,
  options: FormattingOptions,
): Promise<TextEdit[]> {
  return (await ask<TextEdit[]>('rangeFormatting', input, { range, options })) ?? [];
}

export async function formatOnType(
  input: Input,
  position: Position,
  ch: string,
  options: FormattingOptions,
): Promise<TextEdit[]> {
  return (await ask<TextEdit[]>('onTypeFormatting', input, { position, ch, options })) ?? [];
}

/** The text with the ranges marked. */
export function marks({ document, text }: Input, ranges: readonly Range[]): string {
  return mark(
    text,
    ranges.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) })),
  );
}

export function apply({ document }: Input, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(document, [...edits]);
}
