// The edits that take an update of package lists out of its RUN: into the steps that install, or away.
import { dropRun } from '../core/fixes/drop-run';
import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { flowOf } from '../core/analysis/commands/folder';
import type { LaterListNeeds } from '../core/analysis/packages/list-needs';
import { doNothing } from '../core/knowledge/programs/shell-builtins';
import type { Fix } from '../core/lint/finding';
import type { PackageCommand } from '../core/model/installs';
import type { Model } from '../core/model/model';
import { prependToCommand } from '../core/shell/edits';
import { removeCommand, removeList } from '../core/shell/removal';
import type { Command, CommandList } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import type { Edit } from '../core/text/edit';
import { once } from '../core/text/memo';

/** A fix of more edits would be made for nobody. */
const mostNeeds = 50;

/**
 * Each RUN fetches what it needs: with the lists of another RUN, it would still work from stale ones.
 * @param updates those at the end of the RUN, where `update` is the last one
 */
export function mergeFix(
  model: Model,
  update: PackageCommand,
  updates: readonly PackageCommand[],
  { needs, unknown, unknownFirst }: LaterListNeeds,
): Fix | undefined {
  const { command } = update;
  const stage = model.stageOf(command.instruction);
  const isOwn = needs[0] && model.stageOf(needs[0][0].command.instruction) === stage;
  // An earlier command, or another stage, may need the lists as well.
  if ((isOwn ? unknownFirst : unknown) || needs.length > mostNeeds) return undefined;
  const isHandled = (one: Command): boolean => isTested(model, one) || guardOf(model, one).kind !== 'stops';
  if (updates.some((one) => isHandled(one.command))) return undefined;
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
  const removal = removalOf(model, updates, true);
  return (
    removal && {
      title: `Fetch the package lists in ${needs.length > 1 ? 'each' : 'the'} RUN that installs`,
      edits: [...removal, ...insertions].sort((a, b) => a.start - b.start),
    }
  );
}

/** Takes the step away: nobody uses the lists, or the manager fetches its own. */
export function removeFix(
  model: Model,
  update: PackageCommand,
  updates: readonly PackageCommand[],
): Fix | undefined {
  const { command, phrase } = update;
  // The step may be there to accept the keys of a repository.
  if (updates.some(({ given }) => given.some(({ name }) => /gpg|key/.test(name)))) return undefined;
  const edits = removalOf(model, updates, false);
  return edits && { title: `Remove ${command.program} ${phrase}`, edits };
}

function userAt(model: Model, { command }: PackageCommand): Instruction | undefined {
  return model.environmentAt(command.instruction).user?.instruction;
}

/** Whether the text of the command alone is not all of it: it stands in a string, or a test comes first. */
function isTested(model: Model, command: Command): boolean {
  const { nesting, chain, position } = command;
  if (isConditional(command) || nesting.includes('string')) return true;
  return [0, position - 1].some((at) =>
    commandsIn(model, command, chain, at < position ? at : -1).some(({ program }) =>
      /^(?:\[|test|command)$/.test(program),
    ),
  );
}

/** The commands of one pipeline of a list, without those in constructs. */
function commandsIn(
  model: Model,
  { script }: Command,
  list: CommandList | undefined,
  position: number,
): readonly Command[] {
  return script && list ? flowOf(model, script).commandsIn(list, position) : [];
}

/** Removes the updates with what handles their exit status, or the whole RUN if nothing else of use is in it. */
function removalOf(
  model: Model,
  updates: readonly PackageCommand[],
  keepsRemark: boolean,
): readonly Edit[] | undefined {
  const [first, ...more] = updates;
  if (!first || updates.some(({ command }) => isRead(command))) return undefined;
  const { command } = first;
  const { instruction, chain, position, index } = command;
  const { useful, checks } = workOf(model)(instruction);
  if (useful.length === updates.length && useful[0] === command && (checks[0] ?? Infinity) > index) {
    const dropped = dropRun(model, instruction, keepsRemark);
    return dropped && [dropped.edit];
  }
  if (more.length > 0) return undefined;
  if (!chain?.joints.includes('||')) {
    // Behind the command stands only what hides its exit status, and would be left over.
    const [next, ...more] = commandsIn(model, command, chain?.block.lists[chain.index + 1], 0);
    const isHidden =
      position === (chain?.joints.length ?? 0) &&
      more.length === 0 &&
      /^(?:true|:)$/.test(next?.program ?? '');
    return isHidden ? undefined : removeCommand(model, command);
  }
  const guards = chain.pipelines.slice(1).map((_, at) => commandsIn(model, command, chain, at + 1));
  const isGuarded = guards.every(
    (all) => all.length > 0 && all.every((one) => isIdle(one) || checksStatus(one)),
  );
  return position === 0 && isGuarded ? removeList(model, command) : undefined;
}

/** Whether someone reads what a command prints. */
function isRead({ pipeline, redirects }: Command): boolean {
  return (
    pipeline !== undefined ||
    redirects.some(({ target }) => !/^(?:\/dev\/null|[012]|-)$/.test(target?.text ?? ''))
  );
}

interface Work {
  /** The commands that do something by themselves. */
  readonly useful: readonly Command[];
  /** The indices of those that only look at the exit status of a command before. */
  readonly checks: readonly number[];
}

const workOf = once((model: Model) =>
  once((run: Instruction): Work => {
    const checks: number[] = [];
    const useful = model.commandsOf(run).filter((command) => {
      if (checksStatus(command)) checks.push(command.index);
      else return !isIdle(command);
      return false;
    });
    return { useful, checks };
  }),
);

/** Whether a command prints a message, sets an option of the shell, or does nothing. */
function isIdle({ program, redirects }: Command): boolean {
  if (redirects.some(({ target }) => !/^(?:\/dev\/(?:null|std(?:out|err))|[012])$/.test(target?.text ?? '')))
    return false;
  return program === 'set' || doNothing.has(program);
}

function checksStatus({ program, args }: Command): boolean {
  if (program === 'exit' || program === 'return') return /^(?:|0|"?\$\?"?)$/.test(args[0]?.text ?? '');
  return /^(?:\[|\[\[|test)$/.test(program) && args.some(({ text }) => /\$|\b100\b/.test(text));
}
