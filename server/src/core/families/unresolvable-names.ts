// The body of the rules about users and groups that the image lacks: the places that name one, what is known about the
// image there, and the number to write instead.
import { guardOf } from '../analysis/commands/guard';
import { mayBeOtherBase } from '../analysis/images/given-base';
import { startOf } from '../analysis/layers/output-folders';
import { rosterAt } from '../analysis/runtime/image-roster';
import type { AsksContext } from '../analysis/runtime/started-files';
import { createdUserNamed } from '../analysis/runtime/image-users';
import { isByHeart } from '../knowledge/images/base-users';
import { isInvented } from '../knowledge/packages/package-users';
import type { Finding } from '../lint/finding';
import type { Model, Stage } from '../model/model';
import { argumentsOf, findOption } from '../shell/options';
import type { Command, ShellWord } from '../shell/types';
import type { Instruction, Word } from '../syntax/nodes';
import { replace } from '../text/edit';
import { once } from '../text/memo';
import type { Span } from '../text/span';

/** A place that names a user, a group, or both. */
interface Mention {
  readonly at: Instruction | Command;
  readonly span: Span;
  /** As written, for the title. */
  readonly written: string;
  /** `user`, `user:group` or `:group`, with variables expanded. */
  readonly text: string;
  /** Whether the command line can replace it. */
  readonly overridable: boolean;
  /** The span that a fix replaces; undefined if it comes from a variable. */
  readonly editable: Span | undefined;
  readonly effect: string;
}

interface Placed {
  readonly stage: Stage;
  readonly mention: Mention;
}

/** All places of the stages that name users or groups. */
const mentionsIn = once((model: Model): readonly Placed[] => {
  const found: Placed[] = [];
  for (const command of model.commandsNamed('chown', 'chgrp', 'install', ...groupTakers.keys())) {
    const { instruction, name } = command;
    // `./install` is a program of the project.
    if (name.value?.startsWith('.') === true) continue;
    const stage =
      instruction.onbuild || instruction.keyword !== 'RUN' ? undefined : model.stageOf(instruction);
    if (stage)
      for (const mention of mentionsOf(model, command, stopOf(stage))) found.push({ stage, mention });
  }
  const words = [
    ...model.instructionsOf('USER').map((instruction) => ({ instruction, word: instruction.words[0] })),
    ...model.copies.map(({ instruction, chown }) => ({ instruction, word: chown })),
  ];
  for (const { instruction, word } of words) {
    const stage = instruction.onbuild ? undefined : model.stageOf(instruction);
    const mention = stage && word && mentionOf(model, stage, instruction, word);
    if (mention) found.push({ stage, mention });
  }
  return found;
});

function stopOf({ reachable }: Stage): string {
  return reachable ? 'the build stops here' : 'a build of this stage stops here';
}

function mentionOf(model: Model, stage: Stage, instruction: Instruction, word: Word): Mention | undefined {
  const effect =
    instruction.keyword === 'USER'
      ? effectOf(model, instruction, stage.reachable ? '' : ' of this stage')
      : stopOf(stage);
  const { text, overridable } = model.expansion(word, instruction);
  if (text === undefined || effect === undefined) return undefined;
  const quote = /^["']/.test(word.raw) ? 1 : 0;
  const { span, value, variables } = word;
  const editable = variables.length === 0 ? { start: span.start + quote, end: span.end - quote } : undefined;
  return { at: instruction, span, written: value, text, overridable, editable, effect };
}

/** The names that chown, chgrp and install look up, if nothing handles their failure. */
function* mentionsOf(model: Model, command: Command, effect: string): Generator<Mention> {
  const owners = ownersIn(command);
  if (owners.length === 0 || guardOf(model, command).kind !== 'stops') return;
  for (const { word, name, isGroup } of owners) {
    const { span, text } = word;
    // A number that no group has is as bad for a new user.
    const editable =
      command.editable && text === name && !groupTakers.has(command.program) ? span : undefined;
    const names = isGroup ? `:${name}` : name;
    yield { at: command, span, written: name, text: names, overridable: false, editable, effect };
  }
}

/** `adduser USER GROUP`: with two operands they add a user to a group, and both have to be there. */
const pairTakers: ReadonlySet<string> = new Set(['adduser', 'addgroup']);

/** The options of programs that put a user into a group that has to be there. */
const groupTakers: ReadonlyMap<string, readonly string[]> = new Map([
  ['useradd', ['-g', '--gid', '-G', '--groups']],
  ['usermod', ['-g', '--gid', '-G', '--groups']],
  ['adduser', ['-G', '--ingroup']],
  ['addgroup', []],
  ['gpasswd', []],
]);

interface Owner {
  readonly word: ShellWord;
  readonly name: string;
  readonly isGroup: boolean;
}

function ownersIn(command: Command): readonly Owner[] {
  const { program } = command;
  const named = (isGroup: boolean, names: readonly string[]): readonly Owner[] => {
    const { word, valueWord, value } = findOption(command, ...names) ?? {};
    const at = valueWord ?? word;
    if (!at || value === undefined) return [];
    return value.split(',').map((name) => ({ word: at, name, isGroup }));
  };
  if (program === 'install') return [...named(false, ['-o', '--owner']), ...named(true, ['-g', '--group'])];
  const options = groupTakers.get(program);
  if (options) {
    if (findOption(command, '-R', '--root', '-P', '--prefix')) return [];
    return [...named(true, options), ...pairOf(command)];
  }
  if ((program !== 'chown' && program !== 'chgrp') || findOption(command, '--reference')) return [];
  return argumentsOf(command)
    .operands.slice(0, 1)
    .flatMap((word) =>
      word.value === undefined ? [] : [{ word, name: word.value, isGroup: program === 'chgrp' }],
    );
}

/** The user and the group of `adduser USER GROUP` and `gpasswd -a USER GROUP`. */
function pairOf(command: Command): readonly Owner[] {
  const { operands } = argumentsOf(command);
  const [first, second, more] = operands;
  if (command.program === 'gpasswd') {
    const { valueWord, value } = findOption(command, '-a', '--add', '-d', '--delete') ?? {};
    return valueWord && value !== undefined && first
      ? [ownerAt(valueWord, false), ownerAt(first, true)].flatMap((owner) => owner ?? [])
      : [];
  }
  if (!pairTakers.has(command.program) || !first || !second || more) return [];
  return [ownerAt(first, false), ownerAt(second, true)].flatMap((owner) => owner ?? []);
}

function ownerAt(word: ShellWord, isGroup: boolean): Owner | undefined {
  return word.value === undefined ? undefined : { word, name: word.value, isGroup };
}

/** The USER instructions under which a RUN runs, and those under which containers of a stage start. */
const usersInForce = once((model: Model) => ({
  ofRuns: new Set(
    model.instructions
      .filter(({ keyword, onbuild }) => keyword === 'RUN' && !onbuild)
      .map((run) => model.environmentAt(run).user?.instruction),
  ),
  ofContainers: new Set(
    model.stages
      .filter(({ isFinal, reachable }) => isFinal || !reachable)
      .map((stage) => model.environmentAfter(stage).user?.instruction),
  ),
}));

/** What a USER that cannot be looked up causes; undefined if nothing runs under it. */
function effectOf(model: Model, user: Instruction, ofStage: string): string | undefined {
  const { ofRuns, ofContainers } = usersInForce(model);
  if (ofRuns.has(user)) return `the next RUN stops ${ofStage === '' ? 'the' : 'a'} build${ofStage}`;
  if (!ofContainers.has(user)) return undefined;
  return `${ofStage === '' ? 'the' : 'a'} container${ofStage} does not start`;
}

/**
 * Words of USER, --chown, chown, chgrp and install that name a user or group that the image certainly lacks.
 * @param kind a word that lacks both counts as a user
 */
export function* unresolvable(model: Model, kind: 'user' | 'group', facts: AsksContext): Generator<Finding> {
  let doubts = 0;
  for (const { stage, mention } of mentionsIn(model)) {
    const finding =
      judge(model, stage, mention, kind) ??
      ((doubts += 1) <= mostDoubts ? doubted(model, stage, mention, kind) : undefined);
    if (finding && !mayBeOtherBase(model, stage, facts)) yield finding;
  }
}

function judge(model: Model, stage: Stage, mention: Mention, kind: 'user' | 'group'): Finding | undefined {
  const { text, span, written, editable, effect } = mention;
  const roster = rosterAt(model, mention.at);
  if (!roster) return undefined;
  const [user = '', group] = text.split(':');
  const lacksUser = isName(user) && roster.lacksUser(user);
  const lacksGroup = group !== undefined && isName(group) && roster.lacksGroup(group);
  if (kind === 'user' ? !lacksUser : lacksUser || !lacksGroup) return undefined;
  const missing = lacksUser ? `user ${user}` : `group ${group ?? ''}`;
  const elsewhere = lacksUser ? createdUserNamed(model, user)?.command : undefined;
  // chgrp and `install -g` name a group without a colon.
  const isRemoved = lacksUser && stage.base.users.has(user);
  const number = isRemoved
    ? undefined
    : numbersFor(model, stage, user, group)?.replace(written.includes(':') ? '' : /^:/, '');
  // The user's own group takes the place of one that is not known.
  const other = number ?? (lacksUser || user === '' ? undefined : user);
  return {
    at: span,
    message: `The image has no ${missing}, so ${effect}`,
    severity: isSure(stage, mention) ? undefined : 'warning',
    ...(elsewhere && {
      related: [{ at: elsewhere.span, message: `Only this creates ${user}, and the image does not have it` }],
    }),
    ...(other !== undefined &&
      editable && { fix: { title: `Change ${written} to ${other}`, edits: [replace(editable, other)] } }),
  };
}

/** The names after this many are not looked for in the text above. */
const mostDoubts = 100;

/** A name that no step above is seen to create, and that neither a package nor a file above has. */
function doubted(
  model: Model,
  stage: Stage,
  { at, text, span }: Mention,
  kind: 'user' | 'group',
): Finding | undefined {
  const roster = rosterAt(model, at);
  const [user = '', group = ''] = text.split(':');
  if (!roster || (isName(user) && roster.lacksUser(user)) || (isName(group) && roster.lacksGroup(group)))
    return undefined;
  const isDoubted = (one: 'user' | 'group', name: string): boolean =>
    isName(name) &&
    roster.mayLack(one, name) &&
    !isNamedAbove(model, stage, name, span.start) &&
    !hasNameOfPackage(model, name);
  const lacksUser = isDoubted('user', user);
  if (kind === 'user' ? !lacksUser : lacksUser || !isDoubted('group', group)) return undefined;
  return {
    at: span,
    message: `The image may have no ${kind} ${kind === 'user' ? user : group}, because nothing above creates it`,
    severity: 'hint',
    quiet: true,
  };
}

/**
 * Whether the stage, its parents or the lines above all stages hold a name as a word. In a path, the names that people give
 * to their own programs say nothing: `/app`.
 */
function isNamedAbove({ document, stages }: Model, stage: Stage, name: string, before: number): boolean {
  const [first] = stages;
  const boundary = isInvented(name) ? '(?:^|[^/a-z0-9.]|/home/)' : '(?:^|[^a-z0-9])';
  const word = new RegExp(`${boundary}${name.replace('$', '')}(?![a-z0-9])`, 'i');
  return (
    word.test(document.text.slice(startOf(stage), before)) ||
    word.test(document.text.slice(0, first?.span.start ?? 0))
  );
}

/** Whether a package gave a name: `pulse-access`, `debian-tor`. */
function hasNameOfPackage({ installs }: Model, name: string): boolean {
  const parts = name
    .toLowerCase()
    .split(/[-_]/)
    .filter(({ length }) => length > 2);
  return installs.some(({ packages }) =>
    packages.some(({ text }) => parts.some((part) => text.toLowerCase().includes(part))),
  );
}

/** Whether the build certainly stops: the command line may name another user or group, which the image has. */
function isSure({ reachable, base }: Stage, { overridable }: Mention): boolean {
  return reachable && (!overridable || base.usersComplete) && !isByHeart(base);
}

/** The numbers to write for `user`, `user:group` or `:group`; undefined if one is not known. */
function numbersFor(model: Model, stage: Stage, user: string, group: string | undefined): string | undefined {
  const number = user === '' ? '' : numberOf(model, stage, user);
  if (group === undefined || number === undefined) return number;
  const groupNumber = group === user ? number : numberOf(model, stage, group);
  return groupNumber && `${number}:${groupNumber}`;
}

function isName(text: string): boolean {
  return /^[a-z_][a-z0-9_-]*\$?$/i.test(text);
}

/**
 * Number of a user of the base image, of a user that another stage creates, or of a name that always means the same.
 */
function numberOf(model: Model, stage: Stage, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name;
  const known = stage.base.users.get(name);
  if (known !== undefined) return String(known);
  return createdUserNamed(model, name)?.uid ?? conventional.get(name);
}

const conventional: ReadonlyMap<string, string> = new Map([
  ['root', '0'],
  ['nobody', '65534'],
  ['nogroup', '65534'],
  ['nonroot', '65532'],
]);
