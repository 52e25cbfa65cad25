// The outline: stages, and below each its instructions.
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { SymbolKind } from '../library';
import type { Stage } from '../../core/model/model';
import type { Instruction } from '../../core/syntax/nodes';
import type { FeatureInput } from './input';
import { toRange, tooLarge } from './input';

const LONGEST_DETAIL = 80;

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

/** Nested where the client can show that, else the flat list of the older protocol. */
export function symbols(input: FeatureInput): DocumentSymbol[] | SymbolInformation[] {
  if (tooLarge(input)) return [];
  const { model } = input;
  const top = [
    ...model.preamble.map((one) => instructionSymbol(input, one)),
    ...model.stages.flatMap((stage) => stageSymbols(input, stage)),
  ];
  return input.capabilities.hierarchicalSymbols ? top : top.flatMap((one) => flat(input, one, undefined));
}

/** A stage with its instructions; the bare instructions of a fragment without FROM. */
function stageSymbols(input: FeatureInput, stage: Stage): DocumentSymbol[] {
  const seen = new Set<number>();
  const children: DocumentSymbol[] = [];
  for (const instruction of stage.instructions) {
    // The outline shows an ONBUILD as a whole.
    if (instruction.onbuild || seen.has(instruction.index)) continue;
    seen.add(instruction.index);
    children.push(instructionSymbol(input, instruction));
  }
  const { from } = stage;
  if (!from) return children;
  const base = from.words[0]?.raw ?? '';
  const name = stage.name?.value;
  const symbol: DocumentSymbol = {
    name: name ?? (base || `stage ${stage.index}`),
    kind: SymbolKind.Module,
    range: toRange(input.document, { start: from.span.start, end: Math.max(from.span.end, stage.span.end) }),
    selectionRange: toRange(input.document, stage.name?.span ?? from.words[0]?.span ?? from.keywordSpan),
    children,
  };
  const detail = name === undefined ? '' : `FROM ${base}`;
  return [detail ? { ...symbol, detail: shorten(detail) } : symbol];
}

function instructionSymbol(input: FeatureInput, instruction: Instruction): DocumentSymbol {
  const { argumentsLogical, line, keyword } = instruction;
  const text = line.text.slice(argumentsLogical.start, argumentsLogical.end).replace(/\s+/g, ' ').trim();
  const symbol: DocumentSymbol = {
    name: keyword || '?',
    kind: kinds[keyword] ?? SymbolKind.Null,
    range: toRange(input.document, instruction.span),
    selectionRange: toRange(input.document, instruction.keywordSpan),
  };
  return text ? { ...symbol, detail: shorten(text) } : symbol;
}

function shorten(text: string): string {
  if (text.length <= LONGEST_DETAIL) return text;
  // Not between the halves of a character outside the basic plane.
  return `${text.slice(0, LONGEST_DETAIL - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function flat(
  input: FeatureInput,
  symbol: DocumentSymbol,
  container: string | undefined,
): SymbolInformation[] {
  const { name, kind, range, detail, children = [] } = symbol;
  const own: SymbolInformation = {
    name: detail ? `${name} ${detail}` : name,
    kind,
    location: { uri: input.uri, range },
  };
  return [
    container === undefined ? own : { ...own, containerName: container },
    ...children.flatMap((child) => flat(input, child, name)),
  ];
}
