// The edits that take an update of package lists out of its RUN: into the steps that install, or away.
import { dropRun } from '../core/fixes/drop-run';
import { guardOf, isConditional } from '../core/analysis/commands/guard';
import type { LaterListNeeds } from '../core/analysis/packages/list-needs';
import { doNothing } from '../core/knowledge/programs/shell-builtins';
import type { Fix } from '../core/lint/finding';
import type { PackageCommand } from '../core/model/installs';
import type { Model } from '../core/model/model';
import { prependToCommand } from '../core/shell/edits';
import { removeCommand, removeList } from '../core/shell/removal';
import type { Command } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import type { Edit } from '../core/text/edit';

/** A fix of more edits would be made for nobody. */
const mostNeeds = 50;

/** Each RUN fetches what it needs: with the lists of another RUN, it would still work from stale ones. */
export function mergeFix(
  model: Model,
  update: PackageCommand,
  { needs, unknown, unknownFirst }: LaterListNeeds,
): Fix | undefined {
  const { command } = update;
  const stage = model.stageOf(command.instruction);
  const isOwn = needs[0] && model.stageOf(needs[0][0].command.instruction) === stage;
  // An earlier command, or another stage, may need the lists as well.
  if ((isOwn ? unknownFirst : unknown) || needs.length > mostNeeds) return undefined;
  if (isTested(model, command) || guardOf(model, command).kind !== 'stops') return undefined;
  const text = model.document.slice(command.fullSpan);
  if (/[\n\\]/.test(text)) return undefined;
  const user = userAt(model, update);
  const insertions: Edit[] = [];
  for (const [need] of needs) {
    const insertion = prependToCommand(model, need.command, text);
    // Another user would not be allowed to.
    if (!insertion || userAt(model, need) !== user) return undefined;
    insertions.push(insertion);
  }
  const removal = removalOf(model, command);
  return (
    removal && {
      title: `Fetch the package lists in ${needs.length > 1 ? 'each' : 'the'} RUN that installs`,
      edits: [...removal, ...insertions].sort((a, b) => a.start - b.start),
    }
  );
}

/** Takes the step away: nobody uses the lists, or the manager fetches its own. */
export function removeFix(model: Model, update: PackageCommand): Fix | undefined {
  const { command, phrase, given } = update;
  // The step may be there to accept the keys of a repository.
  if (given.some(({ name }) => /gpg|key/.test(name))) return undefined;
  const edits = removalOf(model, command);
  return edits && { title: `Remove ${command.program} ${phrase}`, edits };
}

function userAt(model: Model, { command }: PackageCommand): Instruction | undefined {
  return model.environmentAt(command.instruction).user?.instruction;
}

/** Whether the text of the command alone is not all of it: it stands in a string, or a test comes first. */
function isTested(model: Model, command: Command): boolean {
  const { nesting, chain, position, instruction } = command;
  if (isConditional(command) || nesting.includes('string')) return true;
  return model
    .commandsOf(instruction)
    .some(
      (one) => one.chain === chain && one.position < position && /^(?:\[|test|command)$/.test(one.program),
    );
}

/** Removes the command with what handles its exit status, or the whole RUN if nothing else of use is in it. */
function removalOf(model: Model, command: Command): readonly Edit[] | undefined {
  const { instruction, chain, position, redirects } = command;
  // Someone reads what it prints.
  if (
    command.pipeline ??
    redirects.some(({ target }) => !/^(?:\/dev\/null|[012]|-)$/.test(target?.text ?? ''))
  )
    return undefined;
  const others = model.commandsOf(instruction).filter((one) => one !== command);
  if (others.every((one) => isIdle(one, command))) {
    const dropped = dropRun(model, instruction);
    return dropped && [dropped.edit];
  }
  if (!chain?.joints.includes('||'))
    return isFollowedByNothing(others, command) ? undefined : removeCommand(model, command);
  const guards = others.filter((one) => one.chain === chain);
  return position === 0 && guards.every((one) => isIdle(one, command))
    ? removeList(model, command)
    : undefined;
}

/** Whether only `true` stands behind the command, to hide its status: without the command, that would be left over. */
function isFollowedByNothing(others: readonly Command[], { chain, index }: Command): boolean {
  const next = others.find((one) => one.index > index && one.chain?.block === chain?.block);
  return next !== undefined && next.chain !== chain && /^(?:true|:)$/.test(next.program);
}

/** Whether a command does nothing without the update: a message, an option of the shell, a look at the exit status. */
function isIdle({ program, args, redirects, index }: Command, update: Command): boolean {
  if (redirects.some(({ target }) => !/^(?:\/dev\/(?:null|std(?:out|err))|[012])$/.test(target?.text ?? '')))
    return false;
  if (program === 'set' || doNothing.has(program)) return true;
  if (index < update.index) return false;
  if (program === 'exit' || program === 'return') return /^(?:|0|"?\$\?"?)$/.test(args[0]?.text ?? '');
  return /^(?:\[|\[\[|test)$/.test(program) && args.some(({ text }) => /\$|\b100\b/.test(text));
}
