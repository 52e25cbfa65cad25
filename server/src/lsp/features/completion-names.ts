// Names that the file itself gives or its base images are known to have: stages and users.
import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind } from '../library';
import type { Stage } from '../../core/model/model';
import type { Instruction } from '../../core/syntax/nodes';
import type { Span } from '../../core/text/span';
import { inOrder, itemOf } from './completion-items';
import type { FeatureInput } from './input';

/**
 * Stages in front of the instruction, the nearest first. COPY takes numbers of stages as well, which are
 * offered for those without a name.
 */
export function stageItems(
  input: FeatureInput,
  instruction: Instruction,
  token: Span,
  use: 'from' | 'copy' | 'mount',
): CompletionItem[] {
  const own = input.model.stageOf(instruction);
  const earlier = input.model.stages.filter(
    ({ from }) => from && from !== own?.from && from.span.start < instruction.span.start,
  );
  const seen = new Set<string>();
  return earlier.reverse().flatMap((stage, index) => {
    const text = stage.name?.value ?? (use === 'copy' ? String(stage.index) : '');
    if (text === '' || seen.has(text.toLowerCase())) return [];
    seen.add(text.toLowerCase());
    return itemOf(input, token, text, text, CompletionItemKind.Module, {
      detail: `stage ${stage.index}: FROM ${stage.from?.words[0]?.raw ?? ''}`,
      sortText: inOrder(index),
    });
  });
}

interface Account {
  readonly name: string;
  readonly detail: string;
}

/** Users the image is known to have there: from its base, and from useradd and adduser in front of the instruction. */
function accounts({ model }: FeatureInput, instruction: Instruction): Account[] {
  const stage = model.stageOf(instruction);
  if (!stage) return [];
  const found = new Map<string, string>();
  const chain: readonly Stage[] = stage.chain;
  for (const { program, args, instruction: run } of model.commands) {
    const where = model.stageOf(run);
    if (run.span.start >= instruction.span.start || !where || !chain.includes(where)) continue;
    if (program !== 'useradd' && program !== 'adduser') continue;
    const name = args
      .map(({ value }) => value)
      .filter((value) => value !== undefined)
      .at(-1);
    if (name !== undefined && /^[a-z_][a-z0-9_-]*$/i.test(name)) found.set(name, `added by ${program}`);
  }
  for (const [name, uid] of stage.base.users)
    if (!found.has(name)) found.set(name, `uid ${uid} of the base image`);
  return [...found].map(([name, detail]) => ({ name, detail }));
}

export function userItems(input: FeatureInput, instruction: Instruction, token: Span): CompletionItem[] {
  const known = accounts(input, instruction);
  const app = input.model.stageOf(instruction)?.base.appUser;
  // Users made for the purpose first, root last.
  const rank = ({ name, detail }: Account): number =>
    name === 'root' ? 9 : detail.startsWith('added') ? 0 : name === app ? 1 : 2;
  return [...known]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, detail }, index) =>
      itemOf(input, token, name, name, CompletionItemKind.Value, { detail, sortText: inOrder(index) }),
    );
}

/** user:group of the known users; a number works everywhere. */
export function ownerItems(input: FeatureInput, instruction: Instruction, token: Span): CompletionItem[] {
  const names = accounts(input, instruction).map(({ name, detail }) => ({ text: `${name}:${name}`, detail }));
  const numbers = [
    { text: '65532:65532', detail: 'nonroot of distroless images' },
    { text: '1000:1000', detail: 'numeric' },
  ];
  return [...names, ...numbers].map(({ text, detail }, index) =>
    itemOf(input, token, text, text, CompletionItemKind.Value, { detail, sortText: inOrder(index) }),
  );
}
