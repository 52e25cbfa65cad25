// Completion of names that the file defines or its base images are known to have: stages and users.
import type { Stage } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import { inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Subject } from './subject';

/**
 * Stages before the instruction, the nearest first. For COPY, a stage without a name is proposed by its number.
 */
export function stageItems(
  subject: Subject,
  instruction: Instruction,
  token: Span,
  use: 'from' | 'copy' | 'mount',
): Proposal[] {
  const own = subject.model.stageOf(instruction);
  const earlier = subject.model.stages.filter(
    ({ from }) => from && from !== own?.from && from.span.start < instruction.span.start,
  );
  const seen = new Set<string>();
  return earlier.reverse().flatMap((stage, index) => {
    const text = stage.name?.value ?? (use === 'copy' ? String(stage.index) : '');
    if (text === '' || seen.has(text.toLowerCase())) return [];
    seen.add(text.toLowerCase());
    return proposal(token, text, text, 'stage', {
      detail: `stage ${stage.index}: FROM ${stage.from?.words[0]?.raw ?? ''}`,
      order: inOrder(index),
    });
  });
}

interface Account {
  readonly name: string;
  readonly detail: string;
  /** Its name in the command that creates it; undefined for a user of the base image. */
  readonly at: Span | undefined;
}

/** The known users at the instruction: those of the base image, and those from useradd and adduser before it. */
export function accountsAt({ model }: Subject, instruction: Instruction): Account[] {
  const stage = model.stageOf(instruction);
  if (!stage) return [];
  const found = new Map<string, Account>();
  const chain: readonly Stage[] = stage.chain;
  for (const { program, args, instruction: run } of model.commands) {
    const where = model.stageOf(run);
    if (run.span.start >= instruction.span.start || !where || !chain.includes(where)) continue;
    if (program !== 'useradd' && program !== 'adduser') continue;
    const word = args.filter(({ value }) => value !== undefined).at(-1);
    const name = word?.value;
    if (word && name !== undefined && /^[a-z_][a-z0-9_-]*$/i.test(name))
      found.set(name, { name, detail: `created by ${program}`, at: word.span });
  }
  for (const [name, uid] of stage.base.users)
    if (!found.has(name)) found.set(name, { name, detail: `uid ${uid} in the base image`, at: undefined });
  return [...found.values()];
}

export function userItems(subject: Subject, instruction: Instruction, token: Span): Proposal[] {
  const known = accountsAt(subject, instruction);
  const app = subject.model.stageOf(instruction)?.base.appUser;
  // Users created in the file first, root last.
  const rank = ({ name, detail }: Account): number =>
    name === 'root' ? 9 : detail.startsWith('created') ? 0 : name === app ? 1 : 2;
  return [...known]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, detail }, index) =>
      proposal(token, name, name, 'value', { detail, order: inOrder(index) }),
    );
}

/** user:group of the known users, and numbers, which always work. */
export function ownerItems(subject: Subject, instruction: Instruction, token: Span): Proposal[] {
  const names = accountsAt(subject, instruction).map(({ name, detail }) => ({
    text: `${name}:${name}`,
    detail,
  }));
  const numbers = [
    { text: '65532:65532', detail: 'nonroot of distroless images' },
    { text: '1000:1000', detail: 'user and group by number' },
  ];
  return [...names, ...numbers].map(({ text, detail }, index) =>
    proposal(token, text, text, 'value', { detail, order: inOrder(index) }),
  );
}

/** The account that a USER names under the cursor, and the place of its name. */
export function userAt(
  subject: Subject,
  instruction: Instruction | undefined,
  offset: number,
): { readonly span: Span; readonly account: Account } | undefined {
  const word = instruction?.keyword === 'USER' ? instruction.words[0] : undefined;
  if (!instruction || !word) return undefined;
  const name = word.value.replace(/:.*$/s, '');
  const span = { start: word.span.start, end: word.span.start + name.length };
  // Quotes and escapes shift the name.
  if (!word.raw.startsWith(name) || offset < span.start || offset > span.end) return undefined;
  const account = accountsAt(subject, instruction).find((one) => one.name === name);
  return account && { span, account };
}
