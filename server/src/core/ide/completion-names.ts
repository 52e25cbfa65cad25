// Completion of names that the file defines or its base images are known to have: stages and users.
import { createdGroups, createdUsers } from '../analysis/runtime/image-users';
import type { Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import { at } from './locate';
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
  /** Its number, if that is known. */
  readonly id: string | undefined;
  readonly detail: string;
  /** Its name in the command that creates it; undefined for a user of the base image. */
  readonly at: Span | undefined;
}

/** The known users at the instruction: those of the base image, and those from useradd and adduser before it. */
export function accountsAt({ model }: Subject, instruction: Instruction): Account[] {
  const stage = model.stageOf(instruction);
  if (!stage) return [];
  const found = new Map<string, Account>();
  for (const { name, uid, command, word } of createdUsers(model, stage))
    if (command.instruction.span.start < instruction.span.start)
      found.set(name, { name, id: uid, detail: `created by ${command.program}`, at: word.span });
  for (const [name, uid] of stage.base.users)
    if (!found.has(name))
      found.set(name, { name, id: String(uid), detail: `uid ${uid} in the base image`, at: undefined });
  return [...found.values()];
}

/** The groups that steps before the instruction create. */
function groupsAt({ model }: Subject, instruction: Instruction): Account[] {
  const stage = model.stageOf(instruction);
  return (stage ? createdGroups(model, stage) : [])
    .filter(({ command }) => command.instruction.span.start < instruction.span.start)
    .map(({ name, gid, command, word }) => ({
      name,
      id: gid,
      detail: `group created by ${command.program}`,
      at: word.span,
    }));
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

/** The account that a USER or --chown names under the cursor, by its name or its number, and the place of that. */
export function userAt(
  subject: Subject,
  instruction: Instruction | undefined,
  offset: number,
): { readonly span: Span; readonly account: Account } | undefined {
  const word =
    instruction?.keyword === 'USER'
      ? instruction.words[0]
      : instruction?.flags.find(({ name }) => name === 'chown')?.value;
  // Quotes, escapes and variables shift the name.
  if (!instruction || !word || word.raw !== word.value || !at(word.span, offset)) return undefined;
  const [user = '', group] = word.value.split(':');
  const colon = word.span.start + user.length;
  const isGroup = group !== undefined && offset > colon;
  const name = isGroup ? group : user;
  const span = isGroup
    ? { start: colon + 1, end: colon + 1 + group.length }
    : { start: word.span.start, end: colon };
  const groups = isGroup ? groupsAt(subject, instruction) : [];
  const users = accountsAt(subject, instruction);
  // Most tools create a group of the user's name.
  const account =
    [...groups, ...users].find((one) => one.name === name) ??
    (isGroup ? groups : users).find(({ id }) => id === name);
  return account && { span, account };
}
