// What happens to the step if a command fails: its exit status stops the build, or the code around it ignores or
// tests it. A fix must not move a command out of such code.
import { doNothing } from '../../knowledge/programs/shell-builtins';
import type { Model } from '../../model/model';
import type { BlockPlace, Command, CommandList, Nesting } from '../../shell/types';
import { flowOf, outerCommand } from './folder';
import { once } from '../../text/memo';
import { firstNotBefore } from '../../text/search';
import type { ScriptFlow } from './script-flow';

/**
 * `stops`: the step fails. `ignored`: the script goes on or ends with success, as if nothing had happened.
 * `decides`: the failure selects what runs next. `unknown`: it depends on facts that are not known.
 */
export type Guard =
  | { readonly kind: 'stops' | 'unknown' }
  | { readonly kind: 'ignored'; readonly by: '||' | ';' | 'newline' | '&' | '|' | 'substitution' }
  | { readonly kind: 'decides'; readonly by: '||' | '!' | 'condition' };

/** The place of a command, or of the construct around it, whose failure is followed. */
type Place = Pick<BlockPlace, 'position' | 'pipeline' | 'negated'> & { readonly chain: CommandList };

const stops: Guard = { kind: 'stops' };
const unknown: Guard = { kind: 'unknown' };

/** Whether a command runs only at times: in a branch, a loop or a function, or after a failure. */
export function isConditional({ nesting, chain, position }: Command): boolean {
  return nesting.some((kind) => !certain.has(kind)) || isAlternative({ chain, position });
}

/** Whether a command, or the construct around it, only runs after a failure. */
export function isAlternative({ chain, position }: Pick<Command, 'chain' | 'position'>): boolean {
  let place = chain && { chain, position };
  while (place) {
    if (place.chain.joints[place.position - 1] === '||') return true;
    place = place.chain.block.place;
  }
  return false;
}

/** Constructs whose commands run as soon as the construct does. */
const certain: ReadonlySet<Nesting> = new Set<Nesting>(['subshell', 'group', 'string', 'substitution']);

/** What the failure of a command causes. */
export function guardOf(model: Model, command: Command): Guard {
  const { script, chain, position, pipeline, negated } = command;
  if (!script || !chain) return stops;
  const flow = flowOf(model, script);
  let state = flow.at(command);
  let place: Place = { chain, position, pipeline, negated };
  // Whether the shell itself ends, whatever comes after.
  let ends = false;
  for (;;) {
    const { block } = place.chain;
    if (!ends) {
      const outcome = inList(flow, place, state);
      if (typeof outcome === 'object') return outcome;
      ends = outcome === 'ends';
    }
    const outside = block.place;
    if (!outside) break;
    const kind = block.nesting.at(-1);
    if (kind === 'function') return unknown;
    const isOwnShell =
      kind === 'subshell' || kind === 'substitution' || isString(block.wrappers.at(-1), kind);
    if (kind === 'condition' && !ends) return { kind: 'decides', by: 'condition' };
    if (kind === 'substitution' && outside.command) return { kind: 'ignored', by: 'substitution' };
    if (isOwnShell) ends = false;
    if (outside.command) state = flow.at(outside.command);
    place = outside;
  }
  const outer = outerCommand(model, script);
  return outer ? guardOf(model, outer) : stops;
}

function isString(wrapper: { readonly program: string } | undefined, kind: string | undefined): boolean {
  return kind === 'string' && wrapper?.program !== 'eval';
}

/** What a failure causes in a list: it is an answer, or the list fails too, or its shell ends. */
function inList(
  flow: ScriptFlow,
  place: Place,
  { errexit, pipefail }: { readonly errexit: boolean | undefined; readonly pipefail: boolean | undefined },
): Guard | 'fails' | 'ends' {
  const { chain, pipeline, negated } = place;
  if (pipeline && pipeline.index < pipeline.length - 1 && pipefail !== true)
    return pipefail === undefined ? unknown : { kind: 'ignored', by: '|' };
  if (negated) return { kind: 'decides', by: '!' };
  let { position } = place;
  for (;;) {
    const joint = nextOr(chain, position);
    if (joint === undefined) break;
    const answer = afterOr(flow, chain, joint + 1);
    if (answer === 'ends') return 'ends';
    if (answer !== 'fails') return answer;
    position = joint + 1;
  }
  if (chain.end === '&') return { kind: 'ignored', by: '&' };
  if (chain.index === chain.block.lists.length - 1) return 'fails';
  // POSIX: -e ignores commands before && and ||, and conditions.
  const isLooked = position === chain.pipelines.length - 1 && !isShielded(chain);
  if (errexit === true && isLooked) return 'ends';
  if (errexit === undefined && isLooked) return unknown;
  return { kind: 'ignored', by: chain.end ?? ';' };
}

const alternatives = once(({ joints }: CommandList) =>
  joints.flatMap((joint, at) => (joint === '||' ? [at] : [])),
);

/** The first `||` after a pipeline of a list. */
function nextOr(list: CommandList, position: number): number | undefined {
  const all = alternatives(list);
  return all[firstNotBefore(all, (at) => at < position)];
}

/** What follows `||`: a command that does nothing, another attempt, or the end. */
function afterOr(flow: ScriptFlow, list: CommandList, position: number): Guard | 'fails' | 'ends' {
  const commands = flow.commandsIn(list, position);
  const [only] = commands.length === 1 ? commands : [];
  if (flow.leaves(list, position)) {
    const succeeds = /^(?:exit|return)$/.test(only?.program ?? '') && only?.args[0]?.value === '0';
    return succeeds ? { kind: 'ignored', by: '||' } : 'ends';
  }
  if (only?.program === 'false') return 'fails';
  return only && doNothing.has(only.program) ? { kind: 'ignored', by: '||' } : { kind: 'decides', by: '||' };
}

/** Whether `set -e` ignores a list, because the code around it is a condition, negated or followed by && or ||. */
function isShielded({ block }: CommandList): boolean {
  for (let at = block; at.place;) {
    const { chain, position, negated } = at.place;
    const kind = at.nesting.at(-1);
    if (kind === 'condition') return true;
    // A separate shell, which is not affected by the code around it.
    if (isString(at.wrappers.at(-1), kind)) return false;
    if (negated || position < chain.pipelines.length - 1) return true;
    at = chain.block;
  }
  return false;
}
