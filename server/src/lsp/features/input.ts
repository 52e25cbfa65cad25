// What every language feature gets: one document in one version, read once. Features are functions of this
// plain data; they know no connection and no session.
import type { Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Model } from '../../core/model/model';
import type { Dockerfile } from '../../core/syntax/nodes';
import type { Span } from '../../core/text/span';

/** What the client can show, as far as features care. The default is the least. */
export interface FeatureCapabilities {
  /** Completion items may hold `${1:placeholders}`. */
  readonly snippets: boolean;
  /** Documentation of completion items and hovers may be Markdown. */
  readonly markdown: boolean;
  /** Folding ranges are whole lines. */
  readonly lineFoldingOnly: boolean;
  /** The most folding ranges the client wants; undefined: no limit. */
  readonly foldingRangeLimit: number | undefined;
  /** Symbols may be nested. */
  readonly hierarchicalSymbols: boolean;
  /** Completion items may be marked as deprecated by a tag. */
  readonly deprecatedTag: boolean;
}

export const leastCapabilities: FeatureCapabilities = {
  snippets: false,
  markdown: false,
  lineFoldingOnly: false,
  foldingRangeLimit: undefined,
  hierarchicalSymbols: false,
  deprecatedTag: false,
};

/** A rule as completion of ignore comments offers it. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  /** `tool:id`, for the comments of other tools. */
  readonly alsoKnownAs?: readonly string[];
}

export interface FeatureInput {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** The same text; turns offsets into positions. */
  readonly document: TextDocument;
  readonly file: Dockerfile;
  readonly model: Model;
  readonly capabilities: FeatureCapabilities;
  readonly rules?: readonly RuleInfo[];
}

/** Why a request that the user made cannot be served: one sentence for them to read. */
export interface Refusal {
  readonly refused: string;
}

/** A document above these sizes gets no answers but signatures: the others read the whole file. */
const LARGEST_TEXT = 2_000_000;
const MOST_LINES = 30_000;

export function tooLarge(input: FeatureInput): boolean {
  return input.text.length > LARGEST_TEXT || input.document.lineCount > MOST_LINES;
}

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toOffset(input: FeatureInput, position: Position): number {
  return input.document.offsetAt(position);
}
