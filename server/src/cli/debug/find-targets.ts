// Finds what `drydock debug` may look into: the containers of the engines here, or the pods of a cluster if somebody asks
// for them.
import { cwd } from 'node:process';
import type { KubernetesName } from '../../workflow/checked-arguments';
import { targetName } from '../../workflow/debug/targets';
import type { ContainerTarget, DebugTarget } from '../../workflow/debug/targets';
import type { DebugPlace } from '../../workflow/debug/ways';
import { findEngines, locateProgram } from '../../workflow/find-tools';
import { troubleText } from '../../workflow/outcome-text';
import type { Program } from '../../workflow/run';
import type { Machine } from '../../workflow/tool';
import { chosen, clusterTools, engineNamed, engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import { meant } from '../options';

export interface FoundTargets {
  /** Those that run first. */
  readonly targets: readonly DebugTarget[];
  /** Programs by the id of their tool. */
  readonly programs: ReadonlyMap<string, Program>;
  /** Why something was not asked, without full stops. */
  readonly problems: readonly string[];
}

export interface TargetWish {
  readonly place: DebugPlace;
  /** Id of an engine; undefined: all. */
  readonly engine: string | undefined;
  readonly namespace: KubernetesName | 'all' | undefined;
}

export async function findTargets(wish: TargetWish, machine: Machine): Promise<FoundTargets> {
  const found = await (wish.place === 'pod' ? findPods(wish, machine) : findContainers(wish, machine));
  const targets = [...found.targets].sort((a, b) => Number(b.isRunning) - Number(a.isRunning));
  return { ...found, targets };
}

async function findContainers({ engine }: TargetWish, machine: Machine): Promise<FoundTargets> {
  const targets: ContainerTarget[] = [];
  const programs = new Map<string, Program>();
  const problems: string[] = [];
  for (const found of await findEngines(chosen(engines, engine), {}, machine, cwd())) {
    const one = engineNamed(found.id);
    if (!one?.commands.containers) continue;
    const listed =
      found.trouble ?? (await machine.runner.run(one.commands.containers(found), { folder: cwd() }));
    if (listed.kind === 'done') {
      programs.set(found.id, found);
      targets.push(...listed.value);
    } else problems.push(`${one.title} does not list its containers: ${troubleText(listed, english)}`);
  }
  if (programs.size === 0 && problems.length === 0)
    problems.push('no engine is here that runs containers: see drydock doctor');
  return { targets, programs, problems };
}

async function findPods({ namespace }: TargetWish, machine: Machine): Promise<FoundTargets> {
  const problems: string[] = [];
  for (const tool of clusterTools) {
    const program = await locateProgram(tool, {}, machine);
    if (!program) {
      problems.push(`${tool.title} is not here. Get it: ${tool.get}`);
      continue;
    }
    const programs = new Map([[tool.id, program]]);
    const listed = await machine.runner.run(tool.commands.pods(program, namespace), { folder: cwd() });
    if (listed.kind === 'done') return { targets: listed.value, programs, problems: [] };
    problems.push(`${tool.title} does not list pods: ${troubleText(listed, english)}`);
    return { targets: [], programs, problems };
  }
  return { targets: [], programs: new Map(), problems };
}

/**
 * The target that a word means.
 * @param container of a pod that has several
 * @returns `problem`: why it is none, without a full stop
 */
export function pickTarget(
  targets: readonly DebugTarget[],
  word: string,
  container: string | undefined,
): DebugTarget | { readonly problem: string } {
  const fitting = targets.filter((one) =>
    one.kind === 'container'
      ? one.name === word || (word.length > 3 && one.id.startsWith(word))
      : one.pod === word || targetName(one) === word,
  );
  const wanted =
    container === undefined
      ? fitting
      : fitting.filter((one) => one.kind === 'pod' && one.container === container);
  const [first, ...more] = wanted;
  if (first && more.length === 0) return first;
  const names = [...new Set(targets.map(targetName))];
  if (fitting.length === 0) {
    const near = meant(word, names) || (names.length > 0 ? `. There is ${names.join(', ')}` : '');
    return { problem: `there is no container ${word}${near}` };
  }
  const places = new Set(fitting.map(targetName));
  if (places.size > 1)
    return { problem: `${word} is in ${[...places].join(' and ')}: give the whole name, or --engine` };
  const inside = fitting.flatMap((one) => (one.kind === 'pod' ? [one.container] : [`in ${one.engine}`]));
  return { problem: `${word} has ${inside.join(', ')}: choose with --container or --engine` };
}
