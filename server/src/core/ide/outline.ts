// The outline: stages, and below each its instructions.
import type { Stage } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { Subject } from './subject';

export interface OutlineItem {
  readonly name: string;
  readonly detail: string | undefined;
  /** FROM for a stage. */
  readonly keyword: string;
  readonly span: Span;
  /** The text that names it, inside `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

const longestDetail = 80;

export function outlineOf({ model }: Subject): readonly OutlineItem[] {
  return [...model.preamble.map(instructionItem), ...model.stages.flatMap(stageItems)];
}

/** A stage with its instructions; for a fragment without FROM only the instructions. */
function stageItems(stage: Stage): readonly OutlineItem[] {
  const seen = new Set<number>();
  const children: OutlineItem[] = [];
  for (const instruction of stage.instructions) {
    // The outline shows an ONBUILD as one item.
    if (instruction.onbuild || seen.has(instruction.index)) continue;
    seen.add(instruction.index);
    children.push(instructionItem(instruction));
  }
  const { from } = stage;
  if (!from) return children;
  const base = from.words[0]?.raw ?? '';
  const name = stage.name?.value;
  return [
    {
      name: name ?? (base || `stage ${stage.index}`),
      detail: name === undefined ? undefined : shorten(`FROM ${base}`),
      keyword: 'FROM',
      span: { start: from.span.start, end: Math.max(from.span.end, stage.span.end) },
      nameSpan: stage.name?.span ?? from.words[0]?.span ?? from.keywordSpan,
      children,
    },
  ];
}

function instructionItem({ argumentsLogical, line, keyword, keywordSpan, span }: Instruction): OutlineItem {
  const text = line.text.slice(argumentsLogical.start, argumentsLogical.end).replace(/\s+/g, ' ').trim();
  return {
    name: keyword || '?',
    detail: text === '' ? undefined : shorten(text),
    keyword,
    span,
    nameSpan: keywordSpan,
    children: [],
  };
}

function shorten(text: string): string {
  if (text.length <= longestDetail) return text;
  // Do not cut a surrogate pair.
  return `${text.slice(0, longestDetail - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
